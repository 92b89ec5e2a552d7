package org.jaket.statevector;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that appears when it is complete: it is written beside its place, forced to the disk and
 * then renamed. Closing it before deletes what there is, and a file of that name stays as it was.
 *
 * <p>Trouble is told with what the file is, how many bytes it takes and how many there are.
 */
final class PartFile implements AutoCloseable {
    /** After so many bytes the disk has to follow, lest writing wait for memory one day. */
    private static final long FORCED = 1 << 25;

    private final String what;
    private final Path file;
    private final Path part;
    private final double bytes;
    private final FileChannel out;
    private final Runnable check;
    private final Transfer transfer;
    private long written;
    private long forced;

    private PartFile(
            String what, Path file, Path part, double bytes, FileChannel out, Runnable check) {
        this.check = check;
        this.what = what;
        this.file = file;
        this.part = part;
        this.bytes = bytes;
        this.out = out;
        this.transfer = new Transfer(out);
    }

    /**
     * Begins a file.
     *
     * @param what it is, such as "checkpoint"
     * @param file its place
     * @param part where it is until it is complete, on the same disk; what is there is overwritten
     * @param bytes how long it will be
     * @param check throws when writing is to end, asked while the disk is waited for
     */
    @SuppressWarnings("MustBeClosedChecker") // The file owns the channel.
    static PartFile create(String what, Path file, Path part, double bytes, Runnable check)
            throws IOException {
        try {
            FileChannel out =
                    FileChannel.open(
                            part,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE);
            return new PartFile(what, file, part, bytes, out, check);
        } catch (IOException e) {
            throw failure(what, file, bytes, e);
        }
    }

    /** Why so many bytes cannot be written to a disk that is full, or null if there is room. */
    static @Nullable String noRoom(String what, Path file, double bytes) {
        return tooLarge(
                "The %s %s".formatted(what, file), file.toAbsolutePath().getParent(), bytes);
    }

    private static @Nullable String tooLarge(String subject, @Nullable Path folder, double bytes) {
        double room;
        try {
            room = room(folder);
            if (room < bytes) {
                Removal.await();
                room = room(folder);
            }
        } catch (IOException e) {
            // Whoever writes will learn what is wrong with the place.
            return null;
        }
        if (bytes <= room) {
            return null;
        }
        String needed = Memory.human(bytes);
        String there = Memory.human(room);
        if (needed.equals(there)) {
            needed = "%.0f bytes".formatted(bytes);
            there = "%.0f".formatted(room);
        }
        return "%s takes %s, but %s has room for %s. Maybe make room, or put it on another disk."
                .formatted(subject, needed, folder, there);
    }

    private static double room(@Nullable Path folder) throws IOException {
        return folder == null ? 0 : (double) Files.getFileStore(folder).getUsableSpace();
    }

    /** What went wrong with a file, where, and what to do if it is the room. */
    static IOException failure(String what, Path file, double bytes, IOException e) {
        String reason =
                e instanceof FileSystemException f && f.getReason() == null
                        ? f.getClass().getSimpleName().replace("Exception", "") + " " + f.getFile()
                        : String.valueOf(e.getMessage());
        String text = "The %s %s cannot be written: %s. ".formatted(what, file, reason);
        String room = tooLarge("It", file.toAbsolutePath().getParent(), bytes);
        return new IOException(
                text + (room == null ? "It takes %s.".formatted(Memory.human(bytes)) : room), e);
    }

    /** Appends bytes. */
    void write(ByteBuffer from) throws IOException {
        try {
            while (from.hasRemaining()) {
                int now = Math.min(from.remaining(), Transfer.PIECE);
                transfer.buffer(now).put(from.slice(from.position(), now));
                long to = written;
                transfer.write(now, now, at -> to + at, check);
                from.position(from.position() + now);
                written += now;
            }
            if (written - forced >= FORCED) {
                transfer.force(check);
                forced = written;
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Puts the file into its place. */
    void complete() throws IOException {
        try {
            transfer.force(check);
            out.close();
            Removal.replace(part, file);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The room is that without what has been written. */
    private IOException failed(IOException e) {
        try {
            close();
        } catch (IOException second) {
            e.addSuppressed(second);
        }
        return failure(what, file, bytes, e);
    }

    @Override
    public void close() throws IOException {
        if (out.isOpen()) {
            Removal.remove(part, out);
        } else {
            // Complete, or put into its place in vain.
            Files.deleteIfExists(part);
        }
    }
}
