package org.jaket.annealing;

import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;

import java.time.Duration;

/**
 * How long and on what to sample.
 *
 * @param reads how many states to draw, at least 1
 * @param sweeps how much work goes into each, in updates of every variable; 0 lets the sampler
 *     choose
 * @param limit after this time samplers return what they have; {@link #UNLIMITED} for never
 * @param seed decides every random choice, whatever the number of threads
 * @param threads how many threads may work
 * @param progress is told how far the work is, in reads or in what the sampler counts
 */
public record SamplingOptions(
        int reads, long sweeps, Duration limit, long seed, int threads, Progress progress) {
    /** No limit of time. */
    public static final Duration UNLIMITED = Duration.ofNanos(Long.MAX_VALUE);

    /** Checks the numbers. */
    public SamplingOptions {
        if (reads < 1) {
            throw new IllegalArgumentException("the number of reads is at least 1, not " + reads);
        }
        if (sweeps < 0) {
            throw new IllegalArgumentException("the number of sweeps cannot be " + sweeps);
        }
        if (limit.isNegative()) {
            throw new IllegalArgumentException("the time limit cannot be " + limit);
        }
        if (threads < 1) {
            throw new IllegalArgumentException(
                    "the number of threads is at least 1, not " + threads);
        }
        limit = limit.compareTo(UNLIMITED) > 0 ? UNLIMITED : limit;
    }

    /** A number of reads on all processors, without limit, with a fresh seed. */
    public static SamplingOptions reads(int reads) {
        return new SamplingOptions(
                reads,
                0,
                UNLIMITED,
                RunOptions.freshSeed(),
                Runtime.getRuntime().availableProcessors(),
                Progress.NONE);
    }

    /** The same with a number of sweeps a read. */
    public SamplingOptions sweeps(long newSweeps) {
        return new SamplingOptions(reads, newSweeps, limit, seed, threads, progress);
    }

    /** The same with another number of reads. */
    public SamplingOptions withReads(int newReads) {
        return new SamplingOptions(newReads, sweeps, limit, seed, threads, progress);
    }

    /** The same with a limit of time. */
    public SamplingOptions limit(Duration newLimit) {
        return new SamplingOptions(reads, sweeps, newLimit, seed, threads, progress);
    }

    /** The same with a chosen seed. */
    public SamplingOptions seed(long newSeed) {
        return new SamplingOptions(reads, sweeps, limit, newSeed, threads, progress);
    }

    /** The same on a number of threads. */
    public SamplingOptions threads(int newThreads) {
        return new SamplingOptions(reads, sweeps, limit, seed, newThreads, progress);
    }

    /** The same with a listener. */
    public SamplingOptions progress(Progress newProgress) {
        return new SamplingOptions(reads, sweeps, limit, seed, threads, newProgress);
    }
}
