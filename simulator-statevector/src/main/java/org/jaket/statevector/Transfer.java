package org.jaket.statevector;

import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongUnaryOperator;

/**
 * Moves bytes to and from a file on another thread, because nothing interrupts the system while it
 * makes a writer wait for the disk, which may take seconds. The caller waits, asks meanwhile
 * whether to stop, and when it does leaves the transfer behind.
 *
 * <p>What is left behind ends soon, moves bytes between the file and a buffer of its own, and no
 * other memory: a caller may free its own at once, and closes the channel by {@link Removal}, which
 * waits for the transfer. Not for use by two threads at once.
 */
final class Transfer {
    /** The most bytes that are moved in one go. */
    static final int PIECE = 1 << 22;

    /**
     * The bytes of one call of the system. Short, because a transfer ends between two of them only,
     * and a file cannot be deleted during one.
     */
    private static final int CALL = 1 << 16;

    /** While the disk is waited for, it is asked so often whether to stop. */
    private static final Duration ASKED = Duration.ofMillis(10);

    /** Threads that have nothing to do for a minute end. */
    private static final Executor THREADS =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform()
                            .daemon()
                            .inheritInheritableThreadLocals(false)
                            .name("jaket-files-", 1)
                            .factory());

    /** What the other thread does. */
    private abstract static class Work {
        /** Whether the caller does not wait any more. */
        volatile boolean isAbandoned;

        abstract void run() throws IOException;
    }

    private final FileChannel channel;
    private @Nullable ByteBuffer buffer;

    Transfer(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Where bytes that are to be written are put, and those that were read are found.
     *
     * @param bytes at most {@link #PIECE}
     */
    ByteBuffer buffer(int bytes) {
        ByteBuffer there = buffer;
        if (there == null || there.capacity() < bytes) {
            there = ByteBuffer.allocateDirect(bytes);
            buffer = there;
        }
        return there.clear().limit(bytes);
    }

    /**
     * Writes the first bytes of the buffer.
     *
     * @param run the length of runs that are together in the file too
     * @param place where the run goes that begins at some byte of the buffer
     * @param check throws when the transfer is to end
     */
    void write(int bytes, int run, LongUnaryOperator place, Runnable check) throws IOException {
        move(bytes, run, place, check, channel::write);
    }

    /** Reads into the buffer, the inverse of {@link #write}. */
    void read(int bytes, int run, LongUnaryOperator place, Runnable check) throws IOException {
        move(bytes, run, place, check, channel::read);
    }

    /** What the system does; tells how many bytes it has moved. */
    @FunctionalInterface
    private interface Call {
        int at(ByteBuffer bytes, long position) throws IOException;
    }

    private void move(int bytes, int run, LongUnaryOperator place, Runnable check, Call call)
            throws IOException {
        ByteBuffer own = buffer(bytes);
        await(
                new Work() {
                    @Override
                    void run() throws IOException {
                        for (int from = 0; from < bytes; from += run) {
                            long to = place.applyAsLong(from) - from;
                            for (int at = from; at < from + run && !isAbandoned; ) {
                                own.limit(Math.min(from + run, at + CALL)).position(at);
                                int moved = call.at(own, to + at);
                                if (moved < 0) {
                                    throw new EOFException("the file ends at byte " + (to + at));
                                }
                                at += moved;
                            }
                        }
                    }
                },
                check);
    }

    /** Waits until the disk has everything that was written. */
    void force(Runnable check) throws IOException {
        await(
                new Work() {
                    @Override
                    void run() throws IOException {
                        channel.force(true);
                    }
                },
                check);
    }

    private void await(Work work, Runnable check) throws IOException {
        var task =
                new FutureTask<Void>(
                        () -> {
                            work.run();
                            return null;
                        });
        THREADS.execute(task);
        boolean isOver = false;
        boolean isInterrupted = false;
        try {
            while (!isOver) {
                try {
                    task.get(ASKED.toNanos(), TimeUnit.NANOSECONDS);
                    isOver = true;
                } catch (TimeoutException e) {
                    ask(isInterrupted, check);
                } catch (InterruptedException e) {
                    // A wish to stop, if the check takes it for one.
                    isInterrupted = true;
                    ask(true, check);
                } catch (ExecutionException e) {
                    isOver = true;
                    throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
                }
            }
        } finally {
            if (!isOver) {
                work.isAbandoned = true;
                buffer = null;
            }
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Asks as the interrupted thread that this is, and waits on as none. */
    private static void ask(boolean isInterrupted, Runnable check) {
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        check.run();
        if (isInterrupted) {
            Thread.interrupted();
        }
    }
}
