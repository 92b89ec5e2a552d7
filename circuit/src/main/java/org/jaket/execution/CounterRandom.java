package org.jaket.execution;

/**
 * Random numbers as a function of (seed, stream, counter): shot k reads stream k, so its outcomes
 * do not depend on threads, on other shots, or on how shots are grouped. Some nanoseconds a number.
 *
 * <p>The mixing function is the finaliser of SplitMix64 (G. L. Steele, D. Lea and C. H. Flood,
 * "Fast splittable pseudorandom number generators", OOPSLA 2014; variant 13 of D. Stafford),
 * applied to the three words in turn.
 */
public final class CounterRandom {
    /** The golden ratio, odd, times 2^64. */
    public static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private CounterRandom() {}

    /** 64 bits for a place in a stream. */
    public static long bits(long seed, long stream, long counter) {
        long h = mix(seed + GOLDEN);
        h = mix(h ^ mix(stream + 2 * GOLDEN));
        return mix(h + (counter + 1) * GOLDEN);
    }

    /** Uniform in [0, 1), a multiple of 2^-53. */
    public static double uniform(long seed, long stream, long counter) {
        return (bits(seed, stream, counter) >>> 11) * 0x1p-53;
    }

    /** Mixes 64 bits: different words become different ones that look unrelated. */
    public static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
