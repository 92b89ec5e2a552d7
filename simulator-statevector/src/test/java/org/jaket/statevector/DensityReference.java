package org.jaket.statevector;

import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.noise.KrausChannel;

import java.util.List;

/** A density matrix as a plain matrix, with Kraus operators multiplied from both sides. */
final class DensityReference {
    final int qubits;
    ComplexMatrix rho;

    DensityReference(int qubits) {
        this.qubits = qubits;
        double[] re = new double[1 << 2 * qubits];
        re[0] = 1;
        rho = ComplexMatrix.of(1 << qubits, 1 << qubits, re, new double[re.length]);
    }

    void apply(ComplexMatrix unitary, int... targets) {
        apply(List.of(unitary), targets);
    }

    void apply(KrausChannel channel, int... targets) {
        apply(channel.operators(), targets);
    }

    /** rho becomes the sum of K rho K^dagger; first target least significant. */
    void apply(List<ComplexMatrix> operators, int... targets) {
        ComplexMatrix sum = rho.scale(0, 0);
        for (ComplexMatrix k : operators) {
            ComplexMatrix wide = widened(k, targets);
            sum = sum.plus(wide.times(rho).times(wide.adjoint()));
        }
        rho = sum;
    }

    private ComplexMatrix widened(ComplexMatrix m, int[] targets) {
        int size = 1 << qubits;
        double[] re = new double[size * size];
        double[] im = new double[size * size];
        for (int column = 0; column < size; column++) {
            int from = 0;
            int rest = column;
            for (int j = 0; j < targets.length; j++) {
                from |= (column >> targets[j] & 1) << j;
                rest &= ~(1 << targets[j]);
            }
            for (int to = 0; to < m.rows(); to++) {
                int row = rest;
                for (int j = 0; j < targets.length; j++) {
                    row |= (to >> j & 1) << targets[j];
                }
                re[row * size + column] = m.re(to, from);
                im[row * size + column] = m.im(to, from);
            }
        }
        return ComplexMatrix.of(size, size, re, im);
    }

    /** The largest deviation of an entry. */
    double distance(DensityMatrix other) {
        double worst = 0;
        for (int r = 0; r < 1 << qubits; r++) {
            for (int c = 0; c < 1 << qubits; c++) {
                worst =
                        Math.max(
                                worst,
                                Math.hypot(
                                        rho.re(r, c) - other.re(r, c),
                                        rho.im(r, c) - other.im(r, c)));
            }
        }
        return worst;
    }
}
