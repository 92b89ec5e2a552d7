package org.jaket.annealing.embedding;

import org.jaket.execution.CounterRandom;

/**
 * Random numbers that depend on a seed and a stream alone: SplitMix64 (Steele, Lea and Flood,
 * OOPSLA 2014).
 */
final class Draws {
    private long state;

    Draws(long seed, long stream) {
        state =
                CounterRandom.mix(
                        CounterRandom.mix(seed + CounterRandom.GOLDEN)
                                ^ (stream + 1) * CounterRandom.GOLDEN);
    }

    long bits() {
        state += CounterRandom.GOLDEN;
        return CounterRandom.mix(state);
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
