package org.jaket.circuit.observable;

import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.Gate;

/** Pauli strings as matrices. */
final class PauliMatrix {
    private static final double TOLERANCE = 1e-6;

    private PauliMatrix() {}

    static ComplexMatrix of(PauliString pauli) {
        int n = pauli.qubits();
        if (n > Gate.MAX_MATRIX_QUBITS) {
            throw new IllegalArgumentException(
                    "the matrix of a Pauli string of "
                            + n
                            + " qubits is too large to write out (limit "
                            + Gate.MAX_MATRIX_QUBITS
                            + " qubits)");
        }
        int x = n == 0 ? 0 : (int) pauli.xBits()[0];
        int z = n == 0 ? 0 : (int) pauli.zBits()[0];
        int size = 1 << n;
        double[] re = new double[size * size];
        double[] im = new double[size * size];
        for (int row = 0; row < size; row++) {
            int column = row ^ x;
            // Y = i X Z: Z acts first, on the column's bits.
            int turns = pauli.phase() + Integer.bitCount(x & z) + 2 * Integer.bitCount(z & column);
            double[] target = (turns & 1) == 0 ? re : im;
            target[row * size + column] = (turns & 2) == 0 ? 1 : -1;
        }
        return ComplexMatrix.of(size, size, re, im);
    }

    static PauliString parse(ComplexMatrix matrix) {
        int size = matrix.rows();
        if (size != matrix.columns() || Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException(
                    "a Pauli string is a square matrix of 2^n rows, not "
                            + size
                            + " x "
                            + matrix.columns());
        }
        int n = Integer.numberOfTrailingZeros(size);
        int x = 0;
        while (x < size - 1 && !isLarge(matrix, 0, x)) {
            x++;
        }
        int z = 0;
        for (int k = 0; k < n; k++) {
            int row = 1 << k;
            double same =
                    matrix.re(0, x) * matrix.re(row, row ^ x)
                            + matrix.im(0, x) * matrix.im(row, row ^ x);
            z |= same < 0 ? row : 0;
        }
        long[] xs = n == 0 ? new long[0] : new long[] {x};
        long[] zs = n == 0 ? new long[0] : new long[] {z};
        for (int phase = 0; phase < 4; phase++) {
            PauliString candidate = PauliString.ofBits(n, xs, zs, phase);
            if (of(candidate).distance(matrix) <= TOLERANCE) {
                return candidate;
            }
        }
        throw new IllegalArgumentException(
                "the matrix is not a Pauli string with phase 1, i, -1 or -i");
    }

    private static boolean isLarge(ComplexMatrix matrix, int row, int column) {
        return Math.hypot(matrix.re(row, column), matrix.im(row, column)) > 0.5;
    }
}
