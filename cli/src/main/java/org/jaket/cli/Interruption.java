package org.jaket.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * What Ctrl-C does: running work is asked to stop, and the JVM waits a moment for it to write out
 * the lines that it has finished. Without this the JVM would end in the middle of a line. Work that
 * does not look, such as an analysis before its first line, is not waited for.
 */
final class Interruption {
    private static final int PATIENCE_SECONDS = 5;
    private static final AtomicInteger WATCHERS = new AtomicInteger();
    private static volatile boolean requested;

    private Interruption() {}

    /** Says that somebody begins, or ends, to look at {@link #isRequested} and to write. */
    static void watch(boolean begins) {
        WATCHERS.addAndGet(begins ? 1 : -1);
    }

    /** Whether the process was asked to end. */
    static boolean isRequested() {
        return requested;
    }

    /**
     * Does the work and gives its exit code; a signal meanwhile makes {@link #isRequested} true.
     */
    static int during(IntSupplier work) {
        var done = new CountDownLatch(1);
        Thread hook =
                new Thread(
                        () -> {
                            requested = true;
                            if (WATCHERS.get() == 0) {
                                return;
                            }
                            try {
                                boolean ignored = done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.getAsInt();
        } finally {
            done.countDown();
        }
    }
}
