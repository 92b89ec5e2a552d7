package org.jaket.annealing.sampler;

import org.jaket.annealing.SamplingOptions;

import java.time.Duration;

/** When a sampler must return. */
final class Deadline {
    private final long start = System.nanoTime();

    /** Nanoseconds from the start on. */
    private final long limit;

    Deadline(SamplingOptions options) {
        limit = nanos(options.limit());
    }

    private static long nanos(Duration limit) {
        return limit.compareTo(SamplingOptions.UNLIMITED) >= 0 ? Long.MAX_VALUE : limit.toNanos();
    }

    /** Whether there is a limit at all. */
    boolean isLimited() {
        return limit != Long.MAX_VALUE;
    }

    /** Nanoseconds since the start. */
    long elapsed() {
        return System.nanoTime() - start;
    }

    /** Nanoseconds that are left, not below zero. */
    long left() {
        return isLimited() ? Math.max(0, limit - elapsed()) : Long.MAX_VALUE;
    }

    boolean isOver() {
        return isLimited() && elapsed() >= limit;
    }

    /** The time since the start. */
    Duration time() {
        return Duration.ofNanos(elapsed());
    }
}
