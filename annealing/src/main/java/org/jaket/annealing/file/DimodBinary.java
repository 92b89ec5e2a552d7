package org.jaket.annealing.file;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Variables;
import org.jaket.annealing.Vartype;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads {@link ModelFormat#DIMOD_BQM}, little endian: {@code DIMODBQM}, two bytes of version, the
 * length of the header and the header, a JSON object; the offset; for each variable where its
 * interactions begin, and its bias; all interactions, from both sides; in version 2 the labels.
 *
 * <p>Nothing is allocated because a header says so: arrays grow with what is there.
 */
final class DimodBinary {
    static final byte[] MAGIC = "DIMODBQM".getBytes(StandardCharsets.US_ASCII);

    /** A version 1 header has all labels. */
    private static final int MAX_JSON = 1 << 28;

    private final String source;
    private final LittleEndianInput in;

    private DimodBinary(String source, InputStream in) {
        this.source = source;
        this.in = new LittleEndianInput(source, in);
    }

    static ModelDocument read(String source, InputStream in) throws IOException {
        return new DimodBinary(source, in).read();
    }

    private ModelDocument read() throws IOException {
        in.magic(MAGIC, "a file of a dimod binary quadratic model");
        int major = (int) in.integer(NumberType.UINT8, "the version");
        int minor = (int) in.integer(NumberType.UINT8, "the version");
        if (major < 1 || major > 2) {
            throw in.error(
                    "version %d.%d of the format is not known, only 1 and 2"
                            .formatted(major, minor));
        }
        long at = in.position();
        JsonNode header = json("the header");
        Header h;
        try {
            h = Header.of(header);
        } catch (IllegalArgumentException e) {
            throw ModelFileException.atByte(source, at, "the header: " + e.getMessage());
        }
        BinaryQuadraticModel model = model(h);
        if (major == 1 || h.labelled) {
            at = in.position();
            if (major == 2) {
                in.magic("VARS".getBytes(StandardCharsets.US_ASCII), "the labels (VARS)");
            }
            JsonNode labels = major == 1 ? header.get("variables") : json("the labels");
            model = model.withVariables(labels(labels, h.variables, at));
        }
        return ModelDocument.of(model, ModelFormat.DIMOD_BQM);
    }

    private JsonNode json(String what) throws IOException {
        long at = in.position();
        long length = in.integer(NumberType.UINT32, "the length of " + what);
        if (length > MAX_JSON) {
            throw ModelFileException.atByte(
                    source,
                    at,
                    "%s should have at most %d bytes, not %d".formatted(what, MAX_JSON, length));
        }
        byte[] text = in.bytes((int) length, what);
        try {
            return Json.MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw ModelFileException.atByte(
                    source, at + 4, what + " should be JSON: " + e.getOriginalMessage());
        }
    }

    private Variables labels(JsonNode node, int count, long at) {
        try {
            if (node == null || !node.isArray() || node.size() != count) {
                throw new IllegalArgumentException(
                        "there should be a list of %d labels".formatted(count));
            }
            List<Object> labels = new ArrayList<>(count);
            for (JsonNode label : node) {
                labels.add(Json.label(label));
            }
            return Variables.of(labels);
        } catch (IllegalArgumentException e) {
            throw ModelFileException.atByte(source, at, String.valueOf(e.getMessage()));
        }
    }

    private BinaryQuadraticModel model(Header h) throws IOException {
        var builder = BinaryQuadraticModel.builder(h.vartype);
        builder.addOffset(in.real(h.dtype, "the offset"));
        IntList starts = new IntList();
        for (int i = 0; i < h.variables; i++) {
            long start = in.integer(h.ntype, "where a variable's interactions begin");
            long before = i == 0 ? 0 : starts.get(i - 1);
            if (start < before || start > 2L * h.interactions || i == 0 && start != 0) {
                throw in.error(
                        "variable %d's interactions cannot begin at %d of %d"
                                .formatted(i, start, 2L * h.interactions));
            }
            starts.add((int) start);
            builder.addLinear(i, in.real(h.dtype, "a bias"));
        }
        // Each interaction is there from both sides. One is kept; that the other is the same is
        // seen by a sum over all of them.
        long kept = 0;
        long checksum = 0;
        for (int i = 0; i < h.variables; i++) {
            int end = i + 1 < h.variables ? starts.get(i + 1) : 2 * h.interactions;
            for (int k = starts.get(i); k < end; k++) {
                long j = in.integer(h.itype, "a neighbour");
                if (j < 0 || j >= h.variables || j == i) {
                    throw in.error("variable %d cannot have the neighbour %d".formatted(i, j));
                }
                double weight = in.real(h.dtype, "an interaction");
                if (j < i) {
                    builder.addQuadratic((int) j, i, weight);
                    kept++;
                }
                long hash =
                        mix(
                                mix(Math.min(i, j) << 32 | Math.max(i, j))
                                        ^ Double.doubleToLongBits(weight));
                checksum += j < i ? hash : -hash;
            }
        }
        if (kept != h.interactions || checksum != 0) {
            throw in.error("the interactions are not the same from both sides");
        }
        return builder.build();
    }

    /** Scrambles bits: the end of MurmurHash3. */
    private static long mix(long x) {
        long y = (x ^ x >>> 33) * 0xff51afd7ed558ccdL;
        y = (y ^ y >>> 33) * 0xc4ceb9fe1a85ec53L;
        return y ^ y >>> 33;
    }

    /** What a header says. */
    private record Header(
            int variables,
            int interactions,
            NumberType dtype,
            NumberType itype,
            NumberType ntype,
            Vartype vartype,
            boolean labelled) {
        static Header of(JsonNode node) {
            JsonNode shape = node.get("shape");
            if (shape == null || !shape.isArray() || shape.size() != 2) {
                throw new IllegalArgumentException("\"shape\" should be [variables, interactions]");
            }
            JsonNode labelled = node.get("variables");
            return new Header(
                    count(shape.get(0), Integer.MAX_VALUE - 8),
                    count(shape.get(1), (Integer.MAX_VALUE - 8) / 2),
                    type(node, "dtype", false),
                    type(node, "itype", true),
                    type(node, "ntype", true),
                    vartype(word(node, "vartype")),
                    labelled != null && labelled.isBoolean() && labelled.booleanValue());
        }

        private static int count(JsonNode node, int most) {
            if (!node.isIntegralNumber()
                    || !node.canConvertToInt()
                    || node.intValue() < 0
                    || node.intValue() > most) {
                throw new IllegalArgumentException(
                        "\"shape\" should have integers of at most %d, not %s"
                                .formatted(most, ModelFileException.shown(node.toString())));
            }
            return node.intValue();
        }

        private static NumberType type(JsonNode node, String key, boolean integer) {
            NumberType type = NumberType.BY_NAME.get(word(node, key));
            if (type == null || integer && type.isReal()) {
                throw new IllegalArgumentException(
                        "\"%s\" cannot be %s".formatted(key, word(node, key)));
            }
            return type;
        }

        private static String word(JsonNode node, String key) {
            JsonNode word = node.get(key);
            if (word == null || !word.isString()) {
                throw new IllegalArgumentException("\"%s\" should be a word".formatted(key));
            }
            return ModelFileException.shown(word.stringValue());
        }

        private static Vartype vartype(String name) {
            return switch (name) {
                case "SPIN" -> Vartype.SPIN;
                case "BINARY" -> Vartype.BINARY;
                default ->
                        throw new IllegalArgumentException(
                                "\"vartype\" should be BINARY or SPIN, not " + name);
            };
        }
    }

    /** Integers, as many as come. */
    private static final class IntList {
        private int[] values = new int[64];
        private int size;

        void add(int value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, (int) Math.min(Integer.MAX_VALUE - 8, 2L * size));
            }
            values[size++] = value;
        }

        int get(int k) {
            return values[k];
        }
    }
}
