package org.jaket.annealing.reads;

import org.jaket.annealing.SamplingOptions;
import org.jaket.execution.Progress;

import java.time.Duration;

/** When work must end: at the end of a time, or when somebody says so. */
public final class Deadline {
    private final long start = System.nanoTime();

    /** Nanoseconds from the start on. */
    private final long limit;

    private final Progress progress;

    /** Begins now. */
    public Deadline(SamplingOptions options) {
        this(options.limit(), options.progress());
    }

    /**
     * Begins now.
     *
     * @param limit {@link SamplingOptions#UNLIMITED} for none
     */
    public Deadline(Duration limit, Progress progress) {
        this.limit = nanos(limit);
        this.progress = progress;
    }

    private static long nanos(Duration limit) {
        return limit.compareTo(SamplingOptions.UNLIMITED) >= 0 ? Long.MAX_VALUE : limit.toNanos();
    }

    /** Whether there is a limit at all. */
    public boolean isLimited() {
        return limit != Long.MAX_VALUE;
    }

    /** Nanoseconds since the start. */
    public long elapsed() {
        return System.nanoTime() - start;
    }

    /** Nanoseconds that are left, not below zero. */
    public long left() {
        return isLimited() ? Math.max(0, limit - elapsed()) : Long.MAX_VALUE;
    }

    /**
     * Whether the time is over.
     *
     * @throws java.util.concurrent.CancellationException if the work was cancelled
     */
    public boolean isOver() {
        progress.checkCancelled();
        return isLimited() && elapsed() >= limit;
    }

    /** The time since the start. */
    public Duration time() {
        return Duration.ofNanos(elapsed());
    }
}
