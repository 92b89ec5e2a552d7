package org.jaket.stabilizer.results;

import org.jaket.stabilizer.bits.PlainBitKernels;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads shots from a stream in one of the {@link ResultFormat formats}, a batch at a time.
 *
 * <p>Data that breaks the format ends in a {@link ResultFormatException} with shot and byte
 * position. Where the format cannot tell where data of zero bits per shot ends ({@code b8} and
 * {@code ptb64}), there are no shots.
 */
public abstract sealed class ShotReader implements AutoCloseable {
    final ByteSource source;
    final RecordLayout layout;
    private final ResultFormat format;
    private final InputStream in;
    private long shotsRead;

    private ShotReader(InputStream in, ResultFormat format, RecordLayout layout) {
        this.in = in;
        this.source = new ByteSource(in);
        this.format = format;
        this.layout = layout;
    }

    /**
     * Returns a reader.
     *
     * @param in the data
     * @param format its format
     * @param layout what the bits of a shot are
     */
    public static ShotReader from(InputStream in, ResultFormat format, RecordLayout layout) {
        return switch (format) {
            case ZERO_ONE -> new ZeroOne(in, layout);
            case B8 -> new B8(in, layout);
            case R8 -> new R8(in, layout);
            case PTB64 -> new Ptb64(in, layout);
            case HITS -> new Hits(in, layout);
            case DETS -> new Dets(in, layout);
        };
    }

    /**
     * Fills a batch with the next shots, up to its capacity.
     *
     * @return the number of shots read; zero at the end of the data
     * @throws ResultFormatException if the data breaks the format
     */
    public final int read(ShotBatch batch) throws IOException {
        if (batch.bits() != layout.bits()) {
            throw new IllegalArgumentException(
                    "A batch of %d bits per shot was given to a reader of %d."
                            .formatted(batch.bits(), layout.bits()));
        }
        int rowWords = (layout.bits() + 63) >>> 6;
        long first = shotsRead;
        int count = 0;
        while (count < batch.capacity()) {
            int at = count * batch.stride();
            Arrays.fill(batch.words(), at, at + rowWords, 0);
            if (!readShot(batch.words(), at)) {
                break;
            }
            count++;
            shotsRead++;
        }
        batch.setShots(first, count);
        return count;
    }

    /** Reads one shot into zeroed words; false at the end of the data. */
    abstract boolean readShot(long[] words, int at) throws IOException;

    final ResultFormatException error(String what) {
        return new ResultFormatException(
                "%s (%s data, shot %d, byte %d, %d bits per shot)."
                        .formatted(
                                what, format.text(), shotsRead, source.position(), layout.bits()));
    }

    final void set(long[] words, int at, int bit) {
        words[at + (bit >>> 6)] |= 1L << bit;
    }

    static String show(int b) {
        if (b < 0) {
            return "the end of the data";
        }
        return b > ' ' && b < 127 ? "'" + (char) b + "'" : "byte 0x%02X".formatted(b);
    }

    /** Reads a decimal number below {@code bound}. */
    final int readDecimal(int bound, String what) throws IOException {
        int digit = source.peek();
        if (digit < '0' || digit > '9') {
            throw error("Expected a number for %s but found %s".formatted(what, show(digit)));
        }
        long value = 0;
        while (digit >= '0' && digit <= '9') {
            source.read();
            value = value * 10 + (digit - '0');
            if (value > Integer.MAX_VALUE) {
                throw error("A number for %s is too large".formatted(what));
            }
            digit = source.peek();
        }
        if (value >= bound) {
            throw error("Index %d for %s is not below %d".formatted(value, what, bound));
        }
        return (int) value;
    }

    /** Consumes a line feed, with or without a carriage return before it. */
    final boolean skipLineEnd() throws IOException {
        if (source.peek() == '\r') {
            source.read();
        }
        if (source.peek() == '\n') {
            source.read();
            return true;
        }
        return false;
    }

    @Override
    public final void close() throws IOException {
        in.close();
    }

    private static final class ZeroOne extends ShotReader {
        ZeroOne(InputStream in, RecordLayout layout) {
            super(in, ResultFormat.ZERO_ONE, layout);
        }

        @Override
        boolean readShot(long[] words, int at) throws IOException {
            if (source.peek() < 0) {
                return false;
            }
            int bits = layout.bits();
            for (int bit = 0; bit < bits; bit++) {
                int c = source.read();
                if (c == '1') {
                    set(words, at, bit);
                } else if (c != '0') {
                    if (c < 0 || c == '\n' || c == '\r') {
                        throw error("A line ends after %d bits".formatted(bit));
                    }
                    throw error("Expected 0 or 1 but found " + show(c));
                }
            }
            if (!skipLineEnd()) {
                throw error("Expected the end of the line but found " + show(source.peek()));
            }
            return true;
        }
    }

    private static final class B8 extends ShotReader {
        B8(InputStream in, RecordLayout layout) {
            super(in, ResultFormat.B8, layout);
        }

        @Override
        boolean readShot(long[] words, int at) throws IOException {
            int bits = layout.bits();
            if (bits == 0 || source.peek() < 0) {
                return false;
            }
            int bytes = (bits + 7) >>> 3;
            for (int done = 0; done < bytes; done += 8) {
                int wanted = Math.min(8, bytes - done);
                int got = source.readLong(wanted, words, at + (done >>> 3));
                if (got < wanted) {
                    throw error(
                            "The data ends after %d of the %d bytes of a shot"
                                    .formatted(done + got, bytes));
                }
            }
            if ((bits & 63) != 0 && words[at + (bits >>> 6)] >>> bits != 0) {
                throw error("Padding bits after the last bit of a shot are not zero");
            }
            return true;
        }
    }

    private static final class R8 extends ShotReader {
        R8(InputStream in, RecordLayout layout) {
            super(in, ResultFormat.R8, layout);
        }

        @Override
        boolean readShot(long[] words, int at) throws IOException {
            if (source.peek() < 0) {
                return false;
            }
            int bits = layout.bits();
            int bit = 0;
            while (true) {
                int run = source.read();
                if (run < 0) {
                    throw error("The data ends inside a shot, after %d bits".formatted(bit));
                }
                if (run > bits - bit) {
                    throw error("A run of %d zeros goes past the last bit".formatted(run));
                }
                bit += run;
                if (run == 255) {
                    continue;
                }
                if (bit == bits) {
                    return true;
                }
                set(words, at, bit++);
            }
        }
    }

    private static final class Hits extends ShotReader {
        Hits(InputStream in, RecordLayout layout) {
            super(in, ResultFormat.HITS, layout);
        }

        @Override
        boolean readShot(long[] words, int at) throws IOException {
            if (source.peek() < 0) {
                return false;
            }
            if (skipLineEnd()) {
                return true;
            }
            while (true) {
                int bit = readDecimal(layout.bits(), "a hit");
                // A repeated index cancels, as it does in the peer's reader.
                words[at + (bit >>> 6)] ^= 1L << bit;
                if (skipLineEnd()) {
                    return true;
                }
                int c = source.read();
                if (c != ',') {
                    throw error("Expected a comma or the end of the line but found " + show(c));
                }
            }
        }
    }

    private static final class Dets extends ShotReader {
        Dets(InputStream in, RecordLayout layout) {
            super(in, ResultFormat.DETS, layout);
        }

        @Override
        boolean readShot(long[] words, int at) throws IOException {
            int c = source.peek();
            while (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                source.read();
                c = source.peek();
            }
            if (c < 0) {
                return false;
            }
            for (char expected : new char[] {'s', 'h', 'o', 't'}) {
                c = source.read();
                if (c != expected) {
                    throw error("Expected a line starting with 'shot' but found " + show(c));
                }
            }
            while (true) {
                if (skipLineEnd() || source.peek() < 0) {
                    return true;
                }
                c = source.read();
                if (c != ' ') {
                    throw error("Expected one space before the next hit but found " + show(c));
                }
                c = source.read();
                int detectorsFrom = layout.measurements();
                int bit =
                        switch (c) {
                            case 'M' -> readDecimal(layout.measurements(), "a measurement");
                            case 'D' ->
                                    detectorsFrom + readDecimal(layout.detectors(), "a detector");
                            case 'L' ->
                                    detectorsFrom
                                            + layout.detectors()
                                            + readDecimal(layout.observables(), "an observable");
                            default -> throw error("Expected M, D or L but found " + show(c));
                        };
                set(words, at, bit);
            }
        }
    }

    private static final class Ptb64 extends ShotReader {
        private final int rowWords;
        private final long[] group;
        private final long[] block = new long[64];
        private int taken = 64;

        Ptb64(InputStream in, RecordLayout layout) {
            super(in, ResultFormat.PTB64, layout);
            this.rowWords = (layout.bits() + 63) >>> 6;
            this.group = new long[Math.multiplyExact(64, rowWords)];
        }

        @Override
        boolean readShot(long[] words, int at) throws IOException {
            if (taken == 64 && !readGroup()) {
                return false;
            }
            System.arraycopy(group, taken * rowWords, words, at, rowWords);
            taken++;
            return true;
        }

        private boolean readGroup() throws IOException {
            int bits = layout.bits();
            if (bits == 0 || source.peek() < 0) {
                return false;
            }
            for (int word = 0; word < rowWords; word++) {
                int end = Math.min(64, bits - (word << 6));
                for (int bit = 0; bit < 64; bit++) {
                    block[bit] = 0;
                    if (bit < end && source.readLong(8, block, bit) < 8) {
                        throw error(
                                "The data ends inside a group of 64 shots, which takes %d bytes"
                                        .formatted(8L * bits));
                    }
                }
                PlainBitKernels.transposeBlock(block);
                for (int shot = 0; shot < 64; shot++) {
                    group[shot * rowWords + word] = block[shot];
                }
            }
            taken = 0;
            return true;
        }
    }
}
