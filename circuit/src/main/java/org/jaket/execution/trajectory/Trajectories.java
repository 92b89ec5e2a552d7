package org.jaket.execution.trajectory;

import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.CounterRandom;
import org.jaket.execution.Estimate;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.execution.Shots;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Samples a program: every shot follows its own random numbers, and shots with the same history
 * share one state.
 *
 * <p>Where shots part, the smaller groups are followed first, each on a copy of the state, and the
 * largest goes on in place. So at most about log2(shots) states are open at a time; with less
 * memory, shots that found no room start again from the beginning, one by one. Neither changes any
 * result: a shot reads its own random numbers by their count.
 *
 * @param <S> the engine's state
 */
public final class Trajectories<S extends PureState<S>> {
    private final Program program;
    private final Supplier<S> zero;
    private final long seed;
    private final int firstShot;
    private final long[] words;
    private final Progress progress;
    private final @Nullable Leaf<S> leaf;
    private final int threads;
    private final List<Integer> restarts = new ArrayList<>();

    /** What is done with the final state of shots that share it; called by several threads. */
    @FunctionalInterface
    public interface Leaf<S> {
        /** Sees a state and the numbers of its shots. */
        void visit(S state, int[] shots);
    }

    /** What becomes of a group of shots that drew the same. */
    @FunctionalInterface
    private interface Outcome<S> {
        void carryOut(Run run, S state);
    }

    private record Group<S>(int[] shots, Outcome<S> outcome) {}

    private Trajectories(
            Program program,
            Supplier<S> zero,
            long seed,
            int firstShot,
            long[] words,
            Progress progress,
            @Nullable Leaf<S> leaf,
            int threads) {
        this.program = program;
        this.zero = zero;
        this.seed = seed;
        this.firstShot = firstShot;
        this.words = words;
        this.progress = progress;
        this.leaf = leaf;
        this.threads = threads;
    }

    /** How many threads share the shots of a run, each with states of its own. */
    public static int parts(Program program, RunOptions options) {
        return program.isSampledOnce() ? 1 : (int) Math.min(options.threads(), options.shots());
    }

    /**
     * Runs a program.
     *
     * @param zero makes states with all qubits in 0, for any thread
     * @param leaf sees final states after every step, or null if they do not matter
     * @throws IllegalArgumentException if the results do not fit into one array
     * @throws java.util.concurrent.CancellationException if the progress was cancelled
     */
    public static <S extends PureState<S>> Shots sample(
            Program program, Supplier<S> zero, RunOptions options, @Nullable Leaf<S> leaf) {
        int perShot = program.layout().words();
        if (options.shots() > (Integer.MAX_VALUE - 8) / Math.max(1, perShot)) {
            throw new IllegalArgumentException(
                    options.shots()
                            + " shots of "
                            + program.layout().width()
                            + " bits do not fit into one result. Maybe run fewer shots with"
                            + " several seeds.");
        }
        int shots = (int) options.shots();
        long[] words = new long[shots * perShot];
        int parts = parts(program, options);
        Parts.run(
                parts,
                shots,
                options.progress(),
                (from, to, progress) ->
                        new Trajectories<>(
                                        program,
                                        zero,
                                        options.seed(),
                                        from,
                                        words,
                                        progress,
                                        leaf,
                                        parts == 1 ? options.threads() : 1)
                                .run(to - from));
        return new Shots(program.layout(), options.seed(), shots, words);
    }

    /**
     * An estimate of an expectation value: exact in each trajectory, averaged over {@code
     * options.shots()} of them.
     *
     * @throws IllegalArgumentException if the observable has another number of qubits
     */
    public static <S extends PureState<S>> Estimate expectation(
            Program program, Supplier<S> zero, RunOptions options, PauliSum observable) {
        Branches.check(program, observable);
        double[] values = new double[(int) Math.min(options.shots(), Integer.MAX_VALUE - 8)];
        sample(
                program,
                zero,
                options,
                (state, shots) -> {
                    double value = Branches.value(state, observable);
                    for (int shot : shots) {
                        values[shot] = value;
                    }
                });
        double n = values.length;
        double mean = Arrays.stream(values).sum() / n;
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return new Estimate(mean, n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1) / n));
    }

    private void run(int shots) {
        int[] all = new int[shots];
        Arrays.setAll(all, k -> firstShot + k);
        follow(new Run(program), zero.get(), all);
        while (!restarts.isEmpty()) {
            int shot = restarts.removeLast();
            follow(new Run(program), zero.get(), new int[] {shot});
        }
    }

    /** Follows shots to their ends; the state is closed then. */
    private void follow(Run run, S state, int[] shots) {
        int[] here = shots;
        while (run.advance(state, progress)) {
            if (leaf == null
                    && run.step() instanceof Step.Measure m
                    && program.isClassicalFrom(run.place + 1)) {
                last(m, run, state, here);
                state.close();
                return;
            }
            here = divide(run, state, part(run, state, here));
            run.place++;
        }
        if (leaf != null) {
            leaf.visit(state, here);
        }
        write(run, here);
        state.close();
    }

    /** A joint measurement after which only classical steps come: no state is collapsed. */
    private void last(Step.Measure m, Run run, S state, int[] shots) {
        for (Group<S> g : measure(m, run, state, shots)) {
            Run branch = run.copy();
            ((Measured) g.outcome).record(branch);
            branch.place++;
            classical(branch, state, g.shots);
        }
    }

    /** What remains is classical, but constants may be recorded wrongly. */
    private void classical(Run run, S state, int[] shots) {
        int[] here = shots;
        while (run.advance(state, progress)) {
            List<Group<S>> groups = part(run, state, here);
            for (Group<S> g : groups.subList(1, groups.size())) {
                Run branch = run.copy();
                g.outcome.carryOut(branch, state);
                branch.place++;
                classical(branch, state, g.shots);
            }
            here = groups.getFirst().shots;
            groups.getFirst().outcome.carryOut(run, state);
            run.place++;
        }
        write(run, here);
    }

    /** Follows all groups but the largest, and carries out the outcome of that one in place. */
    private int[] divide(Run run, S state, List<Group<S>> groups) {
        int inPlace = 0;
        for (int k = 1; k < groups.size(); k++) {
            boolean larger = groups.get(k).shots.length > groups.get(inPlace).shots.length;
            inPlace = larger ? k : inPlace;
        }
        for (int k = 0; k < groups.size(); k++) {
            if (k == inPlace) {
                continue;
            }
            Group<S> g = groups.get(k);
            S copy = state.copy();
            if (copy == null) {
                for (int shot : g.shots) {
                    restarts.add(shot);
                }
                continue;
            }
            Run branch = run.copy();
            g.outcome.carryOut(branch, copy);
            branch.place++;
            follow(branch, copy, g.shots);
        }
        groups.get(inPlace).outcome.carryOut(run, state);
        return groups.get(inPlace).shots;
    }

    private void write(Run run, int[] shots) {
        for (int shot : shots) {
            run.write(words, shot * program.layout().words());
        }
        progress.report(shots.length, 0);
        progress.checkCancelled();
    }

    // ---- what shots draw ------------------------------------------------------------------

    private List<Group<S>> part(Run run, S state, int[] shots) {
        return switch (run.step()) {
            case Step.Measure m -> measure(m, run, state, shots);
            case Step.Reset r -> {
                double one = state.probabilityOfOne(r.qubit());
                yield choose(
                        run,
                        shots,
                        new double[] {1 - one, one},
                        (k, branch, s) -> Outcomes.reset(s, r.qubit(), k == 1));
            }
            case Step.Choose c ->
                    c.chain() >= 0 && run.chainHit[c.chain()]
                            ? List.of(new Group<S>(shots, (branch, s) -> {}))
                            : choose(
                                    run,
                                    shots,
                                    c.probabilities(),
                                    (k, branch, s) -> Outcomes.choose(branch, s, c, k));
            case Step.Kraus k ->
                    choose(
                            run,
                            shots,
                            Outcomes.probabilities(state, k),
                            (o, branch, s) -> s.operate(k.qubits(), k.operators().get(o)));
            case Step.Constant c ->
                    choose(
                            run,
                            shots,
                            new double[] {1 - c.flipProbability(), c.flipProbability()},
                            (k, branch, s) -> branch.record(c.result() != (k == 1), c.bit()));
            default -> throw new IllegalStateException("not random: " + run.step());
        };
    }

    @FunctionalInterface
    private interface Numbered<S> {
        void carryOut(int outcome, Run run, S state);
    }

    private List<Group<S>> choose(
            Run run, int[] shots, double[] probabilities, Numbered<S> outcome) {
        long count = run.draws++;
        Grouping groups = new Grouping(1);
        long[] key = new long[1];
        for (int shot : shots) {
            double u = CounterRandom.uniform(seed, shot, count);
            int k = 0;
            while (k < probabilities.length - 1 && u >= probabilities[k]) {
                u -= probabilities[k++];
            }
            // Rounding can lead past the last possible outcome.
            while (k > 0 && probabilities[k] == 0) {
                k--;
            }
            key[0] = k;
            groups.add(key, shot);
        }
        List<Group<S>> all = new ArrayList<>();
        groups.forEach(
                (which, members) ->
                        all.add(
                                new Group<>(
                                        members,
                                        (r, s) -> outcome.carryOut((int) which[0], r, s))));
        return all;
    }

    /** The outcome of a joint measurement. */
    private final class Measured implements Outcome<S> {
        private final Step.Measure measure;
        private final long[] outcome;
        private final long[] wrong;

        Measured(Step.Measure measure, long[] drawn) {
            int half = drawn.length / 2;
            this.measure = measure;
            this.outcome = Arrays.copyOf(drawn, half);
            this.wrong = Arrays.copyOfRange(drawn, half, drawn.length);
        }

        void record(Run run) {
            run.record(measure, outcome, wrong);
        }

        @Override
        public void carryOut(Run run, S state) {
            record(run);
            state.collapse(measure.qubits(), outcome);
        }
    }

    private List<Group<S>> measure(Step.Measure m, Run run, S state, int[] shots) {
        OutcomeSampler sampler = state.sampler(m.qubits());
        long first = run.draws;
        int results = m.qubits().length;
        int half = (results + 63) >> 6;
        run.draws += sampler.draws() + results;
        long[][] drawn = new long[shots.length][];
        Parts.run(
                Math.min(threads, 1 + shots.length / 256),
                shots.length,
                Progress.NONE,
                (from, to, p) -> {
                    double[] uniform = new double[sampler.draws()];
                    long[] outcome = new long[half];
                    for (int k = from; k < to; k++) {
                        long count = first;
                        for (int j = 0; j < uniform.length; j++) {
                            uniform[j] = CounterRandom.uniform(seed, shots[k], count++);
                        }
                        sampler.draw(uniform, outcome);
                        long[] both = Arrays.copyOf(outcome, 2 * half);
                        for (int r = 0; r < results; r++, count++) {
                            double flip = m.flipProbability()[r];
                            if (flip > 0 && CounterRandom.uniform(seed, shots[k], count) < flip) {
                                both[half + (r >> 6)] |= 1L << r;
                            }
                        }
                        drawn[k] = both;
                        if ((k & 255) == 0) {
                            progress.checkCancelled();
                        }
                    }
                });
        Grouping groups = new Grouping(2 * half);
        for (int k = 0; k < shots.length; k++) {
            groups.add(drawn[k], shots[k]);
        }
        List<Group<S>> all = new ArrayList<>();
        groups.forEach((key, members) -> all.add(new Group<>(members, new Measured(m, key))));
        return all;
    }
}
