package org.jaket.statevector;

import org.jaket.execution.Progress;

import java.util.concurrent.atomic.AtomicLong;

/** Progress of several workers on parts of the same shots: counts reports, whoever makes them. */
final class SharedProgress implements Progress {
    private final Progress to;
    private final AtomicLong most = new AtomicLong();
    private final Thread caller = Thread.currentThread();

    SharedProgress(Progress to) {
        this.to = to;
    }

    @Override
    public void report(long done, long total) {
        to.report(most.accumulateAndGet(done, Math::max), total);
    }

    @Override
    public boolean isCancelled() {
        // The default asks the current thread, which is a worker here.
        return to.isCancelled() || caller.isInterrupted();
    }
}
