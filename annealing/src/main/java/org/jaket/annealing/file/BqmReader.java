package org.jaket.annealing.file;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Variables;
import org.jaket.annealing.Vartype;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads {@link ModelFormat#DIMOD_BQM}, little endian: {@code DIMODBQM}, two bytes of version, the
 * length of the header and the header, a JSON object; the offset; for each variable where its
 * interactions begin, and its bias; all interactions, from both sides; in version 2 the labels.
 *
 * <p>Nothing is allocated because a header says so: arrays grow with what is there.
 */
final class BqmReader {
    static final byte[] MAGIC = "DIMODBQM".getBytes(StandardCharsets.US_ASCII);

    private final LittleEndianInput in;

    private BqmReader(String source, InputStream in) {
        this.in = new LittleEndianInput(source, in);
    }

    static ModelDocument read(String source, InputStream in) throws IOException {
        return new BqmReader(source, in).read();
    }

    private ModelDocument read() throws IOException {
        DimodHeader header =
                DimodHeader.read(in, MAGIC, "a file of a dimod binary quadratic model", 2);
        Header h = Header.of(header);
        BinaryQuadraticModel model = model(h);
        if (header.major() == 1 || header.isLabelled()) {
            long at = in.position();
            if (header.major() == 2) {
                in.magic("VARS".getBytes(StandardCharsets.US_ASCII), "the labels (VARS)");
            }
            JsonNode labels =
                    header.major() == 1
                            ? header.json().path("variables")
                            : DimodHeader.json(in, "the labels");
            try {
                model = model.withVariables(Variables.of(DimodHeader.labels(labels, h.variables)));
            } catch (IllegalArgumentException e) {
                throw in.errorAt(at, String.valueOf(e.getMessage()));
            }
        }
        return ModelDocument.of(model, ModelFormat.DIMOD_BQM);
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
            Vartype vartype) {
        /** Starts of variables' interactions, which are there twice, are integers here. */
        private static final int MOST_INTERACTIONS = (Integer.MAX_VALUE - 8) / 2;

        static Header of(DimodHeader header) {
            int[] shape = header.shape();
            if (shape[1] > MOST_INTERACTIONS) {
                throw header.error(
                        "\"shape\" should have at most %d interactions, not %d"
                                .formatted(MOST_INTERACTIONS, shape[1]));
            }
            return new Header(
                    shape[0],
                    shape[1],
                    header.type("dtype"),
                    header.integerType("itype"),
                    header.integerType("ntype"),
                    vartype(header));
        }

        private static Vartype vartype(DimodHeader header) {
            return switch (header.json().path("vartype").asString("")) {
                case "SPIN" -> Vartype.SPIN;
                case "BINARY" -> Vartype.BINARY;
                default -> throw header.error("\"vartype\" should be BINARY or SPIN");
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
