package org.jaket.statevector;

import org.jaket.execution.Progress;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * The checkpoint of one run: reads what an earlier process has left, and writes when the time has
 * come. Trouble with reading ends the run, trouble with writing gives one warning.
 */
final class Saving implements Mechanics.Boundary, Trajectories.Finished {
    private final Checkpoint checkpoint;
    private final Map<String, String> fingerprint;
    private final Program program;
    private final int shots;
    private final Progress progress;
    private final long[] words;
    private final long[] done;
    private long written = System.nanoTime();
    private boolean warned;

    /** Where shots begin, and its amplitudes; null where they are in the file only. */
    private @Nullable Run start;

    private @Nullable Amplitudes startState;

    /**
     * A run's checkpoint.
     *
     * @param shots how many, or 0 for a state
     * @param words where results go
     * @throws IOException if the file could not be written where it is to be
     */
    Saving(
            Checkpoint checkpoint,
            Program program,
            Kernels kernels,
            int shots,
            long seed,
            long[] words,
            Progress progress)
            throws IOException {
        this.checkpoint = checkpoint;
        this.program = program;
        this.fingerprint = CheckpointFile.fingerprint(program, kernels, shots, seed);
        this.shots = shots;
        this.words = words;
        this.done = new long[shots + 63 >> 6];
        this.progress = progress;
        Path parent = checkpoint.file().toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new NotDirectoryException(
                    "The checkpoint %s needs a directory %s, which is not there"
                            .formatted(checkpoint.file(), parent));
        }
        if (Files.isDirectory(checkpoint.file())) {
            throw new IOException(
                    "The checkpoint %s is a directory, not a file".formatted(checkpoint.file()));
        }
        // Learn before the work, not after the first hour of it, that nothing can be written.
        Path part = CheckpointFile.part(checkpoint.file());
        Files.deleteIfExists(part);
        Files.delete(Files.createFile(part));
        requireRoom();
    }

    /** A run that begins is refused; one that has something to go on from goes on from there. */
    private void requireRoom() throws IOException {
        double bytes = CheckpointFile.bytes(fingerprint, 8L * (done.length + words.length));
        String refusal = PartFile.noRoom(CheckpointFile.WHAT, checkpoint.file(), bytes);
        if (refusal == null) {
            return;
        }
        if (!checkpoint.exists()) {
            throw new IOException(refusal);
        }
        warn("The run goes on from its checkpoint, but cannot replace it: " + refusal);
    }

    /** Says once, until it goes well again, that the run is without new checkpoints. */
    private void warn(String text) {
        if (!warned) {
            warned = true;
            // Texts may have braces, which the logger would take for arguments.
            System.getLogger(Saving.class.getName()).log(Level.WARNING, () -> text);
        }
    }

    /** Goes on from what an earlier process has left, or begins. */
    Run begin(Amplitudes state, Mechanics mechanics) throws IOException {
        if (!checkpoint.exists()) {
            return mechanics.begin(state);
        }
        CheckpointFile.Saved saved =
                CheckpointFile.read(
                        checkpoint.file(),
                        fingerprint,
                        program,
                        shots,
                        shots == 0 ? 0 : words.length / shots,
                        state,
                        progress);
        System.arraycopy(saved.done(), 0, done, 0, done.length);
        System.arraycopy(saved.words(), 0, words, 0, words.length);
        mechanics.skipTo(saved.run());
        return saved.run();
    }

    /** The shots that are not done. */
    int[] left() {
        int[] left = new int[shots];
        int n = 0;
        for (int shot = 0; shot < shots; shot++) {
            if ((done[shot >> 6] >>> shot & 1) == 0) {
                left[n++] = shot;
            }
        }
        return Arrays.copyOf(left, n);
    }

    @Override
    public void reached(Run run, Amplitudes state) {
        if (isDue()) {
            write(run, state);
        }
    }

    /** From now on shots begin at this place, and this state stays as it is. */
    void startShots(Run run, Amplitudes state) {
        start = run.copy();
        startState = state;
    }

    /**
     * The same, but there is no memory to keep the state: it is put into the file.
     *
     * @return where shots begin, or null if the file could not be written
     */
    @Nullable Origin startShotsFromFile(Run run, Amplitudes state) {
        if (!write(run, state)) {
            return null;
        }
        Run from = run.copy();
        start = from;
        return (target, runner) -> {
            try {
                CheckpointFile.readAmplitudes(checkpoint.file(), fingerprint, target);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return from.copy();
        };
    }

    @Override
    public synchronized void finished(int[] finished) {
        for (int shot : finished) {
            done[shot >> 6] |= 1L << shot;
        }
        Run from = start;
        if (from != null && isDue()) {
            write(from, startState);
        }
    }

    private boolean isDue() {
        return System.nanoTime() - written >= checkpoint.every().toNanos();
    }

    private boolean write(Run run, @Nullable Amplitudes state) {
        try {
            // Other threads write the results of shots that are not done.
            long[] results = new long[words.length];
            int each = shots == 0 ? 0 : words.length / shots;
            for (int shot = 0; shot < shots; shot++) {
                if ((done[shot >> 6] >>> shot & 1) != 0) {
                    System.arraycopy(words, shot * each, results, shot * each, each);
                }
            }
            CheckpointFile.write(
                    checkpoint.file(),
                    fingerprint,
                    new CheckpointFile.Saved(run, done, results),
                    state,
                    progress);
            warned = false;
            return true;
        } catch (IOException e) {
            String kept = checkpoint.exists() ? "with the checkpoint that is there" : "without one";
            warn("%s The run goes on %s.".formatted(e.getMessage(), kept));
            return false;
        } finally {
            written = System.nanoTime();
        }
    }

    /** Ends a run that has given its results, which no trouble with the file may take away. */
    void delete() {
        try {
            Files.deleteIfExists(checkpoint.file());
            Files.deleteIfExists(CheckpointFile.part(checkpoint.file()));
        } catch (IOException e) {
            warned = false;
            warn(
                    "The run is done, but its checkpoint %s cannot be deleted: %s"
                            .formatted(checkpoint.file(), e));
        }
    }
}
