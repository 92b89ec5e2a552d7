package org.jaket.statevector;

import org.jaket.execution.Progress;

/** Passes on that work should stop, and no reports: someone else gives them. */
record CancelOnly(Progress to) implements Progress {
    @Override
    public void report(long done, long total) {}

    @Override
    public boolean isCancelled() {
        return to.isCancelled();
    }
}
