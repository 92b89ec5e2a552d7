package org.jaket.cli;

import org.jaket.circuit.stim.DetectorErrorModel;
import org.jaket.stabilizer.errors.ErrorAnalysis;
import org.jaket.stabilizer.errors.ModelText;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/**
 * {@code jaket analyze_errors}: detector error models, as {@code stim analyze_errors} writes them.
 */
@Command(
        name = "analyze_errors",
        header = "Write the detector error model of a noisy Clifford circuit.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 1,
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "  jaket gen --code surface_code --task rotated_memory_z --distance 5 --rounds 5 \\",
            "      --after_clifford_depolarization 0.001 | jaket analyze_errors --decompose_errors"
        })
final class AnalyzeErrorsCommand implements Callable<Integer> {
    @Option(
            names = "--decompose_errors",
            description = "Write errors with many symptoms as products of errors with at most two.")
    private boolean decompose;

    @Option(names = "--fold_loops", description = "Write repetitions of loops as repeat blocks.")
    private boolean fold;

    @Option(
            names = "--allow_gauge_detectors",
            description = "Take random detectors as errors of probability 1/2.")
    private boolean allowGauge;

    @Option(
            names = "--approximate_disjoint_errors",
            arity = "0..1",
            fallbackValue = "1",
            paramLabel = "P",
            description =
                    "Take errors that exclude each other as independent, up to this probability; without a number, always.")
    private float disjointThreshold;

    @Option(
            names = "--ignore_decomposition_failures",
            description = "Keep errors whole that cannot be decomposed.")
    private boolean ignoreFailures;

    @Option(
            names = "--block_decompose_from_introducing_remnant_edges",
            description = "Decompose only into errors that happen by themselves.")
    private boolean blockRemnants;

    @Option(
            names = "--in",
            paramLabel = "FILE",
            description = "The circuit; default standard input.")
    private String in = "-";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the model goes; default standard output.")
    private @Nullable String out;

    @Override
    public Integer call() throws Exception {
        ErrorAnalysis analysis =
                ErrorAnalysis.options().approximatingDisjointErrors(disjointThreshold);
        if (decompose) {
            analysis = analysis.decomposed();
        }
        if (fold) {
            analysis = analysis.foldedLoops();
        }
        if (allowGauge) {
            analysis = analysis.allowingGaugeDetectors();
        }
        if (ignoreFailures) {
            analysis = analysis.ignoringDecompositionFailures();
        }
        if (blockRemnants) {
            analysis = analysis.blockingRemnantEdges();
        }
        DetectorErrorModel model = analysis.analyse(CircuitFile.read(in));
        try (Writer writer =
                new BufferedWriter(
                        new OutputStreamWriter(Streams.output(out), StandardCharsets.UTF_8),
                        1 << 16)) {
            ModelText.write(model, writer);
            if (model.instructions().isEmpty()) {
                // Stim ends a model without lines with a line end too.
                writer.append('\n');
            }
        }
        return 0;
    }
}
