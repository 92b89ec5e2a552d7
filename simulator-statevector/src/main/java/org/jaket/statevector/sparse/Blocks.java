package org.jaket.statevector.sparse;

/**
 * Brings basis states together that differ only in a few target qubits: each block is one value of
 * all other qubits, with 2^t amplitudes.
 */
final class Blocks {
    private final int[] targets;

    /** The block of each member of the list, or -1 where the controls say no. */
    private final int[] blockOf;

    /** The key of each block, targets zero; null when every member has a block of its own. */
    private final long[] rests;

    private final int count;
    private final int members;
    private final long targetMask;

    private Blocks(
            int[] targets, int[] blockOf, long[] rests, int count, int members, long targetMask) {
        this.targets = targets;
        this.blockOf = blockOf;
        this.rests = rests;
        this.count = count;
        this.members = members;
        this.targetMask = targetMask;
    }

    /** The bytes that finding blocks takes, and the largest block, beside the result. */
    static long bytes(long size, int targets) {
        return 4 * size + KeyIndex.bytes(size) + 8 * size + (32L << targets);
    }

    /** Finds the blocks of those basis states whose bits under the mask have the given value. */
    static Blocks of(SparseAmplitudes state, int[] targets, long mask, long value) {
        long targetMask = 0;
        for (int t : targets) {
            targetMask |= 1L << t;
        }
        int size = state.size;
        long[] keys = state.keys;
        int[] blockOf = new int[size];
        if (areTargetsFixed(keys, size, targetMask, mask, value)) {
            return apart(keys, size, targets, blockOf, targetMask, mask, value);
        }
        KeyIndex index = new KeyIndex(size);
        int members = 0;
        // Members of a block often follow each other: a gate before has left them so.
        long lastRest = -1;
        int lastBlock = -1;
        for (int i = 0; i < size; i++) {
            if ((keys[i] & mask) != value) {
                blockOf[i] = -1;
                continue;
            }
            long rest = keys[i] & ~targetMask;
            if (rest != lastRest) {
                lastRest = rest;
                lastBlock = index.add(rest);
            }
            blockOf[i] = lastBlock;
            members++;
        }
        long[] rests = new long[index.size()];
        for (int b = 0; b < rests.length; b++) {
            rests[b] = index.key(b);
        }
        return new Blocks(targets, blockOf, rests, rests.length, members, targetMask);
    }

    /** Whether the targets are in one basis state wherever the controls say yes. */
    private static boolean areTargetsFixed(
            long[] keys, int size, long targetMask, long mask, long value) {
        long first = -1;
        for (int i = 0; i < size; i++) {
            if ((keys[i] & mask) == value) {
                long here = keys[i] & targetMask;
                if (first >= 0 && here != first) {
                    return false;
                }
                first = here;
            }
        }
        return true;
    }

    /** Every member has a block of its own. */
    private static Blocks apart(
            long[] keys,
            int size,
            int[] targets,
            int[] blockOf,
            long targetMask,
            long mask,
            long value) {
        long[] rests = new long[size];
        int members = 0;
        for (int i = 0; i < size; i++) {
            blockOf[i] = -1;
            if ((keys[i] & mask) == value) {
                rests[members] = keys[i] & ~targetMask;
                blockOf[i] = members++;
            }
        }
        return new Blocks(targets, blockOf, rests, members, members, targetMask);
    }

    /** How many blocks there are. */
    int count() {
        return count;
    }

    /** How many amplitudes are in blocks. */
    int members() {
        return members;
    }

    private int place(long key) {
        int v = 0;
        for (int j = 0; j < targets.length; j++) {
            v |= (int) (key >> targets[j] & 1) << j;
        }
        return v;
    }

    /**
     * Multiplies every block by a matrix and replaces the list.
     *
     * @param capacity blocks times 2^t, and those outside of blocks
     * @return the squared moduli of what was dropped
     */
    double transform(SparseAmplitudes state, double[] matrix, int capacity) {
        int t = targets.length;
        double[] re = new double[capacity];
        double[] im = new double[capacity];
        long[] keys = new long[capacity];
        int rest = count << t;
        for (int i = 0; i < state.size; i++) {
            int at = blockOf[i] < 0 ? rest++ : blockOf[i] << t | place(state.keys[i]);
            re[at] = state.re[i];
            im[at] = state.im[i];
            keys[at] = state.keys[i];
        }
        // Blocks shrink to what is left of them; writing never overtakes reading.
        Writer out = new Writer(keys, re, im);
        if (t == 1) {
            pairs(matrix, out);
        } else {
            blocks(matrix, out);
        }
        for (int i = count << t; i < rest; i++) {
            out.keep(keys[i], re[i], im[i]);
        }
        state.keys = keys;
        state.re = re;
        state.im = im;
        state.size = out.size;
        return out.dropped;
    }

    private void pairs(double[] m, Writer out) {
        for (int b = 0; b < count; b++) {
            double x0 = out.re[2 * b];
            double y0 = out.im[2 * b];
            double x1 = out.re[2 * b + 1];
            double y1 = out.im[2 * b + 1];
            out.put(
                    rests[b],
                    m[0] * x0 - m[1] * y0 + m[2] * x1 - m[3] * y1,
                    m[0] * y0 + m[1] * x0 + m[2] * y1 + m[3] * x1);
            out.put(
                    rests[b] | targetMask,
                    m[4] * x0 - m[5] * y0 + m[6] * x1 - m[7] * y1,
                    m[4] * y0 + m[5] * x0 + m[6] * y1 + m[7] * x1);
        }
    }

    private void blocks(double[] m, Writer out) {
        int n = 1 << targets.length;
        double[] x = new double[n];
        double[] y = new double[n];
        long[] bits = bits();
        for (int b = 0; b < count; b++) {
            System.arraycopy(out.re, b * n, x, 0, n);
            System.arraycopy(out.im, b * n, y, 0, n);
            for (int row = 0; row < n; row++) {
                double sumRe = 0;
                double sumIm = 0;
                for (int column = 0; column < n; column++) {
                    int at = 2 * (row * n + column);
                    sumRe += m[at] * x[column] - m[at + 1] * y[column];
                    sumIm += m[at] * y[column] + m[at + 1] * x[column];
                }
                out.put(rests[b] | bits[row], sumRe, sumIm);
            }
        }
    }

    /** For each value of the targets its bits in a key. */
    private long[] bits() {
        long[] bits = new long[1 << targets.length];
        for (int v = 0; v < bits.length; v++) {
            for (int j = 0; j < targets.length; j++) {
                bits[v] |= (long) (v >> j & 1) << targets[j];
            }
        }
        return bits;
    }

    /** The reduced density matrix of the targets, row by row, interleaved. */
    double[] density(SparseAmplitudes state) {
        int n = 1 << targets.length;
        double[] rho = new double[2 * n * n];
        int[] members = new int[state.size];
        int[] starts = new int[count + 1];
        for (int i = 0; i < state.size; i++) {
            starts[blockOf[i] + 1]++;
        }
        for (int b = 0; b < count; b++) {
            starts[b + 1] += starts[b];
        }
        int[] next = starts.clone();
        for (int i = 0; i < state.size; i++) {
            members[next[blockOf[i]]++] = i;
        }
        for (int b = 0; b < count; b++) {
            for (int p = starts[b]; p < starts[b + 1]; p++) {
                int i = members[p];
                int row = place(state.keys[i]);
                for (int q = starts[b]; q < starts[b + 1]; q++) {
                    int j = members[q];
                    int at = 2 * (row * n + place(state.keys[j]));
                    rho[at] += state.re[i] * state.re[j] + state.im[i] * state.im[j];
                    rho[at + 1] += state.im[i] * state.re[j] - state.re[i] * state.im[j];
                }
            }
        }
        return rho;
    }

    /** Writes a list from its start. */
    private static final class Writer {
        final long[] keys;
        final double[] re;
        final double[] im;
        int size;
        double dropped;

        Writer(long[] keys, double[] re, double[] im) {
            this.keys = keys;
            this.re = re;
            this.im = im;
        }

        void put(long key, double x, double y) {
            double weight = x * x + y * y;
            if (weight < SparseAmplitudes.NEGLIGIBLE) {
                dropped += weight;
            } else {
                keep(key, x, y);
            }
        }

        void keep(long key, double x, double y) {
            keys[size] = key;
            re[size] = x;
            im[size++] = y;
        }
    }
}
