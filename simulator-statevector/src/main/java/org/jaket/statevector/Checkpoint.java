package org.jaket.statevector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Where a long run keeps what it has done, so that it can go on after the process has ended. A run
 * that finds the file goes on from there and gives, bit for bit, what it would have given without
 * the interruption; a run that ends deletes the file.
 *
 * <p>The file holds the amplitudes between two passes over them and, for circuits with randomness
 * in the middle, the shots that are done. It is written beside its place (with {@code .part} behind
 * its name), forced to the disk and then renamed, so there is always a whole one; it takes as much
 * room as the state, and twice that while it is being replaced.
 *
 * <p>A run that finds no room for it at its start is refused, before any work. Where it cannot be
 * written later, because the disk has become full, the work that is done is worth more than the
 * file: the run goes on and gives its results, a warning in the log says what is missing, the file
 * before stays, nothing half-written is left, and the next one is tried when its time comes.
 *
 * @param file the file, in a directory that exists
 * @param every how often it is written at most; the first time after so long
 */
public record Checkpoint(Path file, Duration every) {
    private static final Duration USUAL = Duration.ofMinutes(1);

    /** Checks the interval. */
    public Checkpoint {
        if (every.isNegative()) {
            throw new IllegalArgumentException(
                    "The time between two checkpoints is not negative, but got " + every);
        }
    }

    /** A checkpoint that is written once a minute. */
    public static Checkpoint at(Path file) {
        return new Checkpoint(file, USUAL);
    }

    /** The same, written at most so often. */
    public Checkpoint every(Duration interval) {
        return new Checkpoint(file, interval);
    }

    /** Whether there is something to go on from. */
    public boolean exists() {
        return Files.exists(file);
    }

    /**
     * The seed of the run that the file is of: a run goes on with the seed it began with. Empty
     * where there is no file or it is one of a state without shots.
     *
     * @throws IOException naming the file and what is wrong in it
     */
    public OptionalLong seed() throws IOException {
        if (!exists()) {
            return OptionalLong.empty();
        }
        String seed = CheckpointFile.preface(file).get(CheckpointFile.SEED);
        return seed == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(seed));
    }
}
