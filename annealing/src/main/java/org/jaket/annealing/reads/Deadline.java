package org.jaket.annealing.reads;

import org.jaket.annealing.SamplingOptions;

import java.time.Duration;

/** When a sampler must return. */
public final class Deadline {
    private final long start = System.nanoTime();

    /** Nanoseconds from the start on. */
    private final long limit;

    /** Begins now. */
    public Deadline(SamplingOptions options) {
        limit = nanos(options.limit());
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

    /** Whether the time is over. */
    public boolean isOver() {
        return isLimited() && elapsed() >= limit;
    }

    /** The time since the start. */
    public Duration time() {
        return Duration.ofNanos(elapsed());
    }
}
