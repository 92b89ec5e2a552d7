package org.jaket.benchmarks;

import java.util.function.DoubleSupplier;

/**
 * What the turns of one measurement took.
 *
 * @param first milliseconds of the very first turn, before the JIT has seen the code
 * @param best milliseconds of the best turn after the warm-up
 */
record Turns(double first, double best) {
    private static final int WARM_UP = 4;

    /** Small circuits warm up for this long: they give the JIT little to see. */
    private static final long WARM_UP_NANOS = 2_000_000_000L;

    /** Long ones are warm after the first turn. */
    private static final long ENOUGH_NANOS = 20_000_000_000L;

    /**
     * Warms up, then measures.
     *
     * @param turns how many turns count
     * @param turn runs once and returns how many milliseconds of that are to be counted
     */
    static Turns of(int turns, DoubleSupplier turn) {
        long begin = System.nanoTime();
        double first = turn.getAsDouble();
        long spent = System.nanoTime() - begin;
        for (int k = 1; spent < ENOUGH_NANOS && (k < WARM_UP || spent < WARM_UP_NANOS); k++) {
            var _ = turn.getAsDouble();
            spent = System.nanoTime() - begin;
        }
        double best = Double.MAX_VALUE;
        for (int k = 0; k < turns; k++) {
            best = Math.min(best, turn.getAsDouble());
        }
        return new Turns(first, best);
    }
}
