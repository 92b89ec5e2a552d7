package org.jaket.annealing.reads;

/**
 * Random numbers as functions of counters. 64 bits: the finaliser of SplitMix64 (Steele, Lea and
 * Flood, "Fast splittable pseudorandom number generators", 2014; Stafford's variant 13). 32 bits:
 * two multiplications with constants found by C. Wellons for low bias.
 */
public final class Mixing {
    /** The golden ratio, odd, times 2^64. */
    public static final long GOLDEN = 0x9e3779b97f4a7c15L;

    /** The multipliers of {@link #mix(int)}. */
    public static final int FIRST = 0x7feb352d;

    /** The second one. */
    public static final int SECOND = 0x846ca68b;

    private Mixing() {}

    /** Mixes 64 bits. */
    public static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Mixes 32 bits. */
    public static int mix(int z) {
        z = (z ^ (z >>> 16)) * FIRST;
        z = (z ^ (z >>> 15)) * SECOND;
        return z ^ (z >>> 16);
    }

    /** 64 bits for a place in a stream. */
    public static long bits(long seed, long stream, long counter) {
        long h = mix(seed + GOLDEN);
        h = mix(h ^ mix(stream + 2 * GOLDEN));
        return mix(h + (counter + 1) * GOLDEN);
    }

    /** Uniform in [0, 1) from 64 random bits. */
    public static double uniform(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }

    /**
     * What all lanes share of the random number for an update: mixed with the lane's own key it
     * becomes the number.
     *
     * @param update a counter of updates
     */
    public static int shared(long update) {
        long z = update * GOLDEN;
        return (int) ((z ^ z >>> 32) * 0xd6e8feb86659fd93L >>> 32);
    }
}
