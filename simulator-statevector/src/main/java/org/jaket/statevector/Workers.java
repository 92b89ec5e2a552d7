package org.jaket.statevector;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Threads that stay alive and run the numbered tasks of one parallel loop at a time.
 *
 * <p>A loop's tasks are handed out by a counter, so which thread runs which task is not determined;
 * callers write results by task number and combine them in a fixed order, which makes every result
 * independent of the number of threads. A loop that finds the workers busy with another caller's
 * loop runs on the calling thread alone.
 */
final class Workers {
    /** Between two loops a worker spins this often before it sleeps: about 20 microseconds. */
    private static final int SPINS = 1000;

    private static final ConcurrentHashMap<Integer, Workers> SHARED = new ConcurrentHashMap<>();

    /** One task of a parallel loop. */
    @FunctionalInterface
    interface Task {
        /**
         * Runs a task.
         *
         * @param task its number
         * @param worker which worker runs it, below {@link Workers#threads}: names the scratch
         *     memory it may use
         */
        void run(int task, int worker);
    }

    /** A loop under way; compared by identity. */
    private static final class Loop {
        final Task task;
        final int count;
        final AtomicInteger next = new AtomicInteger();

        /** Threads inside; the caller is the first. */
        final AtomicInteger running = new AtomicInteger(1);

        Loop(Task task, int count) {
            this.task = task;
            this.count = count;
        }
    }

    private final int threads;
    private final Thread[] sleepers;
    private final ReentrantLock busy = new ReentrantLock();
    private volatile @Nullable Loop loop;
    private volatile @Nullable Throwable failure;

    private Workers(int threads) {
        this.threads = threads;
        this.sleepers = new Thread[threads - 1];
        for (int w = 1; w < threads; w++) {
            int worker = w;
            sleepers[w - 1] =
                    Thread.ofPlatform()
                            .daemon()
                            .name("jaket-statevector-" + w)
                            .unstarted(() -> serve(worker));
        }
        for (Thread t : sleepers) {
            t.start();
        }
    }

    /** The process's workers for a number of threads, the caller's own included. */
    static Workers of(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException(
                    "An engine needs at least 1 thread, but got " + threads);
        }
        return SHARED.computeIfAbsent(threads, Workers::new);
    }

    /** The number of threads a loop may use, the caller's own included. */
    int threads() {
        return threads;
    }

    /** Runs tasks 0 to {@code count - 1} and returns when all are done; rethrows a failure. */
    void run(int count, Task task) {
        if (threads == 1 || count == 1 || busy.isHeldByCurrentThread() || !busy.tryLock()) {
            for (int i = 0; i < count; i++) {
                task.run(i, 0);
            }
            return;
        }
        try {
            failure = null;
            Loop mine = new Loop(task, count);
            loop = mine;
            for (int w = 0; w < Math.min(sleepers.length, count - 1); w++) {
                LockSupport.unpark(sleepers[w]);
            }
            work(mine, 0);
            mine.running.decrementAndGet();
            while (mine.running.get() > 0) {
                Thread.onSpinWait();
            }
            loop = null;
            rethrow(failure);
        } finally {
            busy.unlock();
        }
    }

    private void serve(int worker) {
        Loop done = null;
        int spins = 0;
        while (true) {
            Loop now = loop;
            if (now == null || now == done) {
                if (spins++ < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
                continue;
            }
            spins = 0;
            done = now;
            // A latecomer must not enter a loop whose caller has already returned.
            if (enter(now.running)) {
                work(now, worker);
                now.running.decrementAndGet();
            }
        }
    }

    private static boolean enter(AtomicInteger running) {
        int seen = running.get();
        while (seen > 0) {
            if (running.compareAndSet(seen, seen + 1)) {
                return true;
            }
            seen = running.get();
        }
        return false;
    }

    private void work(Loop loop, int worker) {
        try {
            for (int i = loop.next.getAndIncrement();
                    i < loop.count;
                    i = loop.next.getAndIncrement()) {
                loop.task.run(i, worker);
            }
        } catch (Throwable t) {
            loop.next.set(loop.count);
            failure = t;
        }
    }

    private static void rethrow(@Nullable Throwable t) {
        switch (t) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(t);
        }
    }
}
