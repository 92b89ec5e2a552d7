package org.jaket.execution;

import java.util.concurrent.CancellationException;

/**
 * How long work tells how far it is, and learns that it should stop. The command line, the desktop
 * and other callers implement it; engines call it from any thread, at least every few hundred
 * milliseconds.
 */
public interface Progress {
    /** Reports nothing and never cancels. */
    Progress NONE = (done, total) -> {};

    /**
     * The work is {@code done} of {@code total} units along (shots, or gates of one long run).
     *
     * @param total 0 when it is not known
     */
    void report(long done, long total);

    /** Whether the work should stop. */
    default boolean isCancelled() {
        return Thread.currentThread().isInterrupted();
    }

    /**
     * Ends the work when it should stop.
     *
     * @throws CancellationException if {@link #isCancelled}
     */
    default void checkCancelled() {
        if (isCancelled()) {
            throw new CancellationException("cancelled");
        }
    }
}
