package org.jaket.stabilizer.results;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * A byte buffer, in front of a stream or growing; callers reserve room and then write without
 * checks.
 */
final class ByteSink {
    private static final int CAPACITY = 1 << 16;

    /** The most bytes that one {@link #reserve} may ask for. */
    static final int MAX_RESERVE = 1 << 12;

    /** So many bytes of another buffer are written without copying them. */
    private static final int LEAST_WRITTEN = 1 << 13;

    /** The most bytes of a bit's text, with what is written beyond them. */
    private static final int TEXT_ROOM = 16;

    private static final long ZEROS = 0x3030303030303030L;
    private static final long LOWEST_OF_EACH = 0x0101010101010101L;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final @Nullable OutputStream out;
    private byte[] bytes;
    private int used;
    private int @Nullable [] numbers;

    /** A buffer in front of a stream. */
    ByteSink(OutputStream out) {
        this.out = out;
        this.bytes = new byte[CAPACITY];
    }

    /** A buffer that grows. */
    ByteSink() {
        this.out = null;
        this.bytes = new byte[MAX_RESERVE];
    }

    /** Makes sure that {@code count} bytes can be written without a check. */
    void reserve(int count) throws IOException {
        if (used + count > bytes.length) {
            makeRoom();
        }
    }

    /** Room for a list of {@link Ones}. */
    int[] numbers() {
        if (numbers == null) {
            numbers = new int[Ones.ROOM];
        }
        return numbers;
    }

    void put(int value) {
        bytes[used++] = (byte) value;
    }

    /** Writes eight bytes, the least significant first. */
    void putLong(long value) {
        LONGS.set(bytes, used, value);
        used += 8;
    }

    /** Writes the first {@code count} bytes of eight; room for eight must be reserved. */
    void putLong(long value, int count) {
        LONGS.set(bytes, used, value);
        used += count;
    }

    /**
     * Writes bits as characters 0 and 1, the least significant first; room for 64 characters of
     * each word must be reserved.
     */
    void putCharacters(long[] words, int from, int count) {
        byte[] to = bytes;
        int end = used;
        for (int i = from; i < from + count; i++) {
            long bits = words[i];
            // One instruction on most processors spreads eight bits over eight bytes.
            for (int k = 0; k < 64; k += 8, end += 8) {
                LONGS.set(to, end, Long.expand(bits >>> k, LOWEST_OF_EACH) | ZEROS);
            }
        }
        used = end;
    }

    /** Takes back the last byte, or bytes put since the last {@link #reserve}. */
    void takeBack(int count) {
        used -= count;
    }

    /**
     * Writes the texts of the ones among some bits of a row.
     *
     * @param at where the row starts
     * @return whether there were any
     */
    boolean putOnes(long[] words, int at, int from, int to, BitTexts texts) throws IOException {
        int[] ones = numbers();
        boolean any = false;
        for (int bit = from; bit < to; bit += Ones.STRETCH) {
            int end = Math.min(to, bit + Ones.STRETCH);
            int count = Ones.list(words, at, bit, end, bit, ones);
            any |= count > 0;
            putTexts(ones, count, texts);
        }
        return any;
    }

    private void putTexts(int[] list, int count, BitTexts texts) throws IOException {
        long[] ready = texts.ready();
        for (int k = 0; k < count; ) {
            reserve(MAX_RESERVE);
            int stop = Math.min(count, k + MAX_RESERVE / TEXT_ROOM);
            byte[] here = bytes;
            int end = used;
            for (; k < stop && list[k] < ready.length; k++) {
                long text = ready[list[k]];
                LONGS.set(here, end, text);
                end += (int) (text >>> 56);
            }
            for (; k < stop; k++) {
                byte[] text = texts.bytes(list[k]);
                System.arraycopy(text, 0, here, end, text.length);
                end += text.length;
            }
            used = end;
        }
    }

    private void makeRoom() throws IOException {
        if (out == null) {
            bytes = Arrays.copyOf(bytes, Math.multiplyExact(2, bytes.length));
        } else if (used > 0) {
            // The last byte stays: it may be taken back.
            int last = --used;
            flush(out);
            bytes[used++] = bytes[last];
        }
    }

    private void flush(OutputStream to) throws IOException {
        to.write(bytes, 0, used);
        used = 0;
    }

    /** Writes all that another buffer holds. */
    void put(ByteSink other) throws IOException {
        OutputStream to = Objects.requireNonNull(out);
        if (used + other.used <= bytes.length && other.used < LEAST_WRITTEN) {
            System.arraycopy(other.bytes, 0, bytes, used, other.used);
            used += other.used;
            return;
        }
        flush(to);
        to.write(other.bytes, 0, other.used);
    }

    /** Forgets what is buffered. */
    void clear() {
        used = 0;
    }

    void close() throws IOException {
        OutputStream to = Objects.requireNonNull(out);
        flush(to);
        to.close();
    }

    /** Closes the stream without what is still in the buffer. */
    void abandon() throws IOException {
        used = 0;
        Objects.requireNonNull(out).close();
    }

    void flushThrough() throws IOException {
        OutputStream to = Objects.requireNonNull(out);
        flush(to);
        to.flush();
    }
}
