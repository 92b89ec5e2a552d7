package org.jaket.statevector;

import org.jaket.execution.Progress;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The format of a {@link Checkpoint}, big-endian but for the amplitudes:
 *
 * <ol>
 *   <li>eight letters, the version of the format;
 *   <li>what the run is of, as names and values ({@link #fingerprint});
 *   <li>all real parts, then all imaginary parts, in the machine's byte order;
 *   <li>the place of the run in its program, its classical memory, the shots that are done.
 * </ol>
 *
 * <p>The second and fourth part are preceded by their length, and each of the three parts is
 * followed by its CRC-32C.
 */
final class CheckpointFile {
    static final String SEED = "seed";
    static final String WHAT = "checkpoint";

    private static final long MAGIC = 0x4a41_4b45_5443_4b50L; // JAKETCKP
    private static final int VERSION = 1;
    private static final int MAX_PREFACE = 1 << 16;

    /** Between two looks at whether to stop, so many bytes are moved. */
    private static final int CHUNK = 1 << 22;

    /** A part with the shots' bits is written in pieces, but read as a whole. */
    private static final long MAX_REST = Integer.MAX_VALUE - 64;

    private CheckpointFile() {}

    /** What a run has done; the amplitudes are read on their own. */
    record Saved(Run run, long[] done, long[] words) {}

    /**
     * What has to be the same for a run to go on.
     *
     * @param shots how many, or 0 for a state
     */
    static Map<String, String> fingerprint(
            Program program, Kernels kernels, long shots, long seed) {
        Map<String, String> of = new LinkedHashMap<>();
        of.put("purpose", shots == 0 ? "a state" : "shots");
        of.put("precision", kernels.precision().name());
        of.put("number of qubits", Integer.toString(program.qubits()));
        if (shots > 0) {
            of.put("number of shots", Long.toString(shots));
            of.put(SEED, Long.toString(seed));
        }
        // Other kernels round otherwise.
        of.put("kernels", kernels.getClass().getSimpleName() + "/" + kernels.laneBits());
        of.put("tile", Integer.toString(Schedule.TILE_BITS));
        of.put("byte order", ByteOrder.nativeOrder().toString());
        of.put("circuit", ProgramDigest.of(program));
        return of;
    }

    // ---- writing --------------------------------------------------------------------------

    /**
     * Where a checkpoint is written before it is complete: always the same, lest processes that are
     * killed leave one large file each.
     */
    static Path part(Path file) {
        return file.resolveSibling(file.getFileName() + ".part");
    }

    /**
     * Writes a checkpoint and puts it into its place.
     *
     * @param state the amplitudes, or null to take those of the file that is there
     */
    static void write(
            Path file,
            Map<String, String> fingerprint,
            Saved saved,
            @Nullable Amplitudes state,
            Progress progress)
            throws IOException {
        byte[] preface = preface(fingerprint);
        byte[] rest = rest(saved);
        double bytes = bytes(fingerprint, preface.length + rest.length);
        try (PartFile out =
                PartFile.create(WHAT, file, part(file), bytes, progress::checkCancelled)) {
            ByteBuffer start = ByteBuffer.allocate(16 + preface.length + 4);
            start.putLong(MAGIC).putInt(VERSION).putInt(preface.length).put(preface);
            out.write(start.putInt(crc(preface)).flip());
            if (state == null) {
                copyAmplitudes(file, fingerprint, start.capacity(), out, progress);
            } else {
                CRC32C crc = new CRC32C();
                for (ByteBuffer chunk : chunks(offHeap(state))) {
                    progress.checkCancelled();
                    crc.update(chunk.duplicate());
                    out.write(chunk);
                }
                out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).flip());
            }
            ByteBuffer end = ByteBuffer.allocate(8);
            out.write(end.putInt(rest.length).flip());
            out.write(ByteBuffer.wrap(rest));
            out.write(end.clear().putInt(crc(rest)).flip());
            out.complete();
        }
    }

    /** About the bytes of a checkpoint: the amplitudes, and what comes before and after them. */
    static double bytes(Map<String, String> fingerprint, long others) {
        return amplitudeBytes(fingerprint) + 32.0 + others;
    }

    private static void copyAmplitudes(
            Path from, Map<String, String> fingerprint, long start, PartFile out, Progress progress)
            throws IOException {
        try (FileChannel in = FileChannel.open(from)) {
            ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
            long end = start + amplitudeBytes(fingerprint) + 4;
            for (long at = start; at < end; ) {
                progress.checkCancelled();
                at = fill(from, in, at, chunk.clear().limit((int) Math.min(CHUNK, end - at)));
                out.write(chunk.flip());
            }
        }
    }

    private static byte[] preface(Map<String, String> fingerprint) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeInt(fingerprint.size());
        for (Map.Entry<String, String> e : fingerprint.entrySet()) {
            out.writeUTF(e.getKey());
            out.writeUTF(e.getValue());
        }
        return bytes.toByteArray();
    }

    private static byte[] rest(Saved saved) throws IOException {
        long size = 8L * (saved.done.length + saved.words.length);
        if (size > MAX_REST) {
            throw new IOException("The results of the shots take " + size + " bytes, too many");
        }
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        saved.run.save(out);
        for (long word : saved.done) {
            out.writeLong(word);
        }
        for (long word : saved.words) {
            out.writeLong(word);
        }
        return bytes.toByteArray();
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static List<ByteBuffer> chunks(List<MemorySegment> planes) {
        List<ByteBuffer> chunks = new ArrayList<>();
        for (MemorySegment plane : planes) {
            for (long at = 0; at < plane.byteSize(); at += CHUNK) {
                long length = Math.min(CHUNK, plane.byteSize() - at);
                chunks.add(plane.asSlice(at, length).asByteBuffer());
            }
        }
        return chunks;
    }

    /** The amplitudes where channels can get at them: small states are on the heap and copied. */
    private static List<MemorySegment> offHeap(Amplitudes state) {
        return Stream.of(state.re(), state.im())
                .map(
                        plane ->
                                plane.isNative()
                                        ? plane
                                        : Arena.ofAuto()
                                                .allocate(plane.byteSize(), Long.BYTES)
                                                .copyFrom(plane))
                .toList();
    }

    // ---- reading --------------------------------------------------------------------------

    /**
     * What the run of a file is of.
     *
     * @throws IOException naming the file and what is wrong in it
     */
    static Map<String, String> preface(Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file)) {
            return preface(file, in);
        }
    }

    private static Map<String, String> preface(Path file, FileChannel in) throws IOException {
        ByteBuffer start = read(file, in, 0, 16);
        if (start.getLong() != MAGIC) {
            throw new IOException(file + ": the file is no checkpoint.");
        }
        int version = start.getInt();
        if (version != VERSION) {
            throw new IOException(
                    "%s: the checkpoint has version %d of the format, known is %d. Maybe go on with"
                                    .formatted(file, version, VERSION)
                            + " the version of Jaket that wrote it.");
        }
        int length = start.getInt();
        if (length < 4 || length > MAX_PREFACE) {
            throw corrupt(file);
        }
        ByteBuffer preface = read(file, in, 16, length + 4);
        byte[] bytes = new byte[length];
        preface.get(bytes);
        if (preface.getInt() != crc(bytes)) {
            throw corrupt(file);
        }
        var data = new DataInputStream(new ByteArrayInputStream(bytes));
        Map<String, String> found = new LinkedHashMap<>();
        int count = data.readInt();
        for (int k = 0; k < count; k++) {
            found.put(data.readUTF(), data.readUTF());
        }
        return found;
    }

    /**
     * Reads a checkpoint into a state, and what else a run has done.
     *
     * @param expected what the run that wants to go on is of
     * @param shots how many results there are room for
     * @param words numbers of a shot's results
     * @throws IOException naming the file and what is wrong in it or differs
     */
    static Saved read(
            Path file,
            Map<String, String> expected,
            Program program,
            int shots,
            int words,
            Amplitudes state,
            Progress progress)
            throws IOException {
        try (FileChannel in = FileChannel.open(file)) {
            compare(file, preface(file, in), expected);
            long at = 16L + preface(expected).length + 4;
            at = amplitudes(file, in, at, state, progress);
            ByteBuffer lengths = read(file, in, at, 4);
            int length = lengths.getInt();
            if (length < 0 || in.size() != at + 4 + length + 4) {
                throw in.size() < at + 4L + Math.max(0, length) + 4
                        ? truncated(file)
                        : corrupt(file);
            }
            ByteBuffer end = read(file, in, at + 4, length + 4);
            byte[] bytes = new byte[length];
            end.get(bytes);
            if (end.getInt() != crc(bytes)) {
                throw corrupt(file);
            }
            var data = new DataInputStream(new ByteArrayInputStream(bytes));
            Run run = Run.restore(program, data);
            long[] done = new long[shots + 63 >> 6];
            long[] results = new long[shots * words];
            if (data.available() != 8L * (done.length + results.length)) {
                throw corrupt(file);
            }
            for (int k = 0; k < done.length; k++) {
                done[k] = data.readLong();
            }
            for (int k = 0; k < results.length; k++) {
                results[k] = data.readLong();
            }
            return new Saved(run, done, results);
        } catch (EOFException | IllegalArgumentException e) {
            throw new IOException(corrupt(file).getMessage(), e);
        }
    }

    /** Reads the amplitudes of a checkpoint that was written by this run. */
    static void readAmplitudes(Path file, Map<String, String> fingerprint, Amplitudes state)
            throws IOException {
        try (FileChannel in = FileChannel.open(file)) {
            compare(file, preface(file, in), fingerprint);
            amplitudes(file, in, 16L + preface(fingerprint).length + 4, state, Progress.NONE);
        }
    }

    /** Fills a state; returns where the part after it begins. */
    private static long amplitudes(
            Path file, FileChannel in, long start, Amplitudes state, Progress progress)
            throws IOException {
        CRC32C crc = new CRC32C();
        long at = start;
        state.fill();
        List<MemorySegment> planes = offHeap(state);
        for (ByteBuffer chunk : chunks(planes)) {
            progress.checkCancelled();
            at = fill(file, in, at, chunk);
            crc.update(chunk.flip());
        }
        if (state.resident() != null) {
            state.re().copyFrom(planes.getFirst());
            state.im().copyFrom(planes.getLast());
        }
        if (read(file, in, at, 4).getInt() != (int) crc.getValue()) {
            throw corrupt(file);
        }
        return at + 4;
    }

    private static void compare(Path file, Map<String, String> found, Map<String, String> expected)
            throws IOException {
        List<String> differ = new ArrayList<>();
        for (Map.Entry<String, String> e : expected.entrySet()) {
            String there = found.get(e.getKey());
            if (!e.getValue().equals(there)) {
                differ.add(
                        e.getKey().equals("circuit")
                                ? "its circuit is another one, or was compiled by another version"
                                : "its %s is %s, not %s"
                                        .formatted(e.getKey(), there, e.getValue()));
            }
        }
        if (!differ.isEmpty() || found.size() != expected.size()) {
            throw new IOException(
                    file
                            + ": the checkpoint is of another run: "
                            + String.join("; ", differ)
                            + ". Maybe run the circuit that it is of, or delete it to begin anew.");
        }
    }

    private static long amplitudeBytes(Map<String, String> fingerprint) {
        int qubits = Integer.parseInt(fingerprint.getOrDefault("number of qubits", "0"));
        Precision precision = Precision.valueOf(fingerprint.getOrDefault("precision", "DOUBLE"));
        return (long) precision.bytesPerAmplitude() << qubits;
    }

    private static ByteBuffer read(Path file, FileChannel in, long at, int count)
            throws IOException {
        if (at + count > in.size()) {
            throw truncated(file);
        }
        ByteBuffer bytes = ByteBuffer.allocate(count);
        fill(file, in, at, bytes);
        return bytes.flip();
    }

    private static long fill(Path file, FileChannel in, long at, ByteBuffer bytes)
            throws IOException {
        long position = at;
        while (bytes.hasRemaining()) {
            int got = in.read(bytes, position);
            if (got < 0) {
                throw truncated(file);
            }
            position += got;
        }
        return position;
    }

    private static IOException truncated(Path file) {
        return new IOException(
                file + ": the checkpoint ends too soon. Delete it to begin the run anew.");
    }

    private static IOException corrupt(Path file) {
        return new IOException(
                file
                        + ": the checkpoint is damaged, its checksum does not fit. Delete it to begin"
                        + " the run anew.");
    }
}
