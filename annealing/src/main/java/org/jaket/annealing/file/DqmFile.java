package org.jaket.annealing.file;

import org.jaket.annealing.constrained.DiscreteModel;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * {@link ConstrainedFormat#DIMOD_DQM}: a header, a JSON object; {@code BIAS}, a length, and an
 * archive of NumPy's arrays of that length; the labels. Cases are numbered through all variables,
 * and an array says where those of each variable begin.
 */
final class DqmFile {
    static final byte[] MAGIC = "DIMODDQM".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] BIASES = "BIAS".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LABELS = "VARS".getBytes(StandardCharsets.US_ASCII);
    private static final String SUFFIX = ".npy";

    private final String source;
    private int @Nullable [] starts;
    private double @Nullable [] linear;
    private int @Nullable [] rows;
    private int @Nullable [] columns;
    private double @Nullable [] weights;
    private double offset;

    private DqmFile(String source) {
        this.source = source;
    }

    // ---- reading --------------------------------------------------------------------------

    static DiscreteModel read(String source, InputStream in) throws IOException {
        LittleEndianInput begin = new LittleEndianInput(source, in, 1 << 12);
        DimodHeader header =
                DimodHeader.read(begin, MAGIC, "a discrete quadratic model of dimod", 1);
        begin.magic(BIASES, "the section BIAS");
        long length = begin.integer(NumberType.UINT32, "the length of BIAS");
        DqmFile file = new DqmFile(source);
        DimodArchive archive = new DimodArchive(source, begin.stream(length));
        for (String name = archive.next(); name != null; name = archive.next()) {
            file.array(name, archive);
        }
        List<Object> labels = null;
        if (header.isLabelled()) {
            begin.magic(LABELS, "the section VARS");
            JsonNode list = DimodHeader.json(begin, "the labels");
            labels = DimodHeader.labels(list, header.count("num_variables"));
        }
        return file.model(header, labels);
    }

    private void array(String name, DimodArchive archive) throws IOException {
        String within = source + "!" + ModelFileException.shown(name);
        String what = name.endsWith(SUFFIX) ? name.substring(0, name.length() - 4) : name;
        NpyArray array = NpyArray.begin(within, archive.contents());
        switch (what) {
            case "case_starts" -> starts = array.naturals("where a variable's cases begin");
            case "linear_biases" -> linear = array.reals("the bias of a case");
            case "quadratic_row_indices" -> rows = array.naturals("a case");
            case "quadratic_col_indices" -> columns = array.naturals("a case");
            case "quadratic_biases" -> weights = array.reals("the bias of two cases");
            case "offset" -> {
                double[] one = array.reals("the constant");
                if (one.length != 1) {
                    throw ModelFileException.of(within, "the constant is one number");
                }
                offset = one[0];
            }
            default -> throw ModelFileException.of(within, "the format has no such array");
        }
    }

    private DiscreteModel model(DimodHeader header, @Nullable List<Object> labels) {
        if (starts == null
                || linear == null
                || rows == null
                || columns == null
                || weights == null) {
            throw ModelFileException.of(
                    source,
                    "the archive should have case_starts, linear_biases, quadratic_row_indices,"
                            + " quadratic_col_indices and quadratic_biases");
        }
        int variables = header.count("num_variables");
        check("variables", starts.length, variables);
        check("cases", linear.length, header.count("num_cases"));
        int products = header.count("num_case_interactions");
        check("first cases of products", rows.length, products);
        check("second cases of products", columns.length, products);
        check("products", weights.length, products);
        if (starts.length == 0 ? linear.length > 0 : starts[0] != 0) {
            throw ModelFileException.of(source, "the first variable's first case is 0");
        }
        DiscreteModel.Builder builder = DiscreteModel.builder();
        int[] variable = new int[linear.length];
        for (int v = 0; v < variables; v++) {
            int end = v + 1 < variables ? starts[v + 1] : linear.length;
            if (end <= starts[v] || end > linear.length) {
                throw ModelFileException.of(
                        source,
                        "variable %d cannot have the cases %d to %d of %d"
                                .formatted(v, starts[v], end - 1, linear.length));
            }
            builder.addVariable(labels == null ? v : labels.get(v), end - starts[v]);
            for (int c = starts[v]; c < end; c++) {
                variable[c] = v;
                builder.addLinear(v, c - starts[v], linear[c]);
            }
        }
        for (int t = 0; t < products; t++) {
            int i = rows[t];
            int j = columns[t];
            if (Math.max(i, j) >= linear.length) {
                throw ModelFileException.of(
                        source,
                        "product %d has the cases %d and %d of %d"
                                .formatted(t, i, j, linear.length));
            }
            int u = variable[i];
            int v = variable[j];
            builder.addQuadratic(u, i - starts[u], v, j - starts[v], weights[t]);
        }
        return builder.addOffset(offset).build();
    }

    private void check(String what, int found, int announced) {
        if (found != announced) {
            throw ModelFileException.of(
                    source,
                    "the header says %d %s, and there are %d".formatted(announced, what, found));
        }
    }

    // ---- writing --------------------------------------------------------------------------

    static void write(DiscreteModel model, OutputStream raw) throws IOException {
        // Labels first: if they cannot be written, nothing is.
        String labels = model.variables().isRange() ? "" : Json.labels(model.variables());
        int[] starts = new int[model.size() + 1];
        for (int v = 0; v < model.size(); v++) {
            starts[v + 1] = starts[v] + model.cases(v);
        }
        int cases = starts[model.size()];
        Set<Long> pairs = new HashSet<>();
        int[] products = new int[1];
        model.forEachInteraction(
                (u, _, v, _, _) -> {
                    pairs.add((long) u << 32 | v);
                    products[0]++;
                });
        DimodOutput out = new DimodOutput(raw);
        out.header(
                MAGIC,
                1,
                1,
                """
                {"num_case_interactions": %d, "num_cases": %d, "num_variable_interactions": %d, \
                "num_variables": %d, "variables": %s}
                """
                        .formatted(
                                products[0], cases, pairs.size(), model.size(), !labels.isEmpty()));
        byte[] archive = archive(model, starts, products[0]);
        out.room(BIASES.length + Integer.BYTES).put(BIASES).putInt(archive.length);
        out.flush();
        raw.write(archive);
        if (!labels.isEmpty()) {
            out.section("VARS", labels);
        }
    }

    /** Its length stands before it, so that it is made first. */
    private static byte[] archive(DiscreteModel model, int[] starts, int products)
            throws IOException {
        var bytes = new ByteArrayOutputStream();
        int cases = starts[model.size()];
        NumberType index = cases < 1 << 16 ? NumberType.UINT16 : NumberType.UINT32;
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            entry(
                    zip,
                    "case_starts",
                    index,
                    model.size(),
                    out -> {
                        for (int v = 0; v < model.size(); v++) {
                            put(out, index, starts[v]);
                        }
                    });
            entry(
                    zip,
                    "linear_biases",
                    NumberType.FLOAT64,
                    cases,
                    out -> {
                        for (int v = 0; v < model.size(); v++) {
                            for (int c = 0; c < model.cases(v); c++) {
                                out.room(Double.BYTES).putDouble(model.linear(v, c));
                            }
                        }
                    });
            // dimod writes the lower triangle: the later case is the row.
            int[] rows = new int[products];
            int[] columns = new int[products];
            double[] weights = new double[products];
            int[] next = new int[1];
            model.forEachInteraction(
                    (u, a, v, b, weight) -> {
                        rows[next[0]] = starts[v] + b;
                        columns[next[0]] = starts[u] + a;
                        weights[next[0]++] = weight;
                    });
            entry(zip, "quadratic_row_indices", index, products, out -> put(out, index, rows));
            entry(zip, "quadratic_col_indices", index, products, out -> put(out, index, columns));
            entry(
                    zip,
                    "quadratic_biases",
                    NumberType.FLOAT64,
                    products,
                    out -> {
                        for (double weight : weights) {
                            out.room(Double.BYTES).putDouble(weight);
                        }
                    });
            entry(
                    zip,
                    "offset",
                    NumberType.FLOAT64,
                    -1,
                    out -> out.room(Double.BYTES).putDouble(model.offset()));
        }
        return bytes.toByteArray();
    }

    private static void put(DimodOutput out, NumberType type, int... values) throws IOException {
        for (int value : values) {
            if (type == NumberType.UINT16) {
                out.room(Short.BYTES).putShort((short) value);
            } else {
                out.room(Integer.BYTES).putInt(value);
            }
        }
    }

    private static void entry(
            ZipOutputStream zip, String name, NumberType type, int length, NpyArray.Values values)
            throws IOException {
        ZipEntry entry = new ZipEntry(name + SUFFIX);
        // The same model makes the same file.
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        NpyArray.write(type, length, values, zip);
    }
}
