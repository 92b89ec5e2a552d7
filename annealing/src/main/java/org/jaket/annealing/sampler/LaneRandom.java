package org.jaket.annealing.sampler;

/**
 * Random numbers of 32 bits for states side by side: what an update has in common, mixed with the
 * key of each lane, so that a register of them takes a few instructions. The mixing is two
 * multiplications with constants found by C. Wellons for low bias.
 */
final class LaneRandom {
    /** The multipliers of {@link #mix}. */
    static final int FIRST = 0x7feb352d;

    static final int SECOND = 0x846ca68b;

    private LaneRandom() {}

    /** Mixes 32 bits. */
    static int mix(int z) {
        z = (z ^ (z >>> 16)) * FIRST;
        z = (z ^ (z >>> 15)) * SECOND;
        return z ^ (z >>> 16);
    }

    /**
     * What all lanes share of the random number for an update.
     *
     * @param update a counter of updates
     */
    static int shared(long update) {
        long z = update * 0x9e3779b97f4a7c15L;
        return (int) ((z ^ z >>> 32) * 0xd6e8feb86659fd93L >>> 32);
    }
}
