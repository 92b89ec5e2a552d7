package org.jaket.statevector;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Deletes and replaces files, which it keeps open while it does. Their names are gone at once; that
 * the system takes back their room, for which it needs up to a fifth of a second a GiB, is not
 * waited for, because whoever cancels work waits for it already. Who needs the room can {@link
 * #await} it.
 */
final class Removal {
    private static final ConcurrentLinkedQueue<Thread> UNDER_WAY = new ConcurrentLinkedQueue<>();

    private Removal() {}

    /** Deletes a file, if it is there, and closes its channel. */
    static void remove(Path file, FileChannel channel) throws IOException {
        try {
            Files.deleteIfExists(file);
        } finally {
            closeLater(channel);
        }
    }

    /** Puts a file into the place of another, which, if it is there, is deleted by that. */
    static void replace(Path by, Path file) throws IOException {
        FileChannel before = open(file);
        try {
            Files.move(
                    by, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            if (before != null) {
                closeLater(before);
            }
        }
    }

    /** A file that is open is not taken back by the system; null if it cannot be opened. */
    @SuppressWarnings("MustBeClosedChecker") // The caller closes the channel.
    private static @Nullable FileChannel open(Path file) {
        try {
            // Opening a pipe would wait for who writes to it.
            return Files.isRegularFile(file) ? FileChannel.open(file) : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static void closeLater(FileChannel channel) {
        Thread closing = Thread.ofPlatform().daemon().unstarted(() -> close(channel));
        UNDER_WAY.add(closing);
        closing.start();
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The file is deleted: what could not be written to it is of no use to anybody.
            System.getLogger(Removal.class.getName()).log(Level.DEBUG, "close", e);
        } finally {
            UNDER_WAY.remove(Thread.currentThread());
        }
    }

    /** Waits until the room of all files that were removed is free again. */
    static void await() {
        for (Thread closing : UNDER_WAY) {
            try {
                closing.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
