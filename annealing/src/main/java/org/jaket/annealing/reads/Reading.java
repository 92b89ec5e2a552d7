package org.jaket.annealing.reads;

import org.jaket.annealing.SamplingOptions;
import org.jaket.execution.CounterRandom;

import java.time.Duration;
import java.util.function.IntConsumer;

/**
 * The reads of one call, on several threads, the caller's own included. What a read gives depends
 * on its number alone. When the time is over, reads that have not begun do not, but the first one
 * always does.
 */
public final class Reading {
    private final SamplingOptions options;
    private final Deadline deadline;

    /** Set once a read has failed or was cancelled: the others need not go on. */
    private volatile boolean failed;

    /** Begins now. */
    public Reading(SamplingOptions options) {
        this.options = options;
        deadline = new Deadline(options);
    }

    /** Whether there is a limit of time. */
    public boolean isLimited() {
        return deadline.isLimited();
    }

    /** Nanoseconds that are left, not below zero. */
    public long left() {
        return deadline.left();
    }

    /** The time since the start. */
    public Duration time() {
        return deadline.time();
    }

    /**
     * Whether a read must come to its end.
     *
     * @throws java.util.concurrent.CancellationException if the work was cancelled
     */
    public boolean isOver() {
        return deadline.isOver() || failed;
    }

    /** The seed of a read: far from those of the reads and seeds beside it. */
    public long seed(int read) {
        return CounterRandom.mix(options.seed() * CounterRandom.GOLDEN + read);
    }

    /** Does all reads, and throws the first failure. */
    public void run(IntConsumer read) {
        int[] done = {0};
        Parallel.run(
                options.threads(),
                options.reads(),
                this::isOver,
                k -> {
                    try {
                        read.accept(k);
                        synchronized (done) {
                            options.progress().report(++done[0], options.reads());
                        }
                    } catch (Throwable t) {
                        failed = true;
                        throw t;
                    }
                });
    }
}
