package org.jaket.cli;

import org.jaket.statevector.Checkpoint;
import org.jaket.statevector.DiskSimulator;
import org.jaket.statevector.Precision;
import org.jaket.statevector.StateVectorSimulator;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code jaket run} does for state vectors that take hours. */
final class LongRunOptions {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,6})([kKmMgGtT]?)");

    @Option(
            names = "--checkpoint",
            paramLabel = "PATH",
            description =
                    "Keep what is done in this file and, if it exists, go on from there; it is"
                            + " deleted at the end. For the state vector.")
    private @Nullable Path checkpoint;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "SECONDS",
            description = "How often at most it is written; default 60.")
    private @Nullable Double every;

    @Option(
            names = "--state-file",
            paramLabel = "PATH",
            description =
                    "Keep the amplitudes in this file, for states larger than the memory; it must"
                            + " not exist and is deleted at the end. For the state vector.")
    private @Nullable Path stateFile;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description =
                    "With --state-file: how much memory amplitudes may take, such as 512M or 4G;"
                            + " default 1G.")
    private @Nullable String memory;

    /** Refuses what other engines cannot do. */
    void check(CommandLine line, RunCommand.Engine engine, boolean probabilities) {
        if (every != null && checkpoint == null) {
            throw new ParameterException(line, "--checkpoint-every needs --checkpoint");
        }
        if (memory != null && stateFile == null) {
            throw new ParameterException(line, "--memory needs --state-file");
        }
        if (memory != null && bytes(memory) < 0) {
            throw new ParameterException(
                    line, "--memory is a size such as 512M or 4G, not '" + memory + "'");
        }
        if (checkpoint == null && stateFile == null) {
            return;
        }
        if (checkpoint != null && stateFile != null) {
            throw new ParameterException(
                    line,
                    "--checkpoint and --state-file do not go together: a state on disk has no"
                            + " checkpoints.");
        }
        String option = checkpoint != null ? "--checkpoint" : "--state-file";
        if (every != null && !(every >= 0 && every <= 1e9)) {
            throw new ParameterException(
                    line, "--checkpoint-every is a number of seconds, not negative");
        }
        if (engine != RunCommand.Engine.auto && engine != RunCommand.Engine.statevector) {
            throw new ParameterException(
                    line, option + " is for the state vector, not --engine " + engine);
        }
        if (probabilities) {
            throw new ParameterException(
                    line,
                    option
                            + " is for shots and --amplitudes; exact probabilities of a circuit"
                            + " follow every branch in memory.");
        }
    }

    /** The size that a text such as {@code 4G} says, or -1. */
    private static long bytes(String text) {
        Matcher m = SIZE.matcher(text);
        if (!m.matches()) {
            return -1;
        }
        int shift =
                switch (m.group(2).toUpperCase(Locale.ROOT)) {
                    case "K" -> 10;
                    case "M" -> 20;
                    case "G" -> 30;
                    case "T" -> 40;
                    default -> 0;
                };
        return Long.parseLong(m.group(1)) << shift;
    }

    /** The simulator of states on disk, or null if the state is in memory. */
    @Nullable DiskSimulator disk(Precision precision) {
        if (stateFile == null) {
            return null;
        }
        long budget = bytes(memory == null ? "1G" : memory);
        return StateVectorSimulator.of(precision).onDisk(stateFile, budget);
    }

    /** The checkpoint, or null if there is none. */
    @Nullable Checkpoint checkpoint() {
        if (checkpoint == null) {
            return null;
        }
        Checkpoint usual = Checkpoint.at(checkpoint);
        return every == null ? usual : usual.every(Duration.ofNanos((long) (every * 1e9)));
    }
}
