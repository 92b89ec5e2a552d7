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

    /** The most bytes of a number and its mark, with what is written beyond them. */
    private static final int DECIMAL_ROOM = 20;

    private static final long ZEROS = 0x3030303030303030L;
    private static final long LOWEST_OF_EACH = 0x0101010101010101L;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** The characters of 0000 to 9999, the first one in the lowest byte. */
    private static final int[] FOUR_DIGITS = new int[10_000];

    /** The characters of 0 to 9999, and above these how many they are. */
    private static final long[] DECIMALS = new long[10_000];

    static {
        for (int n = 0; n < FOUR_DIGITS.length; n++) {
            FOUR_DIGITS[n] =
                    ('0' + n / 1000)
                            | ('0' + n / 100 % 10) << 8
                            | ('0' + n / 10 % 10) << 16
                            | ('0' + n % 10) << 24;
            int length = n < 100 ? n < 10 ? 1 : 2 : n < 1000 ? 3 : 4;
            DECIMALS[n] = FOUR_DIGITS[n] >>> 8 * (4 - length) | (long) length << 32;
        }
    }

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

    /** Writes a decimal number that is not negative; room for 16 bytes must be reserved. */
    void putDecimal(int value) {
        if (value < 10_000) {
            long decimal = DECIMALS[value];
            INTS.set(bytes, used, (int) decimal);
            used += (int) (decimal >>> 32);
        } else {
            putDecimal(value / 10_000);
            INTS.set(bytes, used, FOUR_DIGITS[value % 10_000]);
            used += 4;
        }
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

    /** Takes back the last of the bytes put since the last {@link #reserve}. */
    void takeBack(int count) {
        used -= count;
    }

    /**
     * Writes numbers that are not negative in decimal, each behind a mark.
     *
     * @param mark one or two characters, the first in the lowest byte
     * @param markLength how many
     */
    void putDecimals(int[] numbers, int from, int to, int mark, int markLength) throws IOException {
        for (int k = from; k < to; ) {
            reserve(MAX_RESERVE);
            int stop = Math.min(to, k + MAX_RESERVE / DECIMAL_ROOM);
            byte[] here = bytes;
            int end = used;
            for (; k < stop && numbers[k] < 10_000; k++) {
                long decimal = DECIMALS[numbers[k]];
                LONGS.set(here, end, mark | (decimal & 0xFFFF_FFFFL) << 8 * markLength);
                end += markLength + (int) (decimal >>> 32);
            }
            used = end;
            for (; k < stop; k++) {
                INTS.set(here, used, mark);
                used += markLength;
                putDecimal(numbers[k]);
            }
        }
    }

    private void makeRoom() throws IOException {
        if (out == null) {
            bytes = Arrays.copyOf(bytes, Math.multiplyExact(2, bytes.length));
        } else {
            flush(out);
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
