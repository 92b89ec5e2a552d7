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

    private record Writers(
            ShotWriter detectors, @Nullable ShotWriter observables, @Nullable ShotWriter errors) {
        void write(ShotBatch shots, int count, @Nullable ShotBatch happened) throws IOException {
            detectors.write(shots.slice(0, count));
            if (observables != null) {
                observables.write(shots.slice(count, shots.bits() - count));
            }
            if (errors != null && happened != null) {
                errors.write(happened);
            }
        }
    }

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
            int detectors = sampler.layout().detectors();
            try (var out =
                            ShotWriter.to(
                                    Streams.output(options.out()),
                                    format,
                                    RecordLayout.ofDetectors(detectors, 0));
                    var observables =
                            writer(
                                    observablesOut,
                                    formatOfObservables,
                                    RecordLayout.ofDetectors(0, sampler.layout().observables()));
                    var errors =
                            writer(
                                    errorsOut,
                                    formatOfErrors,
                                    RecordLayout.ofMeasurements(sampler.errors()))) {
                Writers writers = new Writers(out, observables, errors);
                if (replayIn != null) {
                    replay(Path.of(replayIn), formatOfReplay, sampler, writers);
                } else if (errors != null) {
                    sampler.sampleWithErrors(
                            options.run(progress),
                            (shots, happened) -> writers.write(shots, detectors, happened));
                } else {
                    sampler.sample(
                            options.run(progress),
                            clock.writing(shots -> writers.write(shots, detectors, null)));
                }
            }
        }
        options.print(clock, spec);
        return 0;
    }

    private static @Nullable ShotWriter writer(
            @Nullable String file, ResultFormat format, RecordLayout layout) throws IOException {
        return file == null ? null : ShotWriter.to(Streams.output(file), format, layout);
    }

    private void replay(Path file, ResultFormat format, ModelSampler sampler, Writers writers)
            throws IOException {
        int detectors = sampler.layout().detectors();
        RecordLayout layout = RecordLayout.ofMeasurements(sampler.errors());
        long left = options.shots();
        try (var reader = ShotReader.from(Files.newInputStream(file), format, layout)) {
            while (left > 0) {
                ShotBatch errors = new ShotBatch(sampler.errors(), (int) Math.min(BATCH, left));
                int read = reader.read(errors);
                if (read == 0) {
                    throw new ResultFormatException(
                            "%s ends %d shots before the %d that --shots asks for."
                                    .formatted(file, left, options.shots()));
                }
                writers.write(sampler.replay(errors), detectors, errors);
                left -= read;
            }
        }
    }
}
