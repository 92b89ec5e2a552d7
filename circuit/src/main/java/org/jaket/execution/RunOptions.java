package org.jaket.execution;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How to run a circuit.
 *
 * @param shots how often, at least 1
 * @param seed decides every random outcome, whatever the number of threads
 * @param threads how many threads may work
 * @param progress is told how far the run is
 */
public record RunOptions(long shots, long seed, int threads, Progress progress) {
    /** Checks shots and threads. */
    public RunOptions {
        if (shots < 1) {
            throw new IllegalArgumentException("the number of shots is at least 1, not " + shots);
        }
        if (threads < 1) {
            throw new IllegalArgumentException(
                    "the number of threads is at least 1, not " + threads);
        }
    }

    /** The given number of shots with a fresh seed on all processors. */
    public static RunOptions shots(long shots) {
        return new RunOptions(
                shots, freshSeed(), Runtime.getRuntime().availableProcessors(), Progress.NONE);
    }

    /** A seed that nobody chose, not negative. */
    public static long freshSeed() {
        return ThreadLocalRandom.current().nextLong() >>> 1;
    }

    /** The same with a chosen seed. */
    public RunOptions seed(long newSeed) {
        return new RunOptions(shots, newSeed, threads, progress);
    }

    /** The same with a chosen number of threads. */
    public RunOptions threads(int newThreads) {
        return new RunOptions(shots, seed, newThreads, progress);
    }

    /** The same with a listener. */
    public RunOptions progress(Progress newProgress) {
        return new RunOptions(shots, seed, threads, newProgress);
    }
}
