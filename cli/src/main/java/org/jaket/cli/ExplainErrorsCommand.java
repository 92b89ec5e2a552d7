package org.jaket.cli;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.stim.DetectorErrorModel;
import org.jaket.stabilizer.errors.ErrorExplanation;
import org.jaket.stabilizer.errors.ExplainedError;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code jaket explain_errors}: where errors come from, as {@code stim explain_errors} says it. */
@Command(
        name = "explain_errors",
        header = "Say which places in a noisy Clifford circuit cause which detection events.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 1,
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "  echo \"error(1) D0 D3\" > some.dem",
            "  jaket explain_errors --dem_filter some.dem --single --in circuit.stim"
        })
final class ExplainErrorsCommand implements Callable<Integer> {
    @Option(
            names = "--dem_filter",
            paramLabel = "FILE",
            description = "Explain only the errors of this detector error model.")
    private @Nullable String filter;

    @Option(
            names = "--single",
            description = "Give one place for each error, the simplest, instead of all.")
    private boolean single;

    @Option(
            names = "--in",
            paramLabel = "FILE",
            description = "The circuit; default standard input.")
    private String in = "-";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where explanations go; default standard output.")
    private @Nullable String out;

    @Override
    public Integer call() throws Exception {
        ErrorExplanation explanation = ErrorExplanation.options();
        if (filter != null) {
            explanation = explanation.filteredBy(model(filter));
        }
        if (single) {
            explanation = explanation.single();
        }
        Circuit circuit = CircuitFile.read(in);
        List<ExplainedError> errors = explanation.explain(circuit);
        try (Writer writer =
                new BufferedWriter(
                        new OutputStreamWriter(Streams.output(out), StandardCharsets.UTF_8),
                        1 << 16)) {
            for (ExplainedError error : errors) {
                writer.append(error.toString()).append('\n');
            }
        }
        return 0;
    }

    private static DetectorErrorModel model(String name) throws IOException {
        return name.equals("-")
                ? DetectorErrorModel.parse(
                        "stdin", CircuitFile.bounded("standard input", System.in))
                : DetectorErrorModel.read(Path.of(name));
    }
}
