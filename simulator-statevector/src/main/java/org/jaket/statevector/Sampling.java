package org.jaket.statevector;

import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.execution.Shots;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * The shots of one run: divides them among threads where states are small, and goes on from a
 * checkpoint.
 */
final class Sampling {
    /** States up to this many qubits are worked on by one thread, shots by several. */
    static final int SMALL = 14;

    private final Program program;
    private final Kernels kernels;
    private final RunOptions options;
    private final Trajectories.@Nullable Leaf leaf;
    private final int shots;
    private final long[] results;

    /** Whether all shots share one state to the end. */
    private final boolean shared;

    /**
     * Prepares a run.
     *
     * @param leaf sees final states, or null if they do not matter
     * @throws IllegalArgumentException if the results would not fit into one array
     */
    Sampling(
            Program program,
            Kernels kernels,
            RunOptions options,
            Trajectories.@Nullable Leaf leaf) {
        int words = program.layout().words();
        if (options.shots() > (Integer.MAX_VALUE - 8) / Math.max(1, words)) {
            throw new IllegalArgumentException(
                    options.shots()
                            + " shots of "
                            + program.layout().width()
                            + " bits do not fit into one result. Maybe run fewer shots with"
                            + " several seeds.");
        }
        this.program = program;
        this.kernels = kernels;
        this.options = options;
        this.leaf = leaf;
        this.shots = (int) options.shots();
        this.results = new long[shots * words];
        this.shared = leaf == null && isSampledOnce(program);
    }

    static boolean isSampledOnce(Program program) {
        for (int i = 0; i < program.instructions().length; i++) {
            if (program.instructions()[i].isRandom()) {
                return program.instructions()[i] instanceof Instruction.Measure
                        && program.isClassicalFrom(i + 1);
            }
        }
        return true;
    }

    /**
     * Runs all shots.
     *
     * @param origin where they begin, or null for the start of the program
     */
    Shots run(@Nullable Origin origin) {
        int[] all = new int[shots];
        Arrays.setAll(all, k -> k);
        sample(all, origin, null);
        return finish();
    }

    private Shots finish() {
        if (shared) {
            options.progress().report(shots, shots);
        }
        return new Shots(program.layout(), options.seed(), shots, results);
    }

    private void sample(
            int[] which, @Nullable Origin origin, Trajectories.@Nullable Finished finished) {
        // Shots that share one state to the end gain nothing from being split.
        boolean split =
                options.threads() > 1 && program.qubits() <= SMALL && !shared && which.length > 1;
        int parts = split ? Math.min(options.threads(), which.length) : 1;
        Workers inside = Workers.of(split ? 1 : options.threads());
        Progress progress = parts > 1 ? new SharedProgress(options.progress()) : options.progress();
        Workers.of(parts)
                .run(
                        parts,
                        (part, worker) -> {
                            int from = (int) ((long) which.length * part / parts);
                            int to = (int) ((long) which.length * (part + 1) / parts);
                            try (StatePool pool =
                                    new StatePool(program.qubits(), kernels, inside, parts)) {
                                Mechanics mechanics = mechanics(inside, progress, origin);
                                if (shared) {
                                    // The work is the gates of the one state.
                                    mechanics.reportPasses(shots);
                                }
                                trajectories(
                                                mechanics,
                                                pool,
                                                progress,
                                                shots - which.length + from,
                                                finished)
                                        .run(Arrays.copyOfRange(which, from, to));
                            }
                        });
    }

    private Mechanics mechanics(Workers workers, Progress progress, @Nullable Origin origin) {
        return new Mechanics(program, workers, kernels.precision(), progress, origin);
    }

    private Trajectories trajectories(
            Mechanics mechanics,
            StatePool pool,
            Progress progress,
            long before,
            Trajectories.@Nullable Finished finished) {
        return new Trajectories(
                program,
                mechanics,
                pool,
                options.seed(),
                results,
                shared ? new CancelOnly(progress) : progress,
                before,
                shots,
                leaf,
                finished);
    }

    /**
     * Runs the shots that an earlier process has not done, and writes checkpoints: first the state
     * up to where chance comes in is prepared, once for all shots.
     */
    Shots run(Checkpoint checkpoint) throws IOException {
        Workers workers = Workers.of(options.threads());
        Progress progress = options.progress();
        var saving =
                new Saving(checkpoint, program, kernels, shots, options.seed(), results, progress);
        Amplitudes state = Amplitudes.allocate(program.qubits(), kernels, workers);
        try {
            Mechanics mechanics = mechanics(workers, progress, null);
            if (shared) {
                mechanics.reportPasses(shots);
            }
            Run run = saving.begin(state, mechanics);
            mechanics.follow(run, state, saving);
            int[] left = saving.left();
            if (shared) {
                sampleHere(left, run, state, workers);
            } else if (hasRoomForOneMore()) {
                saving.startShots(run, state);
                sample(left, Origin.of(run.copy(), state), saving);
            } else {
                Origin origin = saving.startShotsFromFile(run, state);
                state.close();
                sample(left, origin, origin == null ? null : saving);
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            state.close();
        }
        saving.delete();
        return finish();
    }

    private boolean hasRoomForOneMore() {
        int qubits = program.qubits();
        return Amplitudes.refusal(1, qubits, kernels.precision(), options.threads()) == null;
    }

    /** Runs all shots, one group after the other, with a listener that sees their states. */
    Shots run(Trajectories.Viewer viewer) {
        Workers workers = Workers.of(options.threads());
        int[] all = new int[shots];
        Arrays.setAll(all, k -> k);
        try (StatePool pool = new StatePool(program.qubits(), kernels, workers, 1)) {
            Mechanics mechanics = mechanics(workers, options.progress(), null);
            Trajectories trajectories = trajectories(mechanics, pool, options.progress(), 0, null);
            trajectories.showTo(viewer);
            trajectories.run(all);
        }
        return finish();
    }

    /**
     * Samples a state that is not in memory, and which all shots share.
     *
     * @param run where it stands
     */
    Shots run(Run run, Mechanics.Drawing drawing) {
        Workers workers = Workers.of(1);
        int[] all = new int[shots];
        Arrays.setAll(all, k -> k);
        // What comes after the measurement is classical: nothing looks at this state.
        try (Amplitudes nowhere = Amplitudes.allocate(1, kernels, workers);
                StatePool pool = StatePool.only(nowhere, workers)) {
            Mechanics mechanics = mechanics(workers, options.progress(), Origin.here(run));
            mechanics.drawFrom(drawing);
            trajectories(mechanics, pool, options.progress(), 0, null).run(all);
        }
        return finish();
    }

    /** Samples the one state that all shots share. */
    private void sampleHere(int[] which, Run run, Amplitudes state, Workers workers) {
        try (StatePool pool = StatePool.only(state, workers)) {
            Mechanics mechanics = mechanics(workers, options.progress(), Origin.here(run));
            trajectories(mechanics, pool, options.progress(), 0, null).run(which);
        }
    }
}
