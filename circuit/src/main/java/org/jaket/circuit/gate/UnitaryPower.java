package org.jaket.circuit.gate;

/**
 * Powers of unitary matrices. Whole powers by repeated squaring; others by diagonalisation.
 *
 * <p>A unitary U is normal, so its Hermitian parts A = (U + U*)/2 and B = (U - U*)/2i commute and
 * share eigenvectors. A Jacobi iteration that rotates on {@code A + t B} with a generic t finds
 * them: an eigenvalue of the combination could hide two different eigenvalues of U only for
 * finitely many t. The result is checked and another t is tried.
 */
final class UnitaryPower {
    private static final double[] MIXES = {0.739085, -1.324718, 2.236068};
    private static final double CHECK = 1e-10;

    /** Phases this close to -pi count as +pi: the branch cut must not depend on rounding. */
    private static final double CUT = 1e-12;

    private UnitaryPower() {}

    static ComplexMatrix power(ComplexMatrix unitary, double exponent) {
        if (exponent == Math.rint(exponent) && Math.abs(exponent) <= Long.MAX_VALUE) {
            return wholePower(
                    exponent < 0 ? unitary.adjoint() : unitary, Math.abs((long) exponent));
        }
        for (double mix : MIXES) {
            ComplexMatrix vectors = eigenvectors(unitary, mix);
            ComplexMatrix diagonal = vectors.adjoint().times(unitary).times(vectors);
            int n = unitary.rows();
            double[] re = new double[n];
            double[] im = new double[n];
            double[] powerRe = new double[n];
            double[] powerIm = new double[n];
            for (int i = 0; i < n; i++) {
                double phase = Math.atan2(diagonal.im(i, i), diagonal.re(i, i));
                if (phase < -Math.PI + CUT) {
                    phase += 2 * Math.PI;
                }
                re[i] = Math.cos(phase);
                im[i] = Math.sin(phase);
                powerRe[i] = Math.cos(phase * exponent);
                powerIm[i] = Math.sin(phase * exponent);
            }
            if (conjugate(vectors, re, im).distance(unitary) < CHECK) {
                return conjugate(vectors, powerRe, powerIm);
            }
        }
        throw new IllegalArgumentException(
                "cannot take the power " + exponent + " of this matrix: is it unitary?");
    }

    private static ComplexMatrix conjugate(ComplexMatrix vectors, double[] re, double[] im) {
        return vectors.times(ComplexMatrix.diagonal(re, im)).times(vectors.adjoint());
    }

    private static ComplexMatrix wholePower(ComplexMatrix base, long exponent) {
        ComplexMatrix result = ComplexMatrix.identity(base.rows());
        ComplexMatrix square = base;
        for (long e = exponent; e > 0; e >>= 1) {
            if ((e & 1) == 1) {
                result = result.times(square);
            }
            if (e > 1) {
                square = square.times(square);
            }
        }
        return result;
    }

    /**
     * Eigenvectors (columns) of the Hermitian matrix {@code A + mix B} by cyclic complex Jacobi
     * rotations.
     */
    private static ComplexMatrix eigenvectors(ComplexMatrix u, double mix) {
        int n = u.rows();
        ComplexMatrix a = u.plus(u.adjoint()).scale(0.5, 0);
        ComplexMatrix b = u.plus(u.adjoint().scale(-1, 0)).scale(0, -0.5);
        ComplexMatrix h = a.plus(b.scale(mix, 0));
        double[] re = h.realParts();
        double[] im = h.imaginaryParts();
        double[] vr = ComplexMatrix.identity(n).realParts();
        double[] vi = new double[n * n];
        for (int sweep = 0; sweep < 60; sweep++) {
            double off = 0;
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    double magnitude = Math.hypot(re[p * n + q], im[p * n + q]);
                    off += magnitude;
                    if (magnitude > 1e-300) {
                        rotate(n, re, im, vr, vi, p, q, magnitude);
                    }
                }
            }
            if (off < 1e-14 * n) {
                break;
            }
        }
        return ComplexMatrix.of(n, n, vr, vi);
    }

    /**
     * One Jacobi rotation that clears entry (p, q) of the Hermitian matrix and updates the vectors.
     */
    private static void rotate(
            int n,
            double[] re,
            double[] im,
            double[] vr,
            double[] vi,
            int p,
            int q,
            double magnitude) {
        double phaseRe = re[p * n + q] / magnitude;
        double phaseIm = im[p * n + q] / magnitude;
        double theta = 0.5 * Math.atan2(2 * magnitude, re[q * n + q] - re[p * n + p]);
        double c = Math.cos(theta);
        double s = Math.sin(theta);
        // Columns: p' = c p - s e^{-i phase} q, q' = s e^{i phase} p + c q; then the rows by the
        // adjoint.
        columns(n, re, im, p, q, c, s, phaseRe, phaseIm);
        columns(n, vr, vi, p, q, c, s, phaseRe, phaseIm);
        for (int j = 0; j < n; j++) {
            double pr = re[p * n + j];
            double pi = im[p * n + j];
            double qr = re[q * n + j];
            double qi = im[q * n + j];
            re[p * n + j] = c * pr - s * (phaseRe * qr - phaseIm * qi);
            im[p * n + j] = c * pi - s * (phaseRe * qi + phaseIm * qr);
            re[q * n + j] = s * (phaseRe * pr + phaseIm * pi) + c * qr;
            im[q * n + j] = s * (phaseRe * pi - phaseIm * pr) + c * qi;
        }
    }

    private static void columns(
            int n,
            double[] re,
            double[] im,
            int p,
            int q,
            double c,
            double s,
            double phaseRe,
            double phaseIm) {
        for (int i = 0; i < n; i++) {
            double pr = re[i * n + p];
            double pi = im[i * n + p];
            double qr = re[i * n + q];
            double qi = im[i * n + q];
            re[i * n + p] = c * pr - s * (phaseRe * qr + phaseIm * qi);
            im[i * n + p] = c * pi - s * (phaseRe * qi - phaseIm * qr);
            re[i * n + q] = s * (phaseRe * pr - phaseIm * pi) + c * qr;
            im[i * n + q] = s * (phaseRe * pi + phaseIm * pr) + c * qi;
        }
    }
}
