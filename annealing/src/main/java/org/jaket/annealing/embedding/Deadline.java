package org.jaket.annealing.embedding;

import org.jaket.execution.Progress;

import java.time.Duration;

/** When to stop: at the end of a time, or when somebody says so. */
final class Deadline {
    private final Progress progress;
    private final long begin = System.nanoTime();
    private final long nanos;

    Deadline(Duration limit, Progress progress) {
        this.progress = progress;
        this.nanos = limit.toNanos();
    }

    /**
     * Whether the time is over.
     *
     * @throws java.util.concurrent.CancellationException if the work was cancelled
     */
    boolean isOver() {
        progress.checkCancelled();
        return System.nanoTime() - begin >= nanos;
    }

    /** What is left of the time. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - (System.nanoTime() - begin)));
    }
}
