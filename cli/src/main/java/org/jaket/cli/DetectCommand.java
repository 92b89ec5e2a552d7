package org.jaket.cli;

import org.jaket.circuit.Circuit;
import org.jaket.stabilizer.ShotSampler;
import org.jaket.stabilizer.results.RecordLayout;
import org.jaket.stabilizer.results.ResultFormat;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.results.ShotWriter;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.concurrent.Callable;

/** {@code jaket detect}: detection events, as {@code stim detect} writes them. */
@Command(
        name = "detect",
        header = "Sample the detectors and observables of a Clifford circuit.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 1,
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "  jaket gen --code surface_code --task rotated_memory_z --distance 5 --rounds 5 \\",
            "      --after_clifford_depolarization 0.001 | jaket detect --shots 10 --append_observables"
        })
final class DetectCommand implements Callable<Integer> {
    @Mixin private SamplingOptions options = new SamplingOptions();

    @Spec private CommandSpec spec;

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

    @Override
    public Integer call() throws Exception {
        ResultFormat format = ResultFormat.of(options.outFormat());
        ResultFormat formatOfObservables = ResultFormat.of(observablesFormat);
        SamplingClock clock = new SamplingClock();
        Circuit circuit = options.circuit();
        clock.parsed();
        if (options.shots() == 0) {
            return 0;
        }
        try (var progress = new TerminalProgress("detect")) {
            ShotSampler sampler = ShotSampler.detectors(circuit);
            clock.prepared();
            RecordLayout all = sampler.layout();
            RecordLayout written = append ? all : RecordLayout.ofDetectors(all.detectors(), 0);
            RecordLayout observables = RecordLayout.ofDetectors(0, all.observables());
            try (var writer = ShotWriter.to(Streams.output(options.out()), format, written);
                    var second =
                            observablesOut == null
                                    ? null
                                    : ShotWriter.to(
                                            Streams.output(observablesOut),
                                            formatOfObservables,
                                            observables)) {
                sampler.sample(
                        options.run(progress),
                        clock.writing(
                                batch -> {
                                    write(writer, batch, 0, written.bits());
                                    if (second != null) {
                                        write(second, batch, all.detectors(), all.observables());
                                    }
                                }));
            }
        }
        options.print(clock, spec);
        return 0;
    }

    private static void write(ShotWriter writer, ShotBatch batch, int from, int bits)
            throws IOException {
        writer.write(from == 0 && bits == batch.bits() ? batch : batch.slice(from, bits));
    }
}
