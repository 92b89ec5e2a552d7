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

    /** Writes a decimal number that is not negative. */
    void putDecimal(int value) {
        int digits = 1;
        for (long bound = 10; value >= bound; bound *= 10) {
            digits++;
        }
        for (int i = used + digits - 1, rest = value; i >= used; i--, rest /= 10) {
            bytes[i] = (byte) ('0' + rest % 10);
        }
        used += digits;
    }

    void flush() throws IOException {
        out.write(bytes, 0, used);
        used = 0;
    }

    void close() throws IOException {
        flush();
        out.close();
    }

    void flushThrough() throws IOException {
        flush();
        out.flush();
    }
}
