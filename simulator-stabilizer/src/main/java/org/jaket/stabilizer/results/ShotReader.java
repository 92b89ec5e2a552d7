package org.jaket.stabilizer.results;

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
public abstract sealed class ShotReader implements AutoCloseable
        permits ZeroOneReader, B8Reader, R8Reader, HitsReader, DetsReader, Ptb64Reader {
    final ByteSource source;
    final RecordLayout layout;
    private final ResultFormat format;
    private final InputStream in;
    private long shotsRead;

    ShotReader(InputStream in, ResultFormat format, RecordLayout layout) {
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
            case ZERO_ONE -> new ZeroOneReader(in, layout);
            case B8 -> new B8Reader(in, layout);
            case R8 -> new R8Reader(in, layout);
            case PTB64 -> new Ptb64Reader(in, layout);
            case HITS -> new HitsReader(in, layout);
            case DETS -> new DetsReader(in, layout);
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

    /** Returns the format. */
    public final ResultFormat format() {
        return format;
    }

    /** Whether a shot takes no bytes, so that the data cannot say how many there are. */
    public final boolean hidesShots() {
        return layout.bits() == 0 && (format == ResultFormat.B8 || format == ResultFormat.PTB64);
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
}
