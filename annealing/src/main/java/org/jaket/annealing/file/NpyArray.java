package org.jaket.annealing.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array of NumPy's {@code .npy} format, of one dimension or none, in little endian order: magic,
 * version, the length of a Python dictionary and the dictionary, then the values. Nothing is
 * allocated because a length says so.
 */
final class NpyArray {
    private static final byte[] MAGIC = "\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1);
    private static final int MAX_HEADER = 1 << 16;
    private static final int ALIGNMENT = 64;

    private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([<>|=][a-z]\\d+)'");
    private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(\\s*(\\d{0,10}),?\\s*\\)");

    private static final Map<String, NumberType> TYPES =
            Map.ofEntries(
                    Map.entry("|i1", NumberType.INT8),
                    Map.entry("|u1", NumberType.UINT8),
                    Map.entry("<i2", NumberType.INT16),
                    Map.entry("<u2", NumberType.UINT16),
                    Map.entry("<i4", NumberType.INT32),
                    Map.entry("<u4", NumberType.UINT32),
                    Map.entry("<i8", NumberType.INT64),
                    Map.entry("<u8", NumberType.UINT64),
                    Map.entry("<f4", NumberType.FLOAT32),
                    Map.entry("<f8", NumberType.FLOAT64));

    private final LittleEndianInput in;
    private final NumberType type;
    private final long length;

    private NpyArray(LittleEndianInput in, NumberType type, long length) {
        this.in = in;
        this.type = type;
        this.length = length;
    }

    /** The array that a stream holds, of which the values are not read yet. */
    static NpyArray begin(String source, InputStream raw) throws IOException {
        LittleEndianInput in = new LittleEndianInput(source, raw, 1 << 12);
        in.magic(MAGIC, "an array of NumPy");
        long major = in.integer(NumberType.UINT8, "the version");
        long minor = in.integer(NumberType.UINT8, "the version");
        if (major < 1 || major > 3) {
            throw in.error("version %d.%d of NumPy's arrays is not known".formatted(major, minor));
        }
        NumberType wide = major == 1 ? NumberType.UINT16 : NumberType.UINT32;
        long bytes = in.integer(wide, "the length of the header");
        if (bytes > MAX_HEADER) {
            throw in.error("the header cannot have %d bytes".formatted(bytes));
        }
        String header =
                new String(in.bytes((int) bytes, "the header"), StandardCharsets.ISO_8859_1);
        Matcher descr = TYPE.matcher(header);
        Matcher shape = SHAPE.matcher(header);
        NumberType type = descr.find() ? TYPES.get(descr.group(1)) : null;
        if (type == null || !shape.find()) {
            throw in.error(
                    "the array should have numbers in one dimension, not "
                            + ModelFileException.shown(header.strip()));
        }
        return new NpyArray(
                in, type, shape.group(1).isEmpty() ? 1 : Long.parseLong(shape.group(1)));
    }

    /** The values, which must be finite. */
    double[] reals(String what) throws IOException {
        double[] values = new double[64];
        int size = 0;
        while (size < length) {
            if (size == values.length) {
                values = Arrays.copyOf(values, longer(size));
            }
            values[size++] = in.real(type, what);
        }
        atEnd();
        return Arrays.copyOf(values, size);
    }

    /** The values, which must be integers from 0. */
    int[] naturals(String what) throws IOException {
        if (type.isReal()) {
            throw in.error(what + " should be an integer");
        }
        int[] values = new int[64];
        int size = 0;
        while (size < length) {
            if (size == values.length) {
                values = Arrays.copyOf(values, longer(size));
            }
            long value = in.integer(type, what);
            if (value < 0 || value > Integer.MAX_VALUE - 8) {
                throw in.error("%s cannot be %d".formatted(what, value));
            }
            values[size++] = (int) value;
        }
        atEnd();
        return Arrays.copyOf(values, size);
    }

    private static int longer(int size) {
        return (int) Math.min(Integer.MAX_VALUE - 8, 2L * size);
    }

    private void atEnd() throws IOException {
        if (in.hasMore()) {
            throw in.error("there is more than the %d values of the array".formatted(length));
        }
    }

    // ---- writing --------------------------------------------------------------------------

    /** The values of an array. */
    interface Values {
        void writeTo(DimodOutput out) throws IOException;
    }

    /**
     * Writes an array.
     *
     * @param length how many values, or -1 for one without a dimension
     */
    static void write(NumberType type, int length, Values values, OutputStream raw)
            throws IOException {
        String descr =
                TYPES.entrySet().stream()
                        .filter(e -> e.getValue() == type)
                        .findFirst()
                        .orElseThrow()
                        .getKey();
        String header =
                "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }"
                        .formatted(descr, length < 0 ? "" : length + ",");
        int blanks = Math.floorMod(-(MAGIC.length + 4 + header.length() + 1), ALIGNMENT);
        byte[] text = (header + " ".repeat(blanks) + "\n").getBytes(StandardCharsets.US_ASCII);
        DimodOutput out = new DimodOutput(raw);
        out.room(MAGIC.length + 4).put(MAGIC).put((byte) 1).put((byte) 0);
        out.room(2).putShort((short) text.length);
        out.room(text.length).put(text);
        values.writeTo(out);
        out.flush();
    }
}
