package org.jaket.statevector;

/**
 * A diagonal on a tile as a product of two tables. With {@code l} the lowest {@code lowBits} bits
 * of an index and {@code h} the bits above, the factor is {@code low[variant[h] + l] * high[h]}; a
 * negative variant stands for a low factor of one. Phases that couple low and high qubits show as
 * several variants of the low table.
 *
 * <p>Single-precision kernels read the {@code Float} twins, which {@link #round} fills.
 */
final class PhaseTables {
    /** A low table has at most this many bits: it then stays in the first-level cache. */
    static final int LOW_BITS = 7;

    /** At most this many high qubits may couple to low ones, so at most 8 variants. */
    static final int MAX_CROSS = 3;

    int lowBits;
    double[] lowReDouble = {};
    double[] lowImDouble = {};
    float[] lowReFloat = {};
    float[] lowImFloat = {};
    int[] variant = {};
    double[] highRe = {};
    double[] highIm = {};

    /** Makes room for a shape; contents are undefined afterwards. */
    void shape(int lowBits, int variants, int highBits) {
        this.lowBits = lowBits;
        int low = variants << lowBits;
        int high = 1 << highBits;
        if (lowReDouble.length < low) {
            lowReDouble = new double[low];
            lowImDouble = new double[low];
            lowReFloat = new float[low];
            lowImFloat = new float[low];
        }
        if (highRe.length < high) {
            highRe = new double[high];
            highIm = new double[high];
            variant = new int[high];
        }
    }

    /** Fills the single-precision low tables from the double-precision ones. */
    void round(int length) {
        for (int i = 0; i < length; i++) {
            lowReFloat[i] = (float) lowReDouble[i];
            lowImFloat[i] = (float) lowImDouble[i];
        }
    }
}
