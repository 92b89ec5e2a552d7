package org.jaket.cli;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.stim.DetectorErrorModel;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/** The options that the sampling commands share, with Stim's names. */
final class SamplingOptions {
    @Option(
            names = "--shots",
            paramLabel = "N",
            description = "How often to sample; default ${DEFAULT-VALUE}.")
    private long shots = 1;

    @Option(names = "--seed", paramLabel = "S", description = "Makes the results repeatable.")
    private @Nullable Long seed;

    @Option(
            names = "--in",
            paramLabel = "FILE",
            description = "What to sample; default standard input.")
    private String in = "-";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where results go; default standard output.")
    private @Nullable String out;

    @Option(
            names = "--out_format",
            paramLabel = "FMT",
            description = "01, b8, r8, ptb64, hits or dets; default ${DEFAULT-VALUE}.")
    private String outFormat = "01";

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Default: all processors. The results do not depend on it.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--time",
            description = "Print the seconds of parsing, preparing, sampling, writing to stderr.")
    private boolean time;

    Circuit circuit() throws IOException {
        return CircuitFile.read(in);
    }

    DetectorErrorModel model() throws IOException {
        if (in.equals("-")) {
            return DetectorErrorModel.parse(
                    "stdin", CircuitFile.bounded("standard input", System.in));
        }
        return DetectorErrorModel.read(Path.of(in));
    }

    /** Ends sampling, and prints where the time went if that was asked for. */
    void print(SamplingClock clock, CommandSpec spec) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        clock.tellSelection(err);
        if (time) {
            clock.print(err);
        }
    }

    long shots() {
        if (shots < 0) {
            throw new IllegalArgumentException("--shots is not negative: " + shots);
        }
        return shots;
    }

    @Nullable String out() {
        return out;
    }

    String outFormat() {
        return outFormat;
    }

    /** Options for a run of at least one shot. */
    RunOptions run(Progress progress) {
        if (seed != null && seed < 0) {
            throw new IllegalArgumentException("--seed is not negative: " + seed);
        }
        return new RunOptions(
                shots, seed == null ? RunOptions.freshSeed() : seed, threads, progress);
    }
}
