package org.jaket.statevector;

import org.jaket.execution.Progress;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongUnaryOperator;

/**
 * The 2^n amplitudes of a state in a file: all real parts, then all imaginary parts, in the
 * machine's byte order. What has never been written takes no room where the file system has sparse
 * files, and reads as zero. Closing deletes the file.
 *
 * <p>Tiles are read and written in their runs of neighbouring amplitudes, so that long runs make
 * the disk go forward.
 */
final class StateFile implements AutoCloseable {
    private static final String WHAT = "state file";

    private final Path file;
    private final FileChannel channel;
    private final Transfer transfer;
    private final int qubits;
    private final Precision precision;

    private StateFile(Path file, FileChannel channel, int qubits, Precision precision) {
        this.file = file;
        this.channel = channel;
        this.transfer = new Transfer(channel);
        this.qubits = qubits;
        this.precision = precision;
    }

    /**
     * Makes the file of the state |0>.
     *
     * @throws IOException if the file is there already, cannot be made, or would not fit
     */
    @SuppressWarnings("MustBeClosedChecker") // The state owns the channel.
    static StateFile create(Path file, int qubits, Precision precision) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new NotDirectoryException(
                    "The state file %s needs a directory %s, which is not there"
                            .formatted(file, parent));
        }
        String refusal = PartFile.noRoom(WHAT, file, Amplitudes.bytes(qubits, precision));
        if (refusal != null) {
            throw new IOException(refusal);
        }
        FileChannel channel;
        try {
            channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.SPARSE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(
                    "The state file "
                            + file
                            + " exists already. Maybe an earlier run was killed and left it: delete"
                            + " it, or give another name.",
                    e);
        }
        StateFile state = new StateFile(file, channel, qubits, precision);
        try {
            // The last number makes the file as long as it will be.
            state.put(2 * state.length() - 1, 0);
            state.put(0, 1);
            return state;
        } catch (IOException e) {
            state.close();
            throw state.unwritten(e);
        }
    }

    int qubits() {
        return qubits;
    }

    Precision precision() {
        return precision;
    }

    long length() {
        return 1L << qubits;
    }

    Path path() {
        return file;
    }

    double re(long index) {
        return get(index);
    }

    double im(long index) {
        return get(length() + index);
    }

    private double get(long number) {
        ByteBuffer bytes = ByteBuffer.allocate(precision.bytes()).order(ByteOrder.nativeOrder());
        try {
            read(bytes, number * precision.bytes());
        } catch (IOException e) {
            throw failure("read", e);
        }
        bytes.flip();
        return precision == Precision.DOUBLE ? bytes.getDouble() : bytes.getFloat();
    }

    private void put(long number, double value) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(precision.bytes()).order(ByteOrder.nativeOrder());
        if (precision == Precision.DOUBLE) {
            bytes.putDouble(value);
        } else {
            bytes.putFloat((float) value);
        }
        write(bytes.flip(), number * precision.bytes());
    }

    /**
     * Reads a tile: the amplitudes whose index has the bits {@code outer} outside the mask {@code
     * local}, in ascending order.
     */
    void read(Amplitudes tile, long local, long outer, Progress progress) {
        tile.fill();
        try {
            move(
                    tile,
                    local,
                    outer,
                    (memory, run, place) -> {
                        progress.checkCancelled();
                        int bytes = (int) memory.byteSize();
                        transfer.read(bytes, run, place, progress::checkCancelled);
                        memory.copyFrom(MemorySegment.ofBuffer(transfer.buffer(bytes)));
                    });
        } catch (IOException e) {
            throw failure("read", e);
        }
    }

    /** The inverse of {@link #read}. */
    void write(Amplitudes tile, long local, long outer, Progress progress) {
        try {
            move(
                    tile,
                    local,
                    outer,
                    (memory, run, place) -> {
                        progress.checkCancelled();
                        int bytes = (int) memory.byteSize();
                        MemorySegment.ofBuffer(transfer.buffer(bytes)).copyFrom(memory);
                        transfer.write(bytes, run, place, progress::checkCancelled);
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(unwritten(e));
        }
    }

    /** What is done with a piece of a tile. */
    @FunctionalInterface
    private interface Piece {
        /**
         * Moves a piece.
         *
         * @param memory where it is in the tile
         * @param run bytes that are together in the file
         * @param place where the run is that begins at some byte of the piece
         */
        void at(MemorySegment memory, int run, LongUnaryOperator place) throws IOException;
    }

    private void move(Amplitudes tile, long local, long outer, Piece piece) throws IOException {
        long width = precision.bytes();
        long plane = length() * width;
        long bytes = tile.length() * width;
        int runBits = Math.min(Long.numberOfTrailingZeros(~local), tile.qubits());
        int run = (int) Math.min(width << runBits, Transfer.PIECE);
        for (int part = 0; part < 2; part++) {
            MemorySegment numbers = part == 0 ? tile.re() : tile.im();
            long start = part * plane;
            for (long done = 0; done < bytes; done += Transfer.PIECE) {
                long from = done;
                piece.at(
                        numbers.asSlice(from, Math.min(Transfer.PIECE, bytes - from)),
                        run,
                        at -> {
                            long first = Long.expand((from + at) / width, local) | outer;
                            return start + first * width;
                        });
            }
        }
    }

    private void read(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            int got = channel.read(bytes, at);
            if (got < 0) {
                throw new EOFException("the file ends at byte " + at);
            }
            at += got;
        }
    }

    private void write(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    private UncheckedIOException failure(String what, IOException e) {
        return new UncheckedIOException(failed(what, e));
    }

    private IOException failed(String what, IOException e) {
        return new IOException(
                "The %s %s cannot be %s: %s".formatted(WHAT, file, what, e.getMessage()), e);
    }

    /** The file is sparse: that there was room for it at first does not say that there is now. */
    private IOException unwritten(IOException e) {
        return PartFile.failure(WHAT, file, Amplitudes.bytes(qubits, precision), e);
    }

    @Override
    public void close() {
        try {
            if (channel.isOpen()) {
                Removal.remove(file, channel);
            }
        } catch (IOException e) {
            throw failure("deleted", e);
        }
    }
}
