package org.jaket.interop.strange;

import org.jaket.circuit.gate.ComplexMatrix;
import org.redfx.strange.Complex;

/** Matrices between Strange's arrays of single-precision numbers and Jaket's. */
final class StrangeMatrices {
    /**
     * How far {@code U U^dagger} may be from the identity for U to count as a unitary that was
     * rounded: single precision, and products of such matrices.
     */
    static final double TOLERANCE = 1e-4;

    /** A distance that makes no difference any more. */
    private static final double FINE = 1e-11;

    /** More qubits than this make matrices that Jaket does not take (2^24 entries). */
    static final int MAX_QUBITS = 12;

    private StrangeMatrices() {}

    /**
     * The unitary nearest to a matrix of Strange's: what it was before it was rounded, as far as
     * that can be known. Rows and columns keep their order.
     *
     * @throws IllegalArgumentException if it is not 2^qubits square or not unitary to {@link
     *     #TOLERANCE}
     */
    static ComplexMatrix unitary(Complex[][] matrix, int qubits) {
        int n = 1 << qubits;
        double[] re = new double[n * n];
        double[] im = new double[n * n];
        boolean square = matrix.length == n;
        for (int i = 0; square && i < n; i++) {
            square = matrix[i].length == n;
            for (int j = 0; square && j < n; j++) {
                Complex c = matrix[i][j];
                re[i * n + j] = c == null ? 0 : c.r;
                im[i * n + j] = c == null ? 0 : c.i;
            }
        }
        if (!square) {
            throw new IllegalArgumentException(
                    "its matrix is not " + n + " x " + n + ", as " + qubits + " qubits need");
        }
        return nearestUnitary(ComplexMatrix.of(n, n, re, im));
    }

    /**
     * The unitary factor of the polar decomposition, by Newton and Schulz's iteration {@code X <- X
     * (3 - X^dagger X) / 2}, which squares the distance in each turn (N. Higham, Functions of
     * Matrices, 2008, section 8.3). Products of dense matrices cost 8^n: no turn more than needed.
     */
    private static ComplexMatrix nearestUnitary(ComplexMatrix matrix) {
        int n = matrix.rows();
        ComplexMatrix one = ComplexMatrix.identity(n);
        ComplexMatrix x = matrix;
        ComplexMatrix gram = x.adjoint().times(x);
        double distance = gram.distance(one);
        if (distance > TOLERANCE) {
            throw new IllegalArgumentException(
                    "its matrix is not unitary: U^dagger U differs from the identity by "
                            + (float) distance);
        }
        while (distance > FINE) {
            x = x.times(one.scale(1.5, 0).plus(gram.scale(-0.5, 0)));
            // The next distance is the square of this one, up to a factor below one, and a sum of
            // n products an entry.
            if (n * distance * distance <= FINE) {
                return x;
            }
            gram = x.adjoint().times(x);
            distance = gram.distance(one);
        }
        return x;
    }

    /** A matrix in Strange's numbers. */
    static Complex[][] of(ComplexMatrix matrix) {
        Complex[][] entries = new Complex[matrix.rows()][matrix.columns()];
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                entries[i][j] = new Complex(matrix.re(i, j), matrix.im(i, j));
            }
        }
        return entries;
    }
}
