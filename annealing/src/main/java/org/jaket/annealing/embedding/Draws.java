package org.jaket.annealing.embedding;

/**
 * Random numbers that depend on a seed and a stream alone: SplitMix64 (Steele, Lea and Flood,
 * OOPSLA 2014).
 */
final class Draws {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private long state;

    Draws(long seed, long stream) {
        state = mix(mix(seed + GOLDEN) ^ (stream + 1) * GOLDEN);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    long bits() {
        state += GOLDEN;
        return mix(state);
    }

    /** From 0 to {@code bound - 1}; its bias is below {@code bound / 2^32}. */
    int below(int bound) {
        return (int) (((bits() >>> 32) * bound) >>> 32);
    }

    /** Uniform in [0, 1). */
    double uniform() {
        return (bits() >>> 11) * 0x1p-53;
    }

    void shuffle(int[] numbers, int length) {
        for (int k = length - 1; k > 0; k--) {
            int other = below(k + 1);
            int kept = numbers[k];
            numbers[k] = numbers[other];
            numbers[other] = kept;
        }
    }
}
