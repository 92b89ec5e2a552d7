package org.jaket.cli;

import org.jaket.stabilizer.ShotSampler;
import org.jaket.stabilizer.results.RecordLayout;
import org.jaket.stabilizer.results.ResultFormat;
import org.jaket.stabilizer.results.ShotReader;
import org.jaket.stabilizer.sampling.SweepTable;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;

/** The options that give each shot its sweep bits. */
final class SweepOptions {
    @Option(
            names = "--sweep",
            paramLabel = "FILE",
            description =
                    "The sweep bits of each shot, one record a shot (- for standard input); without it all are zero.")
    private @Nullable String sweep;

    @Option(
            names = "--sweep_format",
            paramLabel = "FMT",
            description = "The format of that file; default ${DEFAULT-VALUE}.")
    private String sweepFormat = "01";

    @Option(
            names = "--sweep_repeat",
            description =
                    "Read the file from its start again when it ends, instead of failing when there are more shots.")
    private boolean repeat;

    /** The table for a sampler, or null if there is none; the caller closes it. */
    @Nullable SweepTable open(ShotSampler sampler) throws IOException {
        ResultFormat format = ResultFormat.of(sweepFormat);
        String name = sweep;
        if (name == null) {
            if (repeat) {
                throw new IllegalArgumentException("--sweep_repeat needs --sweep");
            }
            return null;
        }
        boolean standardInput = name.equals("-");
        if (repeat && standardInput) {
            throw new IllegalArgumentException(
                    "--sweep_repeat needs a file, since standard input cannot be read twice");
        }
        RecordLayout layout = RecordLayout.ofMeasurements(sampler.sweepBits());
        SweepTable.Opener opener =
                () -> ShotReader.from(Streams.input(standardInput ? null : name), format, layout);
        return repeat ? SweepTable.repeated(opener) : SweepTable.of(opener.open());
    }
}
