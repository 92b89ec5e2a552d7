package org.jaket.stabilizer.random;

import org.jaket.stabilizer.bits.BitKernels;

/**
 * A stream of random bits that is a pure function of (seed, stream, block).
 *
 * <p>Eight interleaved xoshiro256++ generators (D. Blackman and S. Vigna, "Scrambled linear
 * pseudorandom number generators", 2021) produce 512 bits at a time; their states are hashed from
 * the three numbers. The eight lanes are part of the definition of the stream, whatever the vector
 * width of the machine. Not safe for use by several threads at once.
 */
public final class BitSource {
    private static final int BUFFER_WORDS = 512;
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    private final BitKernels kernels;
    private final long[] state = new long[BitKernels.STATE_WORDS];
    private final long[] buffer = new long[BUFFER_WORDS];
    private int position = BUFFER_WORDS;

    private BitSource(BitKernels kernels) {
        this.kernels = kernels;
    }

    /**
     * Returns the stream of the given coordinates.
     *
     * @param kernels the kernels to fill with; they do not change the bits
     * @param seed the user's seed
     * @param stream which independent use of the seed, for example which kind of work
     * @param block which block of shots
     */
    public static BitSource of(BitKernels kernels, long seed, long stream, long block) {
        BitSource source = new BitSource(kernels);
        source.restart(seed, stream, block);
        return source;
    }

    /** Moves this source to the start of another stream, without allocating. */
    public void restart(long seed, long stream, long block) {
        // Two differently keyed 64-bit hashes make an accidental overlap of two blocks' states
        // a 2^-128 event rather than a birthday problem in 2^64.
        long a = mix(mix(mix(seed + GOLDEN) ^ stream) + GOLDEN ^ block);
        long b = mix(mix(mix(block ^ 0x6A09_E667_F3BC_C908L) + stream) ^ Long.rotateLeft(seed, 32));
        for (int i = 0; i < state.length; i++) {
            state[i] = mix(a + (i + 1) * GOLDEN) ^ mix(b ^ (i + 1) * 0xD1B5_4A32_D192_ED03L);
        }
        position = BUFFER_WORDS;
    }

    /** SplitMix64's output function (variant 13 of D. Stafford's mixers). */
    private static long mix(long z) {
        z = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
        return z ^ z >>> 31;
    }

    /** Returns 64 uniform bits. */
    public long next() {
        if (position == BUFFER_WORDS) {
            refill();
        }
        return buffer[position++];
    }

    private void refill() {
        kernels.fillRandom(state, buffer, 0, BUFFER_WORDS);
        position = 0;
    }

    /** Fills {@code words} words, a multiple of eight, with uniform bits. */
    public void fill(long[] target, int offset, int words) {
        kernels.fillRandom(state, target, offset, words);
    }

    /**
     * Fills {@code words} words, a multiple of eight, with bits that are one with the given
     * probability, exact to 2^-64.
     */
    public void fillBernoulli(long[] target, int offset, int words, double probability) {
        if (probability >= 1) {
            java.util.Arrays.fill(target, offset, offset + words, -1L);
        } else {
            kernels.fillBernoulli(state, target, offset, words, threshold(probability));
        }
    }

    /** The probability as an unsigned fraction of 2^64, rounded down. */
    static long threshold(double probability) {
        long high = (long) (probability * 0x1p32);
        double rest = probability * 0x1p32 - high;
        return high << 32 | (long) (rest * 0x1p32);
    }

    /** Returns a uniform double in [0, 1), a multiple of 2^-53. */
    public double nextDouble() {
        return (next() >>> 11) * 0x1p-53;
    }

    /** Returns a uniform double in (0, 1], a multiple of 2^-53. */
    public double nextPositiveDouble() {
        return ((next() >>> 11) + 1) * 0x1p-53;
    }

    /**
     * Returns a uniform integer below {@code bound} (1 to 2^31 - 1), without bias (D. Lemire, "Fast
     * random integer generation in an interval", 2019).
     */
    public int nextBelow(int bound) {
        while (true) {
            long product = (next() >>> 32) * bound;
            long low = product & 0xFFFF_FFFFL;
            if (low >= bound || low >= (1L << 32) % bound) {
                return (int) (product >>> 32);
            }
        }
    }
}
