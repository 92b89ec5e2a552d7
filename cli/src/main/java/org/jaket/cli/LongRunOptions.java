package org.jaket.cli;

import org.jaket.statevector.Checkpoint;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

import java.nio.file.Path;
import java.time.Duration;

/** What {@code jaket run} does for state vectors that take hours. */
final class LongRunOptions {
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

    /** Refuses what other engines cannot do. */
    void check(CommandLine line, RunCommand.Engine engine, boolean probabilities) {
        if (checkpoint == null) {
            if (every != null) {
                throw new ParameterException(line, "--checkpoint-every needs --checkpoint");
            }
            return;
        }
        if (every != null && !(every >= 0 && every <= 1e9)) {
            throw new ParameterException(
                    line, "--checkpoint-every is a number of seconds, not negative");
        }
        if (engine != RunCommand.Engine.auto && engine != RunCommand.Engine.statevector) {
            throw new ParameterException(
                    line, "--checkpoint is for the state vector, not --engine " + engine);
        }
        if (probabilities) {
            throw new ParameterException(
                    line,
                    "--checkpoint is for shots and --amplitudes; exact probabilities of a circuit"
                            + " follow every branch and keep none.");
        }
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
