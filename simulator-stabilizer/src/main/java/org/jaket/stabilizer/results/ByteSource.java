package org.jaket.stabilizer.results;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A byte buffer behind a stream, with look-ahead and the position for messages. */
final class ByteSource {
    private static final int CAPACITY = 1 << 16;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final InputStream in;
    private final byte[] bytes = new byte[CAPACITY];
    private int at;
    private int end;
    private long before;

    ByteSource(InputStream in) {
        this.in = in;
    }

    /** Returns the next byte (0 to 255), or -1 at the end of the data. */
    int read() throws IOException {
        return at < end || refill() ? bytes[at++] & 0xFF : -1;
    }

    /** Returns the next byte without consuming it, or -1 at the end of the data. */
    int peek() throws IOException {
        return at < end || refill() ? bytes[at] & 0xFF : -1;
    }

    /** Returns how many bytes were consumed. */
    long position() {
        return before + at;
    }

    private boolean refill() throws IOException {
        before += end;
        at = 0;
        end = Math.max(0, in.read(bytes, 0, CAPACITY));
        return end > 0;
    }

    /** Whether eight more bytes can be had, for {@link #peekLong}; reads on as far as it takes. */
    boolean hasLong() throws IOException {
        return end - at >= 8 || fillLong();
    }

    private boolean fillLong() throws IOException {
        int left = end - at;
        System.arraycopy(bytes, at, bytes, 0, left);
        before += at;
        at = 0;
        end = left;
        while (end < 8) {
            int got = in.read(bytes, end, CAPACITY - end);
            if (got < 0) {
                return false;
            }
            end += got;
        }
        return true;
    }

    /** The next eight bytes, the first one least significant, after {@link #hasLong}. */
    long peekLong() {
        return (long) LONGS.get(bytes, at);
    }

    /** Consumes bytes that were peeked at. */
    void skip(int count) {
        at += count;
    }

    /**
     * Reads up to eight bytes, the first one least significant.
     *
     * @return how many bytes there were
     */
    int readLong(int count, long[] target, int index) throws IOException {
        if (count == 8 && hasLong()) {
            target[index] = peekLong();
            at += 8;
            return 8;
        }
        long value = 0;
        for (int k = 0; k < count; k++) {
            int b = read();
            if (b < 0) {
                target[index] = value;
                return k;
            }
            value |= (long) b << 8 * k;
        }
        target[index] = value;
        return count;
    }
}
