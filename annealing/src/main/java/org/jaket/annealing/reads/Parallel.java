package org.jaket.annealing.reads;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Numbered tasks on several threads, the caller's own included. */
public final class Parallel {
    private static final ExecutorService THREADS =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform().daemon().name("jaket-annealing-", 1).factory());

    private Parallel() {}

    /** One task. */
    @FunctionalInterface
    public interface Task {
        /** Does it. */
        void run(int number);
    }

    /**
     * Runs tasks 0 to {@code count - 1} and returns when all are done. After a failure no further
     * task begins, and the first failure is thrown.
     */
    public static void run(int threads, int count, Task task) {
        run(threads, count, () -> false, task);
    }

    /**
     * The same, but when the time is over no further task begins; number 0 always does.
     *
     * @param isOver is asked before each task but the first
     */
    public static void run(int threads, int count, BooleanSupplier isOver, Task task) {
        AtomicInteger next = new AtomicInteger();
        Runnable worker =
                () -> {
                    try {
                        for (int k = next.getAndIncrement();
                                k < count && (k == 0 || !isOver.getAsBoolean());
                                k = next.getAndIncrement()) {
                            task.run(k);
                        }
                    } catch (Throwable t) {
                        next.set(count);
                        throw t;
                    }
                };
        List<Future<?>> others = new ArrayList<>();
        for (int k = 1; k < Math.min(threads, count); k++) {
            others.add(THREADS.submit(worker));
        }
        Throwable failure = null;
        try {
            worker.run();
        } catch (RuntimeException | Error t) {
            failure = t;
        }
        boolean interrupted = false;
        for (Future<?> other : others) {
            while (!other.isDone()) {
                try {
                    other.get();
                } catch (InterruptedException e) {
                    // The task asks its progress, which knows; the others must still end.
                    interrupted = true;
                } catch (ExecutionException e) {
                    failure = failure == null ? e.getCause() : failure;
                }
            }
            if (other.state() == Future.State.FAILED && failure == null) {
                failure = other.exceptionNow();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        switch (failure) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }
}
