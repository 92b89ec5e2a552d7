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

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** The characters of 0000 to 9999, the first one in the lowest byte. */
    private static final int[] FOUR_DIGITS = new int[10_000];

    static {
        for (int n = 0; n < FOUR_DIGITS.length; n++) {
            FOUR_DIGITS[n] =
                    ('0' + n / 1000)
                            | ('0' + n / 100 % 10) << 8
                            | ('0' + n / 10 % 10) << 16
                            | ('0' + n % 10) << 24;
        }
    }

    private final @Nullable OutputStream out;
    private byte[] bytes = new byte[CAPACITY];
    private int used;

    /** A buffer in front of a stream. */
    ByteSink(OutputStream out) {
        this.out = out;
    }

    /** A buffer that grows. */
    ByteSink() {
        this.out = null;
    }

    /** Makes sure that {@code count} bytes can be written without a check. */
    void reserve(int count) throws IOException {
        if (used + count > bytes.length) {
            makeRoom();
        }
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
            int digits = value < 100 ? value < 10 ? 1 : 2 : value < 1000 ? 3 : 4;
            INTS.set(bytes, used, FOUR_DIGITS[value] >>> 8 * (4 - digits));
            used += digits;
        } else {
            putDecimal(value / 10_000);
            INTS.set(bytes, used, FOUR_DIGITS[value % 10_000]);
            used += 4;
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
        if (used + other.used <= bytes.length) {
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
