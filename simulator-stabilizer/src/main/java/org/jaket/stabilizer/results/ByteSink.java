package org.jaket.stabilizer.results;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A byte buffer in front of a stream; callers reserve room and then write without checks. */
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

    private final OutputStream out;
    private final byte[] bytes = new byte[CAPACITY];
    private int used;

    ByteSink(OutputStream out) {
        this.out = out;
    }

    /** Makes sure that {@code count} bytes can be written without a check. */
    void reserve(int count) throws IOException {
        if (used + count > CAPACITY) {
            flush();
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

    void flush() throws IOException {
        out.write(bytes, 0, used);
        used = 0;
    }

    void close() throws IOException {
        flush();
        out.close();
    }

    /** Closes the stream without what is still in the buffer. */
    void abandon() throws IOException {
        used = 0;
        out.close();
    }

    void flushThrough() throws IOException {
        flush();
        out.flush();
    }
}
