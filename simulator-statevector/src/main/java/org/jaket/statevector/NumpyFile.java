package org.jaket.statevector;

import org.jaket.execution.Progress;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Amplitudes as a NumPy array of 2^n complex numbers, in the format of {@code numpy.save} (NumPy
 * Enhancement Proposal 1): {@code complex128} for double precision, {@code complex64} for single.
 */
final class NumpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_HEADER = 1 << 16;
    private static final int CHUNK = 1 << 20;
    private static final String WHAT = "NumPy file";

    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE =
            Pattern.compile("'shape'\\s*:\\s*\\(\\s*([0-9]{1,18})\\s*,?\\s*\\)");

    private NumpyFile() {}

    /** What the header says. */
    record Header(int qubits, Precision precision, long dataStart) {}

    /** Takes amplitudes in order. */
    @FunctionalInterface
    interface Sink {
        void put(double re, double im) throws IOException;
    }

    /** Gives all amplitudes in order. */
    @FunctionalInterface
    interface Source {
        void writeTo(Sink sink) throws IOException;
    }

    /**
     * Writes a state; the file appears when it is complete.
     *
     * @param frame where the qubits lie
     * @param runner is asked on the way whether to stop
     */
    static void write(Path file, Amplitudes state, Frame frame, Runner runner) throws IOException {
        write(
                file,
                state.qubits(),
                state.precision(),
                () -> runner.check(0, state.length()),
                sink -> {
                    for (long i = 0; i < state.length(); i++) {
                        if ((i & CHUNK - 1) == 0) {
                            runner.check(i, state.length());
                        }
                        long at = frame.stored(i);
                        sink.put(state.re(at), state.im(at));
                    }
                });
    }

    /**
     * Writes amplitudes from anywhere; the file appears when it is complete.
     *
     * @param check throws when writing is to end
     */
    static void write(Path file, int qubits, Precision precision, Runnable check, Source source)
            throws IOException {
        ByteBuffer header = header(qubits, precision);
        double bytes = header.remaining() + Amplitudes.bytes(qubits, precision);
        String refusal = PartFile.noRoom(WHAT, file, bytes);
        if (refusal != null) {
            throw new IOException(refusal);
        }
        try (PartFile out = PartFile.create(WHAT, file, part(file, bytes), bytes, check)) {
            out.write(header);
            ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
            boolean isDouble = precision == Precision.DOUBLE;
            source.writeTo(
                    (re, im) -> {
                        if (isDouble) {
                            chunk.putDouble(re).putDouble(im);
                        } else {
                            chunk.putFloat((float) re).putFloat((float) im);
                        }
                        if (!chunk.hasRemaining()) {
                            out.write(chunk.flip());
                            chunk.clear();
                        }
                    });
            out.write(chunk.flip());
            out.complete();
        }
    }

    /** A new file beside a file, so that two who write the same do not meet in it. */
    private static Path part(Path file, double bytes) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        try {
            return Files.createTempFile(parent, file.getFileName() + ".", ".part");
        } catch (IOException e) {
            throw PartFile.failure(WHAT, file, bytes, e);
        }
    }

    private static ByteBuffer header(int qubits, Precision precision) {
        String type = precision == Precision.DOUBLE ? "<c16" : "<c8";
        String text =
                "{'descr': '%s', 'fortran_order': False, 'shape': (%d,), }"
                        .formatted(type, 1L << qubits);
        int before = MAGIC.length + 4;
        // The data start at a multiple of 64 bytes, as NumPy has it.
        int padded = -(before + text.length() + 1) & 63;
        String line = text + " ".repeat(padded) + "\n";
        ByteBuffer header =
                ByteBuffer.allocate(before + line.length()).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) line.length());
        return header.put(line.getBytes(StandardCharsets.US_ASCII)).flip();
    }

    /**
     * Reads the header.
     *
     * @throws IOException naming the file and what is wrong in it
     */
    static Header header(Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file)) {
            ByteBuffer start = read(in, 0, 12, file).order(ByteOrder.LITTLE_ENDIAN);
            for (byte expected : MAGIC) {
                if (start.get() != expected) {
                    throw wrong(file, "does not begin as a NumPy file does");
                }
            }
            int major = start.get();
            start.get();
            boolean isShort = major == 1;
            if (major < 1 || major > 3) {
                throw wrong(
                        file, "has version %d of the format, known are 1 to 3".formatted(major));
            }
            long length = isShort ? start.getShort() & 0xFFFF : start.getInt() & 0xFFFF_FFFFL;
            int before = isShort ? 10 : 12;
            if (length > MAX_HEADER) {
                throw wrong(file, "has a header of %d bytes".formatted(length));
            }
            byte[] text = read(in, before, (int) length, file).array();
            return header(file, new String(text, StandardCharsets.ISO_8859_1), before + length, in);
        }
    }

    private static Header header(Path file, String text, long dataStart, FileChannel in)
            throws IOException {
        Precision precision =
                switch (find(DESCR, text, file, "type")) {
                    case "<c16" -> Precision.DOUBLE;
                    case "<c8" -> Precision.SINGLE;
                    case String type ->
                            throw wrong(
                                    file,
                                    "holds numbers of type "
                                            + type
                                            + ". Maybe save it as complex128 or complex64");
                };
        if (find(FORTRAN, text, file, "order").equals("True")) {
            throw wrong(file, "is in Fortran's order");
        }
        long size = Long.parseLong(find(SHAPE, text, file, "shape of one dimension"));
        int qubits = Long.numberOfTrailingZeros(size);
        if (size < 2 || Long.bitCount(size) != 1) {
            throw wrong(
                    file, "has %d amplitudes, which is no power of two from 2 on".formatted(size));
        }
        double bytes = dataStart + 2.0 * size * precision.bytes();
        if (in.size() != bytes) {
            throw wrong(
                    file, "has %d bytes, but its header promises %.0f".formatted(in.size(), bytes));
        }
        return new Header(qubits, precision, dataStart);
    }

    private static String find(Pattern pattern, String text, Path file, String what)
            throws IOException {
        Matcher m = pattern.matcher(text);
        if (!m.find()) {
            throw wrong(file, "has no %s in its header".formatted(what));
        }
        return m.group(1);
    }

    /** Fills a state of the right size, whose qubits are at home. */
    static void read(Path file, Header header, Amplitudes state, Progress progress)
            throws IOException {
        boolean isDouble = header.precision() == Precision.DOUBLE;
        int each = 2 * header.precision().bytes();
        try (FileChannel in = FileChannel.open(file)) {
            long bytes = each * state.length();
            long index = 0;
            for (long done = 0; done < bytes; done += CHUNK) {
                progress.checkCancelled();
                int now = (int) Math.min(CHUNK, bytes - done);
                ByteBuffer chunk =
                        read(in, header.dataStart() + done, now, file)
                                .order(ByteOrder.LITTLE_ENDIAN);
                for (; chunk.hasRemaining(); index++) {
                    double re = isDouble ? chunk.getDouble() : chunk.getFloat();
                    double im = isDouble ? chunk.getDouble() : chunk.getFloat();
                    if (!Double.isFinite(re) || !Double.isFinite(im)) {
                        throw wrong(file, "has no finite number as amplitude %d".formatted(index));
                    }
                    state.set(index, re, im);
                }
            }
        }
    }

    private static ByteBuffer read(FileChannel in, long at, int count, Path file)
            throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        long position = at;
        while (bytes.hasRemaining()) {
            int got = in.read(bytes, position);
            if (got < 0) {
                throw new EOFException(file + ": the file ends at byte " + position);
            }
            position += got;
        }
        return bytes.flip();
    }

    private static IOException wrong(Path file, String what) {
        return new IOException(file + ": the file " + what + ".");
    }
}
