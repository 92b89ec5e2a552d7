package org.jaket.cli;

import org.jaket.annealing.file.ConstrainedDocument;
import org.jaket.annealing.file.ConstrainedFile;
import org.jaket.annealing.file.ConstrainedFormat;
import org.jaket.annealing.file.ModelDocument;
import org.jaket.annealing.file.ModelFile;
import org.jaket.annealing.file.ModelFormat;
import org.jaket.annealing.file.ProblemDocument;
import org.jaket.annealing.file.ProblemFile;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The file of an optimisation model. */
final class ModelInput {
    @Parameters(paramLabel = "FILE", description = "The model; - reads standard input.")
    private String file = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            completionCandidates = Formats.class,
            converter = Formats.class,
            description = "Instead of telling it by content; one of ${COMPLETION-CANDIDATES}.")
    private @Nullable Format format;

    /** A format that can be read, of either kind. */
    sealed interface Format {
        /** Of a binary quadratic model. */
        record Binary(ModelFormat format) implements Format {}

        /** Of a model that may have constraints. */
        record Constrained(ConstrainedFormat format) implements Format {}
    }

    /** The names of all formats that can be read: short ones, and those of the library. */
    static final class Formats implements Iterable<String>, ITypeConverter<Format> {
        private static final String FAMILY = "dimod_";

        private final Map<String, Format> byName = new LinkedHashMap<>();

        Formats() {
            for (ModelFormat format : ModelFormat.values()) {
                if (format.canBeRead()) {
                    byName.put(shortName(format), new Format.Binary(format));
                }
            }
            for (ConstrainedFormat format : ConstrainedFormat.values()) {
                byName.put(shortName(format), new Format.Constrained(format));
            }
        }

        private static String shortName(Enum<?> format) {
            String name = format.name().toLowerCase(Locale.ROOT);
            return name.startsWith(FAMILY) ? name.substring(FAMILY.length()) : name;
        }

        @Override
        public Iterator<String> iterator() {
            return byName.keySet().iterator();
        }

        @Override
        public Format convert(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            String key = lower.startsWith(FAMILY) ? lower.substring(FAMILY.length()) : lower;
            // By the end of its files' names, too.
            Format format = byName.get(key.equals("qb") ? "qubin" : key);
            if (format == null) {
                throw new TypeConversionException(
                        "'%s' is not one of %s"
                                .formatted(name, String.join(", ", byName.keySet())));
            }
            return format;
        }
    }

    /**
     * Reads the model.
     *
     * @throws IllegalArgumentException if it has constraints
     */
    ModelDocument read() throws IOException {
        return switch (readAny()) {
            case ModelDocument binary -> binary;
            case ConstrainedDocument constrained ->
                    throw new IllegalArgumentException(
                            file
                                    + ": a model with constraints cannot be used here, only a binary"
                                    + " quadratic one");
        };
    }

    /** Reads the model, whether it has constraints or not. */
    ProblemDocument readAny() throws IOException {
        String name = "standard input";
        Path path = Path.of(file);
        return switch (format) {
            case null -> isStream() ? ProblemFile.read(System.in, name) : ProblemFile.read(path);
            case Format.Binary(var f) ->
                    isStream() ? ModelFile.read(System.in, name, f) : ModelFile.read(path, f);
            case Format.Constrained(var f) ->
                    isStream()
                            ? ConstrainedFile.read(System.in, name, f)
                            : ConstrainedFile.read(path, f);
        };
    }

    private boolean isStream() {
        return file.equals("-");
    }
}
