package org.jaket.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * What Ctrl-C does: running work is asked to stop, and the JVM waits a moment for it to write out
 * the lines that it has finished. Without this the JVM would end in the middle of a line.
 */
final class Interruption {
    private static final int PATIENCE_SECONDS = 5;
    private static volatile boolean requested;

    private Interruption() {}

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
