package org.jaket.annealing.file;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Variables;
import org.jaket.annealing.Vartype;
import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;

/**
 * Reads {@link ModelFormat#QUBIN}: an HDF5 file whose group {@code model} has the labels of the
 * variables, what the file says about itself as JSON, and in {@code form} the function {@code scale
 * (linear + quadratic + offset)} as coordinates from 1. Its solutions are not read.
 *
 * <p>HDF5 is read by jhdf, which is an optional dependency. What it does with a damaged file is up
 * to it, so whatever it throws is an error of the file; and it is asked for nothing before the size
 * of that is known to be reasonable.
 */
final class QubinFile {
    /** HDF5 cannot be read as a stream. */
    static final int MAX_BYTES = 1 << 28;

    private QubinFile() {}

    static ModelDocument read(String source, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw ModelFileException.of(
                    source, "an HDF5 file of more than %d bytes is not read".formatted(MAX_BYTES));
        }
        try {
            return Contents.document(source, bytes);
        } catch (LinkageError | ServiceConfigurationError e) {
            throw ModelFileException.of(
                    source,
                    "this is HDF5 (QUBOTools' .qb), which the optional library io.jhdf:jhdf reads:"
                            + " add it to the class path, or to the module path with --add-modules ALL-MODULE-PATH");
        }
    }

    /** All that needs the library. */
    private static final class Contents {
        private final String source;
        private final HdfFile file;
        private final long mostBytes;

        private Contents(String source, HdfFile file, long length) {
            this.source = source;
            this.file = file;
            this.mostBytes = Math.max(ConstrainedFile.UNPACKED, ConstrainedFile.RATIO * length);
        }

        static ModelDocument document(String source, byte[] bytes) {
            try (HdfFile file = HdfFile.fromBytes(bytes)) {
                return new Contents(source, file, bytes.length).document();
            } catch (ModelFileException e) {
                throw e;
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                // Also what no writer of HDF5 does: groups within themselves, and the like.
                String why = e.getMessage() == null ? "" : ": " + e.getMessage();
                throw ModelFileException.of(
                        source,
                        "the HDF5 file is damaged or cut off" + ModelFileException.shown(why));
            }
        }

        private ModelDocument document() {
            double scale = number("form/scale");
            boolean maximum = choice("form/sense", "min", "max");
            double factor = maximum ? -scale : scale;
            Vartype vartype = choice("form/domain", "bool", "spin") ? Vartype.SPIN : Vartype.BINARY;
            Variables variables = variables();
            int size = variables.size();
            var builder = BinaryQuadraticModel.builder(vartype).addVariables(variables);
            builder.addOffset(factor * number("form/offset") + 0.0);
            int[] at = indices("form/linear/i", size);
            double[] linear = numbers("form/linear/v", at.length);
            for (int t = 0; t < at.length; t++) {
                builder.addLinear(at[t], factor * linear[t] + 0.0);
            }
            int[] i = indices("form/quadratic/i", size);
            int[] j = indices("form/quadratic/j", size);
            double[] quadratic = numbers("form/quadratic/v", i.length);
            if (i.length != j.length) {
                throw lengths("form/quadratic/j", j.length, i.length);
            }
            for (int t = 0; t < i.length; t++) {
                if (i[t] == j[t]) {
                    throw error(
                            "form/quadratic",
                            "variable %d interacts with itself".formatted(i[t] + 1));
                }
                builder.addQuadratic(i[t], j[t], factor * quadratic[t] + 0.0);
            }
            Map<String, @Nullable Object> metadata = metadata();
            Object description = metadata.remove("description");
            return new ModelDocument(
                    builder.build(),
                    ModelFormat.QUBIN,
                    description == null ? "" : description.toString(),
                    metadata,
                    maximum ? new Objective("objective", -1, 0) : Objective.ENERGY);
        }

        private Variables variables() {
            Object data = flat("variables");
            List<Object> labels = new ArrayList<>();
            if (data instanceof String[] names) {
                labels.addAll(Arrays.asList(names));
            } else {
                for (long label : integers("variables", data)) {
                    labels.add((int) label == label ? (Object) (int) label : (Object) label);
                }
            }
            double dimension = number("form/dimension");
            if (dimension != labels.size()) {
                throw error(
                        "variables",
                        "there are %d labels, and the dimension is %s"
                                .formatted(labels.size(), dimension));
            }
            return Variables.of(labels);
        }

        /** The JSON of the metadata; an id of 0 says nothing. */
        private Map<String, @Nullable Object> metadata() {
            Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
            try {
                Json.MAPPER
                        .readTree(string("metadata"))
                        .forEachEntry(
                                (key, value) ->
                                        metadata.put(
                                                key,
                                                Json.MAPPER.convertValue(value, Object.class)));
            } catch (JacksonException e) {
                throw error("metadata", "should be JSON: " + e.getOriginalMessage());
            }
            metadata.remove("id", 0);
            return metadata;
        }

        // ---- data sets --------------------------------------------------------------------

        /** Whether the word is the second of two. */
        private boolean choice(String path, String first, String second) {
            String word = string(path);
            if (!word.equals(first) && !word.equals(second)) {
                throw error(
                        path,
                        "should be \"%s\" or \"%s\", not \"%s\""
                                .formatted(first, second, ModelFileException.shown(word)));
            }
            return word.equals(second);
        }

        private String string(String path) {
            if (flat(path) instanceof String[] words && words.length == 1) {
                return words[0];
            }
            throw error(path, "should be a string");
        }

        private double number(String path) {
            return numbers(path, 1)[0];
        }

        private double[] numbers(String path, int count) {
            Object data = flat(path);
            double[] numbers =
                    switch (data) {
                        case double[] reals -> reals;
                        case float[] reals -> {
                            double[] wide = new double[reals.length];
                            Arrays.setAll(wide, k -> reals[k]);
                            yield wide;
                        }
                        default -> Arrays.stream(integers(path, data)).asDoubleStream().toArray();
                    };
            if (numbers.length != count) {
                throw lengths(path, numbers.length, count);
            }
            for (double number : numbers) {
                if (!Double.isFinite(number)) {
                    throw error(path, "should be finite, not " + number);
                }
            }
            return numbers;
        }

        /** Indices, here from 0. */
        private int[] indices(String path, int size) {
            long[] integers = integers(path, flat(path));
            int[] indices = new int[integers.length];
            for (int t = 0; t < indices.length; t++) {
                if (integers[t] < 1 || integers[t] > size) {
                    throw error(
                            path,
                            "a variable is a number from 1 to %d, not %d"
                                    .formatted(size, integers[t]));
                }
                indices[t] = (int) integers[t] - 1;
            }
            return indices;
        }

        private long[] integers(String path, Object data) {
            return switch (data) {
                case long[] integers -> integers;
                case int[] integers -> Arrays.stream(integers).asLongStream().toArray();
                case short[] integers -> {
                    long[] wide = new long[integers.length];
                    Arrays.setAll(wide, k -> integers[k]);
                    yield wide;
                }
                case byte[] integers -> {
                    long[] wide = new long[integers.length];
                    Arrays.setAll(wide, k -> integers[k]);
                    yield wide;
                }
                default -> throw error(path, "should be numbers");
            };
        }

        /** A data set as an array, whatever its shape. */
        private Object flat(String path) {
            Node node = file;
            for (String name : ("model/" + path).split("/")) {
                node = node instanceof Group group ? group.getChild(name) : null;
            }
            if (!(node instanceof Dataset dataset)) {
                throw error(path, node == null ? "is missing" : "should be a data set");
            }
            DataType type = dataset.getDataType();
            boolean plain = type instanceof FixedPoint || type instanceof FloatingPoint;
            boolean text = type instanceof StringData || type instanceof VariableLength;
            if (!plain && !text) {
                throw error(path, "should be numbers or strings");
            }
            double bytes = Math.max(1, type.getSize());
            for (long length : dataset.getDimensionsAsLong()) {
                bytes *= length;
            }
            if (!(bytes <= mostBytes)) {
                throw error(path, "cannot have %.3g bytes in this file".formatted(bytes));
            }
            if (bytes == 0 || dataset.isEmpty()) {
                return text ? new String[0] : new long[0];
            }
            Object data = dataset.getDataFlat();
            return switch (data) {
                case String one -> new String[] {one};
                case Double one -> new double[] {one};
                case Float one -> new double[] {one};
                case Long one -> new long[] {one};
                case Integer one -> new long[] {one};
                case Short one -> new long[] {one};
                case Byte one -> new long[] {one};
                default -> data;
            };
        }

        private ModelFileException lengths(String path, int length, int expected) {
            return error(path, "should have %d values, not %d".formatted(expected, length));
        }

        private ModelFileException error(String path, String problem) {
            return ModelFileException.of(source + "!model/" + path, problem);
        }
    }
}
