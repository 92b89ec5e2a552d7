package org.jaket.circuit.gate;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * What a Clifford gate does to Pauli operators: the images {@code U X_k U^dagger} and {@code U Z_k
 * U^dagger} of the generators. It is derived from the gate's matrix, so that the two can never
 * disagree.
 *
 * <p>A Pauli operator on n qubits is a sign and two bit masks: bit k of x (of z) says that qubit k
 * carries X (Z), both mean Y.
 */
public final class CliffordAction {
    private final int qubits;
    private final int[] x;
    private final int[] z;
    private final boolean[] negative;

    private CliffordAction(int qubits, int[] x, int[] z, boolean[] negative) {
        this.qubits = qubits;
        this.x = x;
        this.z = z;
        this.negative = negative;
    }

    /**
     * The action of a unitary, or null when it is not a Clifford operation to the given tolerance.
     *
     * <p>Costs 2n matrix products of size 2<sup>n</sup>; meant for gates of one to four qubits.
     */
    public static @Nullable CliffordAction of(ComplexMatrix unitary, double tolerance) {
        int n = Integer.numberOfTrailingZeros(unitary.rows());
        int[] x = new int[2 * n];
        int[] z = new int[2 * n];
        boolean[] negative = new boolean[2 * n];
        for (int g = 0; g < 2 * n; g++) {
            int bit = 1 << (g >> 1);
            ComplexMatrix generator = pauli(n, (g & 1) == 0 ? bit : 0, (g & 1) == 0 ? 0 : bit);
            ComplexMatrix image = unitary.times(generator).times(unitary.adjoint());
            // A Pauli matrix has one entry a row, at column row ^ x; row 0 gives x, and the signs
            // of entries give z.
            int mask = 0;
            double best = 0;
            for (int column = 0; column < image.columns(); column++) {
                double size = Math.hypot(image.re(0, column), image.im(0, column));
                if (size > best) {
                    best = size;
                    mask = column;
                }
            }
            int zMask = 0;
            for (int k = 0; k < n; k++) {
                int row = 1 << k;
                double same =
                        image.re(0, mask) * image.re(row, row ^ mask)
                                + image.im(0, mask) * image.im(row, row ^ mask);
                if (same < 0) {
                    zMask |= row;
                }
            }
            ComplexMatrix candidate = pauli(n, mask, zMask);
            boolean flip = candidate.distance(image) > candidate.scale(-1, 0).distance(image);
            if (candidate.scale(flip ? -1 : 1, 0).distance(image) > tolerance) {
                return null;
            }
            x[g] = mask;
            z[g] = zMask;
            negative[g] = flip;
        }
        return new CliffordAction(n, x, z, negative);
    }

    /** The matrix of a Pauli operator given by masks, with Y = iXZ. */
    static ComplexMatrix pauli(int qubits, int x, int z) {
        int size = 1 << qubits;
        double[] re = new double[size * size];
        double[] im = new double[size * size];
        for (int row = 0; row < size; row++) {
            int column = row ^ x;
            // Each Y contributes i on row bit 1 and -i on row bit 0; each Z contributes the sign of
            // its column bit.
            int quarterTurns = 2 * Integer.bitCount(z & column) + Integer.bitCount(x & z);
            switch (quarterTurns & 3) {
                case 0 -> re[row * size + column] = 1;
                case 1 -> im[row * size + column] = 1;
                case 2 -> re[row * size + column] = -1;
                default -> im[row * size + column] = -1;
            }
        }
        return ComplexMatrix.of(size, size, re, im);
    }

    /** How many qubits the gate has. */
    public int qubits() {
        return qubits;
    }

    /**
     * X mask of the image of X on qubit {@code k} ({@code ofZ} false) or of Z on qubit {@code k}
     * (true).
     */
    public int x(int k, boolean ofZ) {
        return x[2 * k + (ofZ ? 1 : 0)];
    }

    /** Z mask of the image of X or Z on qubit {@code k}. */
    public int z(int k, boolean ofZ) {
        return z[2 * k + (ofZ ? 1 : 0)];
    }

    /** Whether the image of X or Z on qubit {@code k} carries a minus sign. */
    public boolean negative(int k, boolean ofZ) {
        return negative[2 * k + (ofZ ? 1 : 0)];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CliffordAction a
                && Arrays.equals(x, a.x)
                && Arrays.equals(z, a.z)
                && Arrays.equals(negative, a.negative);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(x) * 31 + Arrays.hashCode(z) + Arrays.hashCode(negative);
    }

    /**
     * The images in order X0, Z0, X1, Z1, ..., such as {@code X0->+XX Z0->+ZI}; qubit 0 is the
     * first letter.
     */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int g = 0; g < 2 * qubits; g++) {
            text.append(g == 0 ? "" : " ")
                    .append((g & 1) == 0 ? 'X' : 'Z')
                    .append(g >> 1)
                    .append("->");
            text.append(negative[g] ? '-' : '+');
            for (int k = 0; k < qubits; k++) {
                text.append("IXZY".charAt((x[g] >> k & 1) | (z[g] >> k & 1) << 1));
            }
        }
        return text.toString();
    }
}
