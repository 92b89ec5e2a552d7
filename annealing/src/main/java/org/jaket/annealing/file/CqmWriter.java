package org.jaket.annealing.file;

import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.constrained.Constraint;
import org.jaket.annealing.constrained.QuadraticFunction;
import org.jaket.annealing.constrained.Strictness;
import org.jaket.annealing.polynomial.Sense;
import org.jaket.annealing.polynomial.VariableKind;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes {@link ConstrainedFormat#DIMOD_CQM}, version 2.0, compressed. */
final class CqmWriter {
    /** What the name of an entry may be long. */
    private static final int MAX_NAME = 65_000;

    private final ConstrainedModel model;
    private final ZipOutputStream zip;
    private final DimodOutput entries;

    private CqmWriter(ConstrainedModel model, OutputStream out) {
        this.model = model;
        this.zip = new ZipOutputStream(out);
        this.entries = new DimodOutput(zip);
    }

    static void write(ConstrainedModel model, OutputStream out) throws IOException {
        // Labels first: if they cannot be written, nothing is.
        String labels = model.variables().isRange() ? "" : Json.labels(model.variables());
        List<String> names = model.constraints().stream().map(CqmWriter::folder).toList();
        CqmWriter writer = new CqmWriter(model, out);
        new DimodOutput(out).header(CqmReader.MAGIC, 2, 0, writer.counts());
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
        entries.room(Double.BYTES).putDouble(value);
        entries.flush();
    }

    private void variables() throws IOException {
        begin("varinfo");
        QmWriter.variables(model, entries);
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
        entries.header(DimodFunction.MAGIC, 2, 0, header);
        entries.begin("INDX", Integer.BYTES, 4L * variables.length);
        for (int v : variables) {
            entries.room(Integer.BYTES).putInt(v);
        }
        entries.end();
        entries.begin("OFFS", Integer.BYTES, Double.BYTES);
        entries.room(Double.BYTES).putDouble(f.offset());
        entries.end();
        entries.begin("LINB", Integer.BYTES, 8L * variables.length);
        int term = 0;
        for (int v : variables) {
            boolean has = term < f.linearTerms() && f.variable(term) == v;
            entries.room(Double.BYTES).putDouble(has ? f.coefficient(term++) : 0);
        }
        entries.end();
        entries.begin("QUAD", Long.BYTES, 16L * f.quadraticTerms());
        for (int t = 0; t < f.quadraticTerms(); t++) {
            // The lower triangle: the later variable is first.
            int i = Arrays.binarySearch(variables, f.second(t));
            int j = Arrays.binarySearch(variables, f.first(t));
            entries.room(16).putInt(i).putInt(j).putDouble(f.weight(t));
        }
        entries.end();
    }
}
