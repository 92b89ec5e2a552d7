package org.jaket.statevector;

import org.jaket.circuit.gate.ComplexMatrix;

import java.util.Random;

/** A state as two plain arrays, with gates applied entry by entry from their matrices. */
final class Reference {
    final int qubits;
    double[] re;
    double[] im;

    Reference(int qubits) {
        this.qubits = qubits;
        re = new double[1 << qubits];
        im = new double[1 << qubits];
        re[0] = 1;
    }

    static Reference random(int qubits, long seed) {
        Reference r = new Reference(qubits);
        Random random = new Random(seed);
        double norm = 0;
        for (int i = 0; i < r.re.length; i++) {
            r.re[i] = random.nextGaussian();
            r.im[i] = random.nextGaussian();
            norm += r.re[i] * r.re[i] + r.im[i] * r.im[i];
        }
        for (int i = 0; i < r.re.length; i++) {
            r.re[i] /= Math.sqrt(norm);
            r.im[i] /= Math.sqrt(norm);
        }
        return r;
    }

    /** The matrix on targets, first target least significant in its rows. */
    void apply(ComplexMatrix m, int... targets) {
        double[] outRe = new double[re.length];
        double[] outIm = new double[re.length];
        for (int column = 0; column < re.length; column++) {
            int c = 0;
            int rest = column;
            for (int j = 0; j < targets.length; j++) {
                c |= (column >> targets[j] & 1) << j;
                rest &= ~(1 << targets[j]);
            }
            for (int r = 0; r < m.rows(); r++) {
                int row = rest;
                for (int j = 0; j < targets.length; j++) {
                    row |= (r >> j & 1) << targets[j];
                }
                outRe[row] += m.re(r, c) * re[column] - m.im(r, c) * im[column];
                outIm[row] += m.re(r, c) * im[column] + m.im(r, c) * re[column];
            }
        }
        re = outRe;
        im = outIm;
    }

    /** The largest deviation of an amplitude. */
    double distance(Amplitudes a, Frame frame) {
        double worst = 0;
        for (int i = 0; i < re.length; i++) {
            long at = frame.stored(i);
            worst = Math.max(worst, Math.hypot(re[i] - a.re(at), im[i] - a.im(at)));
        }
        return worst;
    }

    Amplitudes load(Kernels kernels, Workers workers) {
        Amplitudes a = Amplitudes.allocate(qubits, kernels, workers);
        for (int i = 0; i < re.length; i++) {
            a.set(i, re[i], im[i]);
        }
        return a;
    }
}
