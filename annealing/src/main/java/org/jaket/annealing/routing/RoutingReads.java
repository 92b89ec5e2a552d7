package org.jaket.annealing.routing;

import org.jaket.annealing.SamplingOptions;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * The reads of one call, on several threads, the caller's own included. What a read gives depends
 * on its number alone. When the time is over, reads that have not begun do not, but the first one
 * always does.
 */
final class RoutingReads {
    private static final ExecutorService THREADS =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform().daemon().name("jaket-routing-", 1).factory());

    private final long start = System.nanoTime();
    private final SamplingOptions options;
    private final long limit;

    /** Set once a read has failed or was cancelled: the others need not go on. */
    private volatile boolean failed;

    RoutingReads(SamplingOptions options) {
        this.options = options;
        limit = isLimited() ? options.limit().toNanos() : Long.MAX_VALUE;
    }

    boolean isLimited() {
        return options.limit().compareTo(SamplingOptions.UNLIMITED) < 0;
    }

    /** Nanoseconds that are left, not below zero. */
    long left() {
        return isLimited() ? Math.max(0, limit - (System.nanoTime() - start)) : Long.MAX_VALUE;
    }

    /** The time since the start. */
    Duration time() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Whether a read must come to its end; ends it if it is cancelled. */
    boolean isOver() {
        options.progress().checkCancelled();
        return failed || left() == 0;
    }

    /** The seed of a read: far from those of the reads and seeds beside it. */
    long seed(int read) {
        long z = options.seed() * 0x9e3779b97f4a7c15L + read;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Does all reads, and throws the first failure. */
    void run(IntConsumer read) {
        AtomicInteger next = new AtomicInteger();
        int[] done = {0};
        Runnable worker =
                () -> {
                    try {
                        for (int k = next.getAndIncrement();
                                k < options.reads();
                                k = next.getAndIncrement()) {
                            if (k > 0 && isOver()) {
                                return;
                            }
                            read.accept(k);
                            synchronized (done) {
                                options.progress().report(++done[0], options.reads());
                            }
                        }
                    } catch (Throwable t) {
                        failed = true;
                        throw t;
                    }
                };
        List<Future<?>> others = new ArrayList<>();
        for (int k = 1; k < Math.min(options.threads(), options.reads()); k++) {
            others.add(THREADS.submit(worker));
        }
        Throwable failure = null;
        try {
            worker.run();
        } catch (RuntimeException | Error t) {
            failure = t;
        }
        for (Future<?> other : others) {
            Throwable its = await(other);
            failure = failure == null ? its : failure;
        }
        switch (failure) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }

    private static @Nullable Throwable await(Future<?> future) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    future.get();
                    return null;
                } catch (InterruptedException e) {
                    // The progress knows; the reads must still end before the caller goes on.
                    interrupted = true;
                } catch (ExecutionException e) {
                    return e.getCause();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
