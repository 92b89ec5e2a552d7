package org.jaket.cli;

import org.jaket.circuit.Circuit;
import org.jaket.stabilizer.DetectionConverter;
import org.jaket.stabilizer.ShotSampler;
import org.jaket.stabilizer.results.RecordLayout;
import org.jaket.stabilizer.results.ResultFormat;
import org.jaket.stabilizer.results.ShotReader;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** {@code jaket m2d}: from measurement records to detection events, as {@code stim m2d}. */
@Command(
        name = "m2d",
        header = "Turn measurement records into detection events.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 1,
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "  jaket m2d --circuit circuit.stim --in records.b8 --in_format b8 --out_format dets"
        })
final class MeasurementsToDetectionsCommand implements Callable<Integer> {
    @Option(
            names = "--circuit",
            required = true,
            paramLabel = "FILE",
            description = "The circuit that was measured.")
    private String circuitFile = "";

    @Option(
            names = "--in",
            paramLabel = "FILE",
            description = "The measurement records; default standard input.")
    private @Nullable String in;

    @Option(
            names = "--in_format",
            required = true,
            paramLabel = "FMT",
            description = "01, b8, r8, ptb64, hits or dets.")
    private String inFormat = "";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where detection events go; default standard output.")
    private @Nullable String out;

    @Option(
            names = "--out_format",
            paramLabel = "FMT",
            description = "01, b8, r8, hits or dets; default ${DEFAULT-VALUE}.")
    private String outFormat = "01";

    @Option(
            names = "--append_observables",
            description = "Write the observables behind the detectors.")
    private boolean append;

    @Option(
            names = "--obs_out",
            paramLabel = "FILE",
            description = "Write the observables to a file of their own.")
    private @Nullable String observablesOut;

    @Option(
            names = "--obs_out_format",
            paramLabel = "FMT",
            description = "The format of that file; default ${DEFAULT-VALUE}.")
    private String observablesFormat = "01";

    @Option(
            names = "--sweep",
            paramLabel = "FILE",
            description = "The sweep bits of each shot; without it all are zero.")
    private @Nullable String sweep;

    @Option(
            names = "--sweep_format",
            paramLabel = "FMT",
            description = "The format of that file; default ${DEFAULT-VALUE}.")
    private String sweepFormat = "01";

    @Option(
            names = "--skip_reference_sample",
            description =
                    "Take all zeros as the noiseless result; right only if that is a possible one.")
    private boolean skipReference;

    @Option(
            names = "--ran_without_feedback",
            description =
                    "The records were taken without the circuit's feedback; put it into the detectors.")
    private boolean ranWithoutFeedback;

    @Override
    public Integer call() throws Exception {
        ResultFormat format = ShotOutput.streamed("--out_format", outFormat);
        ResultFormat formatOfObservables = ResultFormat.of(observablesFormat);
        if (observablesOut != null) {
            ShotOutput.streamed("--obs_out_format", observablesFormat);
        }
        ResultFormat formatOfResults = ResultFormat.of(inFormat);
        ResultFormat formatOfSweeps = ResultFormat.of(sweepFormat);
        Circuit circuit = CircuitFile.read(circuitFile);
        DetectionConverter converter = converter(circuit);
        try (ShotReader results =
                        ShotReader.from(
                                Streams.input(in),
                                formatOfResults,
                                RecordLayout.ofMeasurements(converter.measurements()));
                ShotReader sweeps =
                        sweep == null
                                ? null
                                : ShotReader.from(
                                        Streams.input(sweep),
                                        formatOfSweeps,
                                        RecordLayout.ofMeasurements(converter.sweepBits()));
                ShotOutput output =
                        ShotOutput.open(
                                converter.layout(),
                                append
                                        ? ShotOutput.Observables.LAST
                                        : ShotOutput.Observables.LEFT_OUT,
                                out,
                                format,
                                observablesOut,
                                formatOfObservables)) {
            converter.convert(results, sweeps, output::write);
            output.finish();
        }
        return 0;
    }

    private DetectionConverter converter(Circuit circuit) {
        try (var progress = new TerminalProgress("m2d")) {
            return DetectionConverter.of(
                    circuit,
                    skipReference ? ShotSampler.Reference.ZERO : ShotSampler.Reference.FOLDED,
                    ranWithoutFeedback
                            ? DetectionConverter.Feedback.SKIPPED
                            : DetectionConverter.Feedback.APPLIED,
                    progress);
        }
    }
}
