package org.jaket.annealing.file;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Numbers of a binary file in little endian order. Errors tell the byte where they begin. */
final class LittleEndianInput {
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private final String source;
    private final InputStream in;
    private final byte[] buffer;
    private int at;
    private int end;
    private long base;
    private long last;

    LittleEndianInput(String source, InputStream in) {
        this(source, in, 1 << 16);
    }

    /** With a buffer of so many bytes, for small parts of which there are many. */
    LittleEndianInput(String source, InputStream in, int bytes) {
        this.source = source;
        this.in = in;
        this.buffer = new byte[bytes];
    }

    private static VarHandle view(Class<?> type) {
        return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
    }

    long position() {
        return base + at;
    }

    private int take(int bytes, String what) throws IOException {
        last = position();
        if (end - at < bytes) {
            System.arraycopy(buffer, at, buffer, 0, end - at);
            base += at;
            end -= at;
            at = 0;
            end += in.readNBytes(buffer, end, buffer.length - end);
            if (end < bytes) {
                throw error(
                        "the file ends within %s: %d bytes are needed, %d are there"
                                .formatted(what, bytes, end));
            }
        }
        at += bytes;
        return at - bytes;
    }

    void magic(byte[] expected, String what) throws IOException {
        int from = take(expected.length, what);
        if (!Arrays.equals(buffer, from, from + expected.length, expected, 0, expected.length)) {
            throw error("this is not %s".formatted(what));
        }
    }

    /** Whether there is a byte left. */
    boolean hasMore() throws IOException {
        if (at == end) {
            base += end;
            at = 0;
            end = in.readNBytes(buffer, 0, buffer.length);
        }
        return at < end;
    }

    /**
     * The next bytes as a stream, of which nothing is kept; reading goes on here where it ends.
     *
     * @param count how many at most
     */
    InputStream stream(long count) {
        return new InputStream() {
            private long left = count;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int from, int most) throws IOException {
                if (left == 0 || !hasMore()) {
                    return -1;
                }
                int read = (int) Math.min(left, Math.min(most, end - at));
                System.arraycopy(buffer, at, bytes, from, read);
                at += read;
                left -= read;
                return read;
            }
        };
    }

    /** Bytes, which are allocated as they come. */
    byte[] bytes(int count, String what) throws IOException {
        last = position();
        int buffered = Math.min(count, end - at);
        byte[] rest = count > buffered ? in.readNBytes(count - buffered) : new byte[0];
        if (buffered + rest.length < count) {
            throw error(
                    "the file ends within %s: %d bytes are needed, %d are there"
                            .formatted(what, count, buffered + rest.length));
        }
        byte[] all = Arrays.copyOfRange(buffer, at, at + count);
        System.arraycopy(rest, 0, all, buffered, rest.length);
        at += buffered;
        if (rest.length > 0) {
            base += end + rest.length;
            at = 0;
            end = 0;
        }
        return all;
    }

    /** An integer; unsigned ones of 2^63 and more are negative. */
    long integer(NumberType type, String what) throws IOException {
        int from = take(type.bytes, what);
        return switch (type) {
            case INT8 -> buffer[from];
            case UINT8 -> buffer[from] & 0xff;
            case INT16 -> (short) SHORT.get(buffer, from);
            case UINT16 -> (short) SHORT.get(buffer, from) & 0xffff;
            case INT32 -> (int) INT.get(buffer, from);
            case UINT32 -> (int) INT.get(buffer, from) & 0xffffffffL;
            case INT64, UINT64 -> (long) LONG.get(buffer, from);
            case FLOAT32, FLOAT64 -> throw new IllegalArgumentException(type + " is no integer");
        };
    }

    /** A number, which must be finite. */
    double real(NumberType type, String what) throws IOException {
        double value =
                switch (type) {
                    case FLOAT32 -> Float.intBitsToFloat((int) INT.get(buffer, take(4, what)));
                    case FLOAT64 -> Double.longBitsToDouble((long) LONG.get(buffer, take(8, what)));
                    case UINT64 -> {
                        long unsigned = integer(type, what);
                        yield unsigned < 0 ? 2.0 * (unsigned >>> 1) : unsigned;
                    }
                    default -> integer(type, what);
                };
        if (!Double.isFinite(value)) {
            throw error("%s should be a finite number, not %s".formatted(what, value));
        }
        return value;
    }

    /** An error at some place. */
    ModelFileException errorAt(long position, String problem) {
        return ModelFileException.atByte(source, position, problem);
    }

    /** An error at the value that was read last. */
    ModelFileException error(String problem) {
        return ModelFileException.atByte(source, last, problem);
    }
}
