package org.jaket.cli;

import org.jaket.circuit.stim.DetectorErrorModel;
import org.jaket.stabilizer.ModelSampler;
import org.jaket.stabilizer.results.RecordLayout;
import org.jaket.stabilizer.results.ResultFormat;
import org.jaket.stabilizer.results.ResultFormatException;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.results.ShotReader;
import org.jaket.stabilizer.results.ShotWriter;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code jaket sample_dem}: shots of a detector error model, as {@code stim sample_dem}. */
@Command(
        name = "sample_dem",
        header = "Sample the detectors and observables of a detector error model.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 1,
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "  jaket analyze_errors < circuit.stim | jaket sample_dem --shots 1000 --obs_out flips.01"
        })
final class SampleDemCommand implements Callable<Integer> {
    /** Shots replayed at a time. */
    private static final int BATCH = 1024;

    @Mixin private SamplingOptions options = new SamplingOptions();

    @Option(
            names = "--obs_out",
            paramLabel = "FILE",
            description = "Write the observables to this file.")
    private @Nullable String observablesOut;

    @Option(
            names = "--obs_out_format",
            paramLabel = "FMT",
            description = "The format of that file; default ${DEFAULT-VALUE}.")
    private String observablesFormat = "01";

    @Option(
            names = "--err_out",
            paramLabel = "FILE",
            description = "Write which errors happened to this file.")
    private @Nullable String errorsOut;

    @Option(
            names = "--err_out_format",
            paramLabel = "FMT",
            description = "The format of that file; default ${DEFAULT-VALUE}.")
    private String errorsFormat = "01";

    @Option(
            names = "--replay_err_in",
            paramLabel = "FILE",
            description = "Take the errors from this file, as --err_out writes them.")
    private @Nullable String replayIn;

    @Option(
            names = "--replay_err_in_format",
            paramLabel = "FMT",
            description = "The format of that file; default ${DEFAULT-VALUE}.")
    private String replayFormat = "01";

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ResultFormat format = ResultFormat.of(options.outFormat());
        ResultFormat formatOfObservables = ResultFormat.of(observablesFormat);
        ResultFormat formatOfErrors = ResultFormat.of(errorsFormat);
        ResultFormat formatOfReplay = ResultFormat.of(replayFormat);
        if (options.shots() == 0) {
            return 0;
        }
        SamplingClock clock = new SamplingClock();
        DetectorErrorModel model = options.model();
        clock.parsed();
        try (var progress = new TerminalProgress("sample_dem")) {
            ModelSampler sampler = ModelSampler.of(model);
            clock.prepared();
            try (var shots =
                            ShotOutput.open(
                                    sampler.layout(),
                                    ShotOutput.Observables.LEFT_OUT,
                                    options.out(),
                                    format,
                                    observablesOut,
                                    formatOfObservables);
                    var errors =
                            errorsOut == null
                                    ? null
                                    : ShotWriter.to(
                                            Streams.output(errorsOut),
                                            formatOfErrors,
                                            RecordLayout.ofMeasurements(sampler.errors()))) {
                if (replayIn != null) {
                    replay(Path.of(replayIn), formatOfReplay, sampler, shots, errors);
                } else if (errors != null) {
                    sampler.sampleWithErrors(
                            options.run(progress),
                            (batch, happened) -> {
                                shots.write(batch);
                                errors.write(happened);
                            });
                } else {
                    sampler.sample(options.run(progress), clock.writing(shots));
                }
                shots.finish();
            }
        }
        options.print(clock, spec);
        return 0;
    }

    private void replay(
            Path file,
            ResultFormat format,
            ModelSampler sampler,
            ShotOutput shots,
            @Nullable ShotWriter errors)
            throws IOException {
        RecordLayout layout = RecordLayout.ofMeasurements(sampler.errors());
        long left = options.shots();
        try (var reader = ShotReader.from(Files.newInputStream(file), format, layout)) {
            while (left > 0) {
                ShotBatch happened = new ShotBatch(sampler.errors(), (int) Math.min(BATCH, left));
                int read = reader.read(happened);
                if (read == 0) {
                    throw new ResultFormatException(
                            "%s ends %d shots before the %d that --shots asks for."
                                    .formatted(file, left, options.shots()));
                }
                shots.write(sampler.replay(happened));
                if (errors != null) {
                    errors.write(happened);
                }
                left -= read;
            }
        }
    }
}
