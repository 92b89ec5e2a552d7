package org.jaket.annealing.file;

import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.constrained.ConstrainedModelBuilder;
import org.jaket.annealing.constrained.Constraint;
import org.jaket.annealing.constrained.QuadraticFunction;
import org.jaket.annealing.constrained.Strictness;
import org.jaket.annealing.polynomial.Sense;
import org.jaket.annealing.polynomial.Variable;
import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@link ConstrainedFormat#DIMOD_CQM}: {@code DIMODCQM}, two bytes of version, the length of
 * the header and the header, a JSON object; then a ZIP archive. In version 2 the archive has the
 * variables once, and functions of their numbers; in version 1 every function has its own.
 */
final class CqmReader {
    static final byte[] MAGIC = "DIMODCQM".getBytes(StandardCharsets.US_ASCII);

    private static final String FOLDER = "constraints/";

    private final String source;
    private final ConstrainedModelBuilder builder = ConstrainedModel.builder();
    private final Map<Object, Parts> constraints = new LinkedHashMap<>();
    private int major;
    private int size;
    private int announced;

    private @Nullable List<Variable> variables;
    private @Nullable List<Object> labels;
    private @Nullable QuadraticFunction objective;

    private CqmReader(String source) {
        this.source = source;
    }

    /** What an archive says about a constraint, entry by entry. */
    private static final class Parts {
        @Nullable QuadraticFunction left;
        @Nullable Sense sense;
        @Nullable Double right;
        boolean discrete;
        double weight = Double.POSITIVE_INFINITY;
        Strictness.Growth growth = Strictness.Growth.LINEAR;

        Constraint constraint(String source, Object label) {
            if (left == null || sense == null || right == null) {
                throw ModelFileException.of(
                        source,
                        "constraint %s has no %s"
                                .formatted(
                                        ModelFileException.shown(label.toString()),
                                        left == null
                                                ? "left side"
                                                : sense == null ? "sense" : "right side"));
            }
            Strictness strictness =
                    weight == Double.POSITIVE_INFINITY
                            ? Strictness.HARD
                            : new Strictness.Soft(weight, growth);
            return new Constraint(label, left, sense, right, strictness, discrete);
        }
    }

    static ConstrainedModel read(String source, InputStream in) throws IOException {
        CqmReader reader = new CqmReader(source);
        LittleEndianInput begin = new LittleEndianInput(source, in, 1 << 12);
        DimodHeader header =
                DimodHeader.read(begin, MAGIC, "a file of a dimod constrained quadratic model", 2);
        reader.major = header.major();
        reader.size = header.count("num_variables");
        reader.announced = header.count("num_constraints");
        DimodArchive archive = new DimodArchive(source, begin.stream(Long.MAX_VALUE));
        for (String name = archive.next(); name != null; name = archive.next()) {
            reader.entry(name, archive);
        }
        return reader.model();
    }

    private void entry(String name, DimodArchive archive) throws IOException {
        String within = source + "!" + ModelFileException.shown(name);
        int slash = name.lastIndexOf('/');
        if (name.equals("objective")) {
            objective = function(within, archive);
        } else if (name.equals("varinfo") && major == 2) {
            variables =
                    new DimodFunction(within, archive.contents()).variables(size, k -> (Object) k);
        } else if (name.equals("variable_labels.json") && major == 2) {
            byte[] text = archive.bytes(name, DimodHeader.MAX_JSON);
            labels = DimodFunction.labels(within, text, size);
        } else if (name.startsWith(FOLDER) && slash >= FOLDER.length()) {
            Object label = label(within, name.substring(FOLDER.length(), slash));
            Parts parts = constraints.computeIfAbsent(label, _ -> new Parts());
            part(name.substring(slash + 1), parts, within, archive);
        } else {
            throw unknown(within);
        }
    }

    private static Object label(String within, String json) {
        try {
            return Json.label(Json.MAPPER.readTree(json));
        } catch (JacksonException e) {
            throw ModelFileException.of(
                    within, "the label of a constraint should be JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            throw ModelFileException.of(within, String.valueOf(e.getMessage()));
        }
    }

    private void part(String part, Parts parts, String within, DimodArchive archive)
            throws IOException {
        switch (part) {
            case "lhs" -> parts.left = function(within, archive);
            case "rhs" -> parts.right = number(within, archive);
            case "sense" ->
                    parts.sense =
                            switch (word(within, archive)) {
                                case "<=" -> Sense.AT_MOST;
                                case ">=" -> Sense.AT_LEAST;
                                case "==" -> Sense.EQUAL;
                                default ->
                                        throw ModelFileException.of(
                                                within, "a sense is <=, >= or ==");
                            };
            case "discrete" -> {
                byte[] mark = archive.bytes(within, 1);
                if (mark.length != 1 || mark[0] < 0 || mark[0] > 1) {
                    throw ModelFileException.of(within, "a mark is one byte, 0 or 1");
                }
                parts.discrete = mark[0] == 1;
            }
            case "weight" -> {
                parts.weight = number(within, archive);
                if (!(parts.weight >= 0)) {
                    throw ModelFileException.of(
                            within, "a weight is at least 0, not " + parts.weight);
                }
            }
            case "penalty" ->
                    parts.growth =
                            switch (word(within, archive)) {
                                case "linear" -> Strictness.Growth.LINEAR;
                                case "quadratic" -> Strictness.Growth.QUADRATIC;
                                default ->
                                        throw ModelFileException.of(
                                                within, "a penalty is linear or quadratic");
                            };
            default -> throw unknown(within);
        }
    }

    private ModelFileException unknown(String within) {
        return ModelFileException.of(
                within, "version %d of the format has no such entry".formatted(major));
    }

    private static double number(String within, DimodArchive archive) throws IOException {
        byte[] bytes = archive.bytes(within, Double.BYTES);
        if (bytes.length < Double.BYTES) {
            throw ModelFileException.of(within, "a number has 8 bytes, not " + bytes.length);
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getDouble();
    }

    private static String word(String within, DimodArchive archive) throws IOException {
        return new String(archive.bytes(within, 64), StandardCharsets.ISO_8859_1);
    }

    private QuadraticFunction function(String within, DimodArchive archive) throws IOException {
        if (major == 2) {
            return new DimodFunction(within, archive.contents()).function(size);
        }
        DimodFunction.Labelled labelled = DimodFunction.labelled(within, archive.contents());
        int[] numbers = new int[labelled.variables().size()];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = builder.variable(labelled.variables().get(k));
        }
        return FunctionTerms.renumbered(labelled.function(), numbers);
    }

    private ConstrainedModel model() {
        if (objective == null) {
            throw ModelFileException.of(source, "the archive has no objective");
        }
        if (major == 2) {
            if (variables == null) {
                throw ModelFileException.of(source, "the archive has no varinfo");
            }
            for (Variable v : variables) {
                Object label = labels == null ? v.label() : labels.get((Integer) v.label());
                builder.variable(new Variable(label, v.kind(), v.lower(), v.upper()));
            }
        }
        builder.minimize(objective);
        constraints.forEach((label, parts) -> builder.add(parts.constraint(source, label)));
        if (builder.size() != size || constraints.size() != announced) {
            throw ModelFileException.of(
                    source,
                    "the header says %d variables and %d constraints, and there are %d and %d"
                            .formatted(size, announced, builder.size(), constraints.size()));
        }
        return builder.build();
    }
}
