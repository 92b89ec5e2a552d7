package org.jaket.cli;

import org.jaket.annealing.file.ModelDocument;
import org.jaket.annealing.file.ModelFile;
import org.jaket.annealing.file.ModelFormat;
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

    ModelDocument read() throws IOException {
        if (file.equals("-")) {
            return format == null
                    ? ModelFile.read(System.in, "standard input")
                    : ModelFile.read(System.in, "standard input", format);
        }
        Path path = Path.of(file);
        return format == null ? ModelFile.read(path) : ModelFile.read(path, format);
    }
}
