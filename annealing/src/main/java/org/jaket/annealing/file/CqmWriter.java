package org.jaket.annealing.file;

import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.constrained.Constraint;
import org.jaket.annealing.constrained.QuadraticFunction;
import org.jaket.annealing.constrained.Strictness;
import org.jaket.annealing.polynomial.Sense;
import org.jaket.annealing.polynomial.Variable;
import org.jaket.annealing.polynomial.VariableKind;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes {@link ConstrainedFormat#DIMOD_CQM}, version 2.0, compressed. */
final class CqmWriter {
    private static final int ALIGNMENT = 64;

    /** What the name of an entry may be long. */
    private static final int MAX_NAME = 65_000;

    private final ConstrainedModel model;
    private final ZipOutputStream zip;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 13).order(ByteOrder.LITTLE_ENDIAN);

    private CqmWriter(ConstrainedModel model, OutputStream out) {
        this.model = model;
        this.zip = new ZipOutputStream(out);
    }

    static void write(ConstrainedModel model, OutputStream out) throws IOException {
        // Labels first: if they cannot be written, nothing is.
        String labels = model.variables().isRange() ? "" : Json.labels(model.variables());
        List<String> names = model.constraints().stream().map(CqmWriter::folder).toList();
        out.write(CqmReader.MAGIC);
        out.write(new byte[] {2, 0});
        CqmWriter writer = new CqmWriter(model, out);
        out.write(header(CqmReader.MAGIC.length + 2 + 4, writer.counts()));
        writer.variables();
        if (!labels.isEmpty()) {
            writer.entry("variable_labels.json", labels.getBytes(StandardCharsets.US_ASCII));
        }
        writer.begin("objective");
        writer.function(model.objective(), "ObjectiveView");
        for (int k = 0; k < names.size(); k++) {
            writer.constraint(model.constraints().get(k), names.get(k));
        }
        writer.zip.finish();
    }

    /** A slash within a label is escaped: it would look like a folder. */
    private static String folder(Constraint constraint) {
        String json = Json.labels(List.of(constraint.label()));
        String label = json.substring(1, json.length() - 1).replace("/", "\\u002f");
        if (label.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "the label %s cannot be written: it has more than %d characters"
                            .formatted(ModelFileException.shown(label), MAX_NAME));
        }
        return "constraints/" + label + "/";
    }

    private String counts() {
        Counts counts = new Counts();
        counts.add(model, model.objective());
        // dimod refuses a file unless its header counts as dimod does: without the objective here.
        counts.inProducts = 0;
        for (Constraint constraint : model.constraints()) {
            counts.add(model, constraint.left());
        }
        long soft = model.constraints().stream().filter(c -> !c.isHard()).count();
        return """
        {"num_biases": %d, "num_constraints": %d, "num_linear_biases_real": %d, \
        "num_quadratic_variables": %d, "num_quadratic_variables_real": %d, \
        "num_variables": %d, "num_weighted_constraints": %d}
        """
                .formatted(
                        counts.terms,
                        model.constraints().size(),
                        counts.realLinear,
                        counts.inProducts,
                        counts.realInProducts,
                        model.size(),
                        soft);
    }

    /** What the header counts. */
    private static final class Counts {
        private long terms;
        private long realLinear;
        private long inProducts;
        private long realInProducts;

        void add(ConstrainedModel model, QuadraticFunction f) {
            int[] all = named(f);
            terms += all.length + f.quadraticTerms();
            for (int v : all) {
                realLinear += model.variable(v).kind() == VariableKind.REAL ? 1 : 0;
            }
            int[] factors = factors(f);
            inProducts += factors.length;
            for (int v : factors) {
                realInProducts += model.variable(v).kind() == VariableKind.REAL ? 1 : 0;
            }
        }
    }

    /** The variables of a function, in ascending order. */
    private static int[] named(QuadraticFunction f) {
        int[] factors = factors(f);
        int[] all = Arrays.copyOf(factors, factors.length + f.linearTerms());
        for (int t = 0; t < f.linearTerms(); t++) {
            all[factors.length + t] = f.variable(t);
        }
        return Arrays.stream(all).sorted().distinct().toArray();
    }

    private static int[] factors(QuadraticFunction f) {
        int[] factors = new int[2 * f.quadraticTerms()];
        for (int t = 0; t < f.quadraticTerms(); t++) {
            factors[2 * t] = f.first(t);
            factors[2 * t + 1] = f.second(t);
        }
        return Arrays.stream(factors).sorted().distinct().toArray();
    }

    // ---- entries --------------------------------------------------------------------------

    private void begin(String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        // The same model makes the same file.
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        zip.putNextEntry(entry);
    }

    private void entry(String name, byte[] contents) throws IOException {
        begin(name);
        zip.write(contents);
    }

    private void entry(String name, double value) throws IOException {
        begin(name);
        room(Double.BYTES).putDouble(value);
        flush();
    }

    private void variables() throws IOException {
        begin("varinfo");
        long length = section("VTYP", 4, 17L * model.size());
        for (int k = 0; k < model.size(); k++) {
            Variable v = model.variable(k);
            byte kind =
                    switch (v.kind()) {
                        case BINARY -> 0;
                        case SPIN -> 1;
                        case INTEGER -> 2;
                        case REAL -> 3;
                    };
            room(17).put(kind).putDouble(v.lower()).putDouble(v.upper());
        }
        blanks(length - 17L * model.size());
        flush();
    }

    private void constraint(Constraint constraint, String folder) throws IOException {
        begin(folder + "lhs");
        function(constraint.left(), "ConstraintView");
        entry(folder + "rhs", constraint.right());
        String sense = constraint.sense() == Sense.EQUAL ? "==" : constraint.sense().toString();
        entry(folder + "sense", sense.getBytes(StandardCharsets.US_ASCII));
        if (constraint.oneHot()) {
            entry(folder + "discrete", new byte[] {1});
        }
        if (constraint.strictness() instanceof Strictness.Soft soft) {
            entry(folder + "weight", soft.weight());
            String growth = soft.growth().name().toLowerCase(Locale.ROOT);
            entry(folder + "penalty", growth.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void function(QuadraticFunction f, String type) throws IOException {
        int[] variables = named(f);
        String header =
                """
                {"dtype": "float64", "itype": "int32", "shape": [%d, %d], "type": "%s"}
                """
                        .formatted(variables.length, f.quadraticTerms(), type);
        byte[] magic = "DIMODEXPR".getBytes(StandardCharsets.US_ASCII);
        zip.write(magic);
        zip.write(new byte[] {2, 0});
        zip.write(header(magic.length + 2 + 4, header));
        long length = section("INDX", 4, 4L * variables.length);
        for (int v : variables) {
            room(Integer.BYTES).putInt(v);
        }
        blanks(length - 4L * variables.length);
        length = section("OFFS", 4, Double.BYTES);
        room(Double.BYTES).putDouble(f.offset());
        blanks(length - Double.BYTES);
        length = section("LINB", 4, 8L * variables.length);
        int term = 0;
        for (int v : variables) {
            boolean has = term < f.linearTerms() && f.variable(term) == v;
            room(Double.BYTES).putDouble(has ? f.coefficient(term++) : 0);
        }
        blanks(length - 8L * variables.length);
        length = section("QUAD", 8, 16L * f.quadraticTerms());
        for (int t = 0; t < f.quadraticTerms(); t++) {
            // The lower triangle: the later variable is first.
            int i = Arrays.binarySearch(variables, f.second(t));
            int j = Arrays.binarySearch(variables, f.first(t));
            room(16).putInt(i).putInt(j).putDouble(f.weight(t));
        }
        blanks(length - 16L * f.quadraticTerms());
        flush();
    }

    // ---- bytes ----------------------------------------------------------------------------

    private static byte[] header(int before, String text) {
        int blanks = Math.floorMod(-(before + text.length()), ALIGNMENT);
        byte[] padded = (text + " ".repeat(blanks)).getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(4 + padded.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(padded.length)
                .put(padded)
                .array();
    }

    /** Begins a section, and gives its length with the blanks at its end. */
    private long section(String magic, int lengthBytes, long contents) throws IOException {
        long padded = contents + Math.floorMod(-(4 + lengthBytes + contents), ALIGNMENT);
        room(12).put(magic.getBytes(StandardCharsets.US_ASCII));
        if (lengthBytes == Long.BYTES) {
            buffer.putLong(padded);
        } else if (padded <= 0xffffffffL) {
            buffer.putInt((int) padded);
        } else {
            throw new IllegalArgumentException(
                    "a function of so many variables cannot be written in this format");
        }
        return padded;
    }

    private void blanks(long count) throws IOException {
        for (long k = 0; k < count; k++) {
            room(1).put((byte) ' ');
        }
    }

    private ByteBuffer room(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    private void flush() throws IOException {
        zip.write(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
