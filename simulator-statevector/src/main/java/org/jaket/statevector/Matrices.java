package org.jaket.statevector;

/** Small complex matrices: row-major, real and imaginary parts interleaved. */
final class Matrices {
    /** Entries this small next to entries of order one are rounding errors of products. */
    static final double ROUNDING = 0x1p-52;

    private Matrices() {}

    static double[] identity(int dimension) {
        double[] m = new double[2 * dimension * dimension];
        for (int i = 0; i < dimension; i++) {
            m[2 * (i * dimension + i)] = 1;
        }
        return m;
    }

    /** The product a b. */
    static double[] multiply(double[] a, double[] b, int dimension) {
        double[] c = new double[a.length];
        for (int i = 0; i < dimension; i++) {
            for (int k = 0; k < dimension; k++) {
                double ar = a[2 * (i * dimension + k)];
                double ai = a[2 * (i * dimension + k) + 1];
                if (ar == 0 && ai == 0) {
                    continue;
                }
                for (int j = 0; j < dimension; j++) {
                    double br = b[2 * (k * dimension + j)];
                    double bi = b[2 * (k * dimension + j) + 1];
                    c[2 * (i * dimension + j)] += ar * br - ai * bi;
                    c[2 * (i * dimension + j) + 1] += ar * bi + ai * br;
                }
            }
        }
        return c;
    }

    /**
     * A matrix on some qubits, under controls, written as a matrix on more qubits.
     *
     * @param qubits targets of {@code m}, bit j of a row belonging to {@code qubits[j]}
     * @param all the qubits of the result, in its bit order; contains targets and controls
     */
    static double[] embed(double[] m, int[] qubits, long mask, long value, int[] all) {
        int k = qubits.length;
        int dimension = 1 << all.length;
        int small = 1 << k;
        int[] position = new int[k];
        long controls = 0;
        long wanted = 0;
        for (int p = 0; p < all.length; p++) {
            for (int j = 0; j < k; j++) {
                if (all[p] == qubits[j]) {
                    position[j] = p;
                }
            }
            controls |= (mask >> all[p] & 1) << p;
            wanted |= (value >> all[p] & 1) << p;
        }
        double[] out = new double[2 * dimension * dimension];
        for (int column = 0; column < dimension; column++) {
            if ((column & controls) != wanted) {
                out[2 * (column * dimension + column)] = 1;
                continue;
            }
            int from = 0;
            int rest = column;
            for (int j = 0; j < k; j++) {
                from |= (column >> position[j] & 1) << j;
                rest &= ~(1 << position[j]);
            }
            for (int to = 0; to < small; to++) {
                int row = rest;
                for (int j = 0; j < k; j++) {
                    row |= (to >> j & 1) << position[j];
                }
                out[2 * (row * dimension + column)] = m[2 * (to * small + from)];
                out[2 * (row * dimension + column) + 1] = m[2 * (to * small + from) + 1];
            }
        }
        return out;
    }

    /** The matrix with 0 and 1 exchanged on the qubits whose bits are in {@code bits}. */
    static double[] exchange(double[] m, int dimension, int bits) {
        double[] out = new double[m.length];
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < dimension; j++) {
                int from = 2 * ((i ^ bits) * dimension + (j ^ bits));
                out[2 * (i * dimension + j)] = m[from];
                out[2 * (i * dimension + j) + 1] = m[from + 1];
            }
        }
        return out;
    }

    /** The complex conjugate, entry by entry. */
    static double[] conjugate(double[] m) {
        double[] out = m.clone();
        for (int i = 1; i < out.length; i += 2) {
            out[i] = -out[i];
        }
        return out;
    }

    /** Whether m is unitary up to the given deviation of any entry of m m^dagger. */
    static boolean isUnitary(double[] m, int dimension, double tolerance) {
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j <= i; j++) {
                double re = i == j ? -1 : 0;
                double im = 0;
                for (int k = 0; k < dimension; k++) {
                    double ar = m[2 * (i * dimension + k)];
                    double ai = m[2 * (i * dimension + k) + 1];
                    double br = m[2 * (j * dimension + k)];
                    double bi = m[2 * (j * dimension + k) + 1];
                    re += ar * br + ai * bi;
                    im += ai * br - ar * bi;
                }
                if (!(Math.abs(re) <= tolerance && Math.abs(im) <= tolerance)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether all entries off the diagonal are zero. */
    static boolean isDiagonal(double[] m, int dimension) {
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < dimension; j++) {
                if (i != j
                        && (Math.abs(m[2 * (i * dimension + j)]) > ROUNDING
                                || Math.abs(m[2 * (i * dimension + j) + 1]) > ROUNDING)) {
                    return false;
                }
            }
        }
        return true;
    }
}
