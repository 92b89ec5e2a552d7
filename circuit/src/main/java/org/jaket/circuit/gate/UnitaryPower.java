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

    /** Eigenvectors (columns) of the Hermitian matrix {@code A + mix B}. */
    private static ComplexMatrix eigenvectors(ComplexMatrix u, double mix) {
        ComplexMatrix a = u.plus(u.adjoint()).scale(0.5, 0);
        ComplexMatrix b = u.plus(u.adjoint().scale(-1, 0)).scale(0, -0.5);
        ComplexMatrix h = a.plus(b.scale(mix, 0));
        return HermitianEigen.of(h).vectors();
    }
}
