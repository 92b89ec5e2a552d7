package org.jaket.cli;

import org.jaket.annealing.file.ConstrainedDocument;
import org.jaket.annealing.file.ModelDocument;
import org.jaket.annealing.file.ModelFile;
import org.jaket.annealing.file.ModelFormat;
import org.jaket.annealing.file.ProblemDocument;
import org.jaket.annealing.file.ProblemFile;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;

/** The file of an optimisation model. */
final class ModelInput {
    @Parameters(paramLabel = "FILE", description = "The model; - reads standard input.")
    private String file = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Instead of telling it by content; one of ${COMPLETION-CANDIDATES}.")
    private @Nullable ModelFormat format;

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
        if (file.equals("-")) {
            return format == null
                    ? ProblemFile.read(System.in, "standard input")
                    : ModelFile.read(System.in, "standard input", format);
        }
        Path path = Path.of(file);
        return format == null ? ProblemFile.read(path) : ModelFile.read(path, format);
    }
}
