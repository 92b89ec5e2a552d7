package org.jaket.mps;

/** Matrices on the qubits of a few merged sites. */
final class BlockGate {
    private BlockGate() {}

    /**
     * Applies a matrix to some qubits of a block where others have given values.
     *
     * @param block {@code left} rows and 2^count right columns; not modified
     * @param count how many sites are merged, the first most significant
     * @param controls places of controls in the block
     * @param pattern bit k: the value of control k
     * @param targets places of targets in the block
     * @param m interleaved, first target least significant
     */
    static ComplexArray apply(
            ComplexArray block,
            int count,
            int[] controls,
            long pattern,
            int[] targets,
            double[] m) {
        int dimension = 1 << targets.length;
        int right = block.columns >> count;
        int[] offset = new int[dimension];
        int targetMask = 0;
        for (int t = 0; t < targets.length; t++) {
            targetMask |= 1 << count - 1 - targets[t];
        }
        for (int v = 0; v < dimension; v++) {
            offset[v] = bits(v, targets, count) * right;
        }
        int mask = 0;
        for (int c : controls) {
            mask |= 1 << count - 1 - c;
        }
        int value = bits(pattern, controls, count);
        ComplexArray out =
                new ComplexArray(block.rows, block.columns, block.re.clone(), block.im.clone());
        for (int l = 0; l < block.rows; l++) {
            for (int p = 0; p < 1 << count; p++) {
                if ((p & targetMask) == 0 && (p & mask) == value) {
                    one(block, out, l * block.columns + p * right, offset, right, m);
                }
            }
        }
        return out;
    }

    /** Bit k of a value at the place of the k-th qubit. */
    static int bits(long value, int[] places, int count) {
        int bits = 0;
        for (int k = 0; k < places.length; k++) {
            bits |= (int) (value >> k & 1) << count - 1 - places[k];
        }
        return bits;
    }

    private static void one(
            ComplexArray in, ComplexArray out, int from, int[] offset, int right, double[] m) {
        int n = offset.length;
        for (int row = 0; row < n; row++) {
            int to = from + offset[row];
            java.util.Arrays.fill(out.re, to, to + right, 0);
            java.util.Arrays.fill(out.im, to, to + right, 0);
            for (int column = 0; column < n; column++) {
                double c = m[2 * (row * n + column)];
                double s = m[2 * (row * n + column) + 1];
                if (c == 0 && s == 0) {
                    continue;
                }
                int at = from + offset[column];
                for (int r = 0; r < right; r++) {
                    double x = in.re[at + r];
                    double y = in.im[at + r];
                    out.re[to + r] += c * x - s * y;
                    out.im[to + r] += c * y + s * x;
                }
            }
        }
    }

    /** The reduced density matrix of qubits at the given places, interleaved. */
    static double[] density(ComplexArray block, int count, int[] places) {
        int n = 1 << places.length;
        int right = block.columns >> count;
        int mask = bits(n - 1, places, count);
        double[] rho = new double[2 * n * n];
        for (int l = 0; l < block.rows; l++) {
            for (int p = 0; p < 1 << count; p++) {
                if ((p & mask) != 0) {
                    continue;
                }
                for (int i = 0; i < n; i++) {
                    int a = l * block.columns + (p | bits(i, places, count)) * right;
                    for (int j = 0; j < n; j++) {
                        int b = l * block.columns + (p | bits(j, places, count)) * right;
                        int at = 2 * (i * n + j);
                        for (int r = 0; r < right; r++) {
                            rho[at] +=
                                    block.re[a + r] * block.re[b + r]
                                            + block.im[a + r] * block.im[b + r];
                            rho[at + 1] +=
                                    block.im[a + r] * block.re[b + r]
                                            - block.re[a + r] * block.im[b + r];
                        }
                    }
                }
            }
        }
        return rho;
    }
}
