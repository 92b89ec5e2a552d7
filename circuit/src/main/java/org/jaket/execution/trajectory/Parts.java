package org.jaket.execution.trajectory;

import org.jaket.execution.Progress;
import org.jspecify.annotations.Nullable;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Work on consecutive items shared among threads; the calling thread takes the first part. */
final class Parts {
    /** Does items {@code from} to {@code to - 1}; reports how many more are done. */
    @FunctionalInterface
    interface Part {
        void run(int from, int to, Progress progress);
    }

    private Parts() {}

    /** Returns when all is done, or throws what the first part that failed threw. */
    static void run(int parts, int items, Progress progress, Part part) {
        AtomicLong done = new AtomicLong();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Progress shared =
                new Progress() {
                    @Override
                    public void report(long more, long total) {
                        progress.report(done.addAndGet(more), items);
                    }

                    @Override
                    public boolean isCancelled() {
                        return failure.get() != null || progress.isCancelled();
                    }
                };
        Thread[] threads = new Thread[parts];
        for (int k = 1; k < parts; k++) {
            int from = (int) ((long) items * k / parts);
            int to = (int) ((long) items * (k + 1) / parts);
            threads[k] =
                    Thread.ofPlatform()
                            .daemon()
                            .name("jaket-trajectories-" + k)
                            .start(() -> guarded(part, from, to, shared, failure));
        }
        guarded(part, 0, items / parts, shared, failure);
        for (int k = 1; k < parts; k++) {
            join(threads[k], failure);
        }
        switch (failure.get()) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    private static void guarded(
            Part part,
            int from,
            int to,
            Progress progress,
            AtomicReference<@Nullable Throwable> failure) {
        try {
            part.run(from, to, progress);
        } catch (Throwable t) {
            failure.compareAndSet(null, t);
        }
    }

    private static void join(Thread thread, AtomicReference<@Nullable Throwable> failure) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                failure.compareAndSet(null, new CancellationException("cancelled"));
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
