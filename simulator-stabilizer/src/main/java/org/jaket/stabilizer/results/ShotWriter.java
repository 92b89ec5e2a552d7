package org.jaket.stabilizer.results;

import org.jaket.stabilizer.bits.PlainBitKernels;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Writes shots to a stream in one of the {@link ResultFormat formats}, a batch at a time.
 *
 * <p>Buffers internally; {@link #close()} writes what is left and closes the stream.
 */
public abstract sealed class ShotWriter implements AutoCloseable {
    final ByteSink sink;
    final RecordLayout layout;
    private boolean observablesFirst;
    private boolean closed;

    private ShotWriter(OutputStream out, RecordLayout layout) {
        this.sink = new ByteSink(out);
        this.layout = layout;
    }

    /**
     * Returns a writer.
     *
     * @param out where the bytes go
     * @param format the format
     * @param layout what the bits of a shot are; only {@code dets} prints it
     */
    public static ShotWriter to(OutputStream out, ResultFormat format, RecordLayout layout) {
        return switch (format) {
            case ZERO_ONE -> new ZeroOne(out, layout);
            case B8 -> new B8(out, layout);
            case R8 -> new R8(out, layout);
            case PTB64 -> new Ptb64(out, layout);
            case HITS -> new Hits(out, layout);
            case DETS -> new Dets(out, layout, false);
        };
    }

    /**
     * Returns a writer that puts the observables of a shot in front of all else. Batches have the
     * usual order.
     *
     * @param out where the bytes go
     * @param format the format
     * @param layout what the bits of a shot are
     */
    public static ShotWriter observablesFirst(
            OutputStream out, ResultFormat format, RecordLayout layout) {
        ShotWriter writer =
                format == ResultFormat.DETS ? new Dets(out, layout, true) : to(out, format, layout);
        writer.observablesFirst = true;
        return writer;
    }

    /**
     * Writes all shots of a batch.
     *
     * @throws IllegalArgumentException if the batch has another number of bits per shot
     */
    public final void write(ShotBatch batch) throws IOException {
        if (batch.bits() != layout.bits()) {
            throw new IllegalArgumentException(
                    "A batch of %d bits per shot was given to a writer of %d."
                            .formatted(batch.bits(), layout.bits()));
        }
        int others = layout.measurements() + layout.detectors();
        ShotBatch ordered = observablesFirst ? batch.rotated(others) : batch;
        for (int shot = 0; shot < ordered.shots(); shot++) {
            writeShot(ordered.words(), shot * ordered.stride());
        }
    }

    /**
     * Writes some bits of all shots of a batch: as many as the layout has.
     *
     * @param from the first of them
     * @throws IndexOutOfBoundsException if the batch has fewer bits
     */
    public final void write(ShotBatch batch, int from) throws IOException {
        if (from == 0 && batch.bits() == layout.bits()) {
            write(batch);
            return;
        }
        if (observablesFirst) {
            write(batch.slice(from, layout.bits()));
            return;
        }
        Objects.checkFromIndexSize(from, layout.bits(), batch.bits());
        long[] row = new long[(layout.bits() + 63) >>> 6];
        for (int shot = 0; shot < batch.shots(); shot++) {
            batch.copy(shot, from, layout.bits(), row, 0);
            writeShot(row, 0);
        }
    }

    abstract void writeShot(long[] words, int at) throws IOException;

    /** Called once before closing. */
    void finish() throws IOException {}

    /** Sends what is buffered to the stream without closing it. */
    public final void flush() throws IOException {
        sink.flushThrough();
    }

    /**
     * Closes the stream without writing what is still buffered, after a failure; a later {@link
     * #close()} does nothing.
     */
    public final void abandon() throws IOException {
        if (!closed) {
            closed = true;
            sink.abandon();
        }
    }

    @Override
    public final void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            finish();
        } catch (IllegalStateException e) {
            sink.abandon();
            throw e;
        }
        sink.close();
    }

    private static final class ZeroOne extends ShotWriter {
        /** Eight characters for each byte of bits. */
        private static final long[] SPREAD = new long[256];

        static {
            for (int b = 0; b < 256; b++) {
                for (int k = 0; k < 8; k++) {
                    SPREAD[b] |= ('0' + (long) (b >>> k & 1)) << 8 * k;
                }
            }
        }

        ZeroOne(OutputStream out, RecordLayout layout) {
            super(out, layout);
        }

        @Override
        void writeShot(long[] words, int at) throws IOException {
            int bits = layout.bits();
            for (int bit = 0; bit < bits; bit += 64) {
                sink.reserve(64 + 1);
                long word = words[at + (bit >>> 6)];
                int left = Math.min(64, bits - bit);
                for (int k = 0; k < left; k += 8) {
                    sink.putLong(SPREAD[(int) (word >>> k) & 0xFF], Math.min(8, left - k));
                }
            }
            sink.reserve(1);
            sink.put('\n');
        }
    }

    private static final class B8 extends ShotWriter {
        B8(OutputStream out, RecordLayout layout) {
            super(out, layout);
        }

        @Override
        void writeShot(long[] words, int at) throws IOException {
            int bytes = (layout.bits() + 7) >>> 3;
            int whole = bytes >>> 3;
            for (int i = 0; i < whole; ) {
                int end = Math.min(whole, i + ByteSink.MAX_RESERVE / 8);
                sink.reserve(ByteSink.MAX_RESERVE);
                for (; i < end; i++) {
                    sink.putLong(words[at + i]);
                }
            }
            if ((bytes & 7) != 0) {
                sink.reserve(8);
                sink.putLong(words[at + whole], bytes & 7);
            }
        }
    }

    private static final class R8 extends ShotWriter {
        R8(OutputStream out, RecordLayout layout) {
            super(out, layout);
        }

        @Override
        void writeShot(long[] words, int at) throws IOException {
            int bits = layout.bits();
            int next = 0;
            for (int word = 0, end = bits + 63 >>> 6; word < end; word++) {
                for (long rest = words[at + word]; rest != 0; rest &= rest - 1) {
                    int one = (word << 6) + Long.numberOfTrailingZeros(rest);
                    putRun(one - next);
                    next = one + 1;
                }
            }
            putRun(bits - next);
        }

        private void putRun(int zeros) throws IOException {
            for (; zeros >= 255; zeros -= 255) {
                sink.reserve(2);
                sink.put(255);
            }
            sink.reserve(1);
            sink.put(zeros);
        }
    }

    private static final class Hits extends ShotWriter {
        Hits(OutputStream out, RecordLayout layout) {
            super(out, layout);
        }

        @Override
        void writeShot(long[] words, int at) throws IOException {
            boolean first = true;
            int bits = layout.bits();
            for (int word = 0, end = bits + 63 >>> 6; word < end; word++) {
                for (long rest = words[at + word]; rest != 0; rest &= rest - 1) {
                    sink.reserve(16);
                    if (!first) {
                        sink.put(',');
                    }
                    first = false;
                    sink.putDecimal((word << 6) + Long.numberOfTrailingZeros(rest));
                }
            }
            sink.reserve(1);
            sink.put('\n');
        }
    }

    private static final class Dets extends ShotWriter {
        /** The kinds in the order of the bits, and where each of them starts. */
        private final byte[] kinds;

        private final int second;
        private final int third;

        Dets(OutputStream out, RecordLayout layout, boolean observablesFirst) {
            super(out, layout);
            kinds = observablesFirst ? new byte[] {'L', 'M', 'D'} : new byte[] {'M', 'D', 'L'};
            second = observablesFirst ? layout.observables() : layout.measurements();
            third = second + (observablesFirst ? layout.measurements() : layout.detectors());
        }

        @Override
        void writeShot(long[] words, int at) throws IOException {
            sink.reserve(8);
            sink.put('s');
            sink.put('h');
            sink.put('o');
            sink.put('t');
            int bits = layout.bits();
            for (int word = 0, end = bits + 63 >>> 6; word < end; word++) {
                for (long rest = words[at + word]; rest != 0; rest &= rest - 1) {
                    int one = (word << 6) + Long.numberOfTrailingZeros(rest);
                    sink.reserve(20);
                    sink.put(' ');
                    if (one >= third) {
                        sink.put(kinds[2]);
                        sink.putDecimal(one - third);
                    } else if (one >= second) {
                        sink.put(kinds[1]);
                        sink.putDecimal(one - second);
                    } else {
                        sink.put(kinds[0]);
                        sink.putDecimal(one);
                    }
                }
            }
            sink.reserve(1);
            sink.put('\n');
        }
    }

    private static final class Ptb64 extends ShotWriter {
        private final int rowWords;
        private final long[] group;
        private final long[] block = new long[64];
        private int held;

        Ptb64(OutputStream out, RecordLayout layout) {
            super(out, layout);
            this.rowWords = (layout.bits() + 63) >>> 6;
            this.group = new long[Math.multiplyExact(64, rowWords)];
        }

        @Override
        void writeShot(long[] words, int at) throws IOException {
            System.arraycopy(words, at, group, held * rowWords, rowWords);
            held++;
            if (held == 64) {
                held = 0;
                writeGroup();
            }
        }

        private void writeGroup() throws IOException {
            int bits = layout.bits();
            for (int word = 0; word < rowWords; word++) {
                for (int shot = 0; shot < 64; shot++) {
                    block[shot] = group[shot * rowWords + word];
                }
                PlainBitKernels.transposeBlock(block);
                sink.reserve(512);
                int end = Math.min(64, bits - (word << 6));
                for (int bit = 0; bit < end; bit++) {
                    sink.putLong(block[bit]);
                }
            }
        }

        @Override
        void finish() {
            if (held != 0) {
                throw new IllegalStateException(
                        "The ptb64 format holds 64 shots at a time, and %d shots are left over. Maybe use a multiple of 64 shots?"
                                .formatted(held));
            }
        }
    }
}
