package org.jaket.statevector;

import org.jaket.execution.CounterRandom;
import org.jaket.execution.Progress;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Samples a program: every shot follows its own random numbers, and shots with the same history
 * share one state.
 *
 * <p>Where shots part, the smaller groups are followed first, each on a copy of the state, and the
 * largest goes on in place. So at most about log2(shots) states are open at a time; with less
 * memory, shots that found no room start again from the beginning, one by one. Neither changes any
 * result: a shot reads its own random numbers by their count.
 */
final class Trajectories {
    /** After so many shots, a few milliseconds, it is asked whether to stop. */
    private static final int CHECKED_SHOTS = 1 << 16;

    private final Program program;
    private final Mechanics mechanics;
    private final StatePool pool;
    private final long seed;
    private final long[] words;
    private final Progress progress;
    private final long before;
    private final long total;
    private final @Nullable Leaf leaf;
    private final @Nullable Finished finished;
    private final List<Restart> restarts = new ArrayList<>();
    private @Nullable Viewer viewer;

    /** Places before this one have been shown to the shots' group. */
    private int silentUntil;

    private long done;

    /** What is done with the final state of shots that share it. */
    @FunctionalInterface
    interface Leaf {
        void visit(Amplitudes state, int[] shots);
    }

    /** Sees states on the way. */
    @FunctionalInterface
    interface Viewer {
        void view(int place, Amplitudes state, Frame frame, int[] shots);
    }

    /** A shot that found no room, and how many places it had passed where states are shown. */
    private record Restart(int shot, int shown) {}

    /** Told of shots whose results are written. */
    @FunctionalInterface
    interface Finished {
        void finished(int[] shots);
    }

    /** What becomes of a group of shots that drew the same. */
    @FunctionalInterface
    private interface Outcome {
        void carryOut(Run run, Amplitudes state);
    }

    private record Group(int[] shots, Outcome outcome) {}

    /**
     * Prepares sampling.
     *
     * @param words where results go, by the number of the shot; zero so far
     * @param before how many shots count as done already
     * @param leaf sees final states, or null if they do not matter
     * @param finished learns of shots that are done, or null
     */
    Trajectories(
            Program program,
            Mechanics mechanics,
            StatePool pool,
            long seed,
            long[] words,
            Progress progress,
            long before,
            long total,
            @Nullable Leaf leaf,
            @Nullable Finished finished) {
        this.program = program;
        this.mechanics = mechanics;
        this.pool = pool;
        this.seed = seed;
        this.words = words;
        this.progress = progress;
        this.before = before;
        this.total = total;
        this.leaf = leaf;
        this.finished = finished;
    }

    /**
     * Runs shots.
     *
     * @param shots their numbers, which name their random numbers
     */
    void run(int[] shots) {
        Amplitudes state = pool.first();
        follow(mechanics.begin(state), state, shots);
        while (!restarts.isEmpty()) {
            Restart restart = restarts.removeLast();
            silentUntil = restart.shown;
            follow(mechanics.begin(state), state, new int[] {restart.shot});
        }
        pool.give(state);
    }

    /** From now on states are shown. */
    void showTo(Viewer listener) {
        viewer = listener;
    }

    private void show(Instruction.Show show, Run run, Amplitudes state, int[] shots) {
        Viewer listener = viewer;
        if (listener != null && run.shown >= silentUntil) {
            listener.view(run.shown, state, show.frame(), shots);
        }
        run.shown++;
    }

    /** In loops over shots, of which there may be a billion. */
    private void check(int number) {
        if ((number & CHECKED_SHOTS - 1) == 0) {
            progress.checkCancelled();
        }
    }

    private double draw(int shot, long count) {
        return CounterRandom.uniform(seed, shot, count);
    }

    private void follow(Run run, Amplitudes state, int[] shots) {
        int[] here = shots;
        while (run.place < program.instructions().length) {
            Instruction instruction = program.instructions()[run.place];
            if (run.classical(instruction)) {
                continue;
            }
            switch (instruction) {
                case Instruction.Apply a -> mechanics.apply(a.passes(), state);
                case Instruction.Evaluated e -> mechanics.evaluated(e.operation(), run, state);
                case Instruction.Show s -> show(s, run, state, here);
                default -> {
                    List<Group> groups = part(instruction, run, state, here);
                    if (leaf == null
                            && instruction instanceof Instruction.Measure
                            && program.isClassicalFrom(run.place + 1)) {
                        run.place++;
                        for (Group g : groups) {
                            Run branch = run.copy();
                            ((Measured) g.outcome).record(branch);
                            follow(branch, state, g.shots);
                        }
                        return;
                    }
                    here = divide(run, state, groups);
                }
            }
            run.place++;
        }
        write(run, state, here);
    }

    /** Follows all groups but the largest, and carries out the outcome of that one in place. */
    private int[] divide(Run run, Amplitudes state, List<Group> groups) {
        int inPlace = 0;
        for (int k = 1; k < groups.size(); k++) {
            boolean larger = groups.get(k).shots.length > groups.get(inPlace).shots.length;
            inPlace = larger ? k : inPlace;
        }
        Group largest = groups.get(inPlace);
        boolean copies =
                leaf != null
                        || program.instructions()[run.place].isQuantum()
                        || !program.isClassicalFrom(run.place + 1);
        for (int k = 0; k < groups.size(); k++) {
            if (k == inPlace) {
                continue;
            }
            Group g = groups.get(k);
            Run branch = run.copy();
            if (!copies) {
                g.outcome.carryOut(branch, state);
                branch.place++;
                follow(branch, state, g.shots);
                continue;
            }
            Amplitudes copy = pool.take();
            if (copy == null) {
                for (int shot : g.shots) {
                    restarts.add(new Restart(shot, run.shown));
                }
                continue;
            }
            copy.copyFrom(state, mechanics.runner());
            g.outcome.carryOut(branch, copy);
            branch.place++;
            follow(branch, copy, g.shots);
            pool.give(copy);
        }
        largest.outcome.carryOut(run, state);
        return largest.shots;
    }

    private void write(Run run, Amplitudes state, int[] shots) {
        if (leaf != null) {
            leaf.visit(state, shots);
        }
        int perShot = program.layout().words();
        int number = 0;
        for (int shot : shots) {
            check(number++);
            run.write(program.circuit(), program.layout(), words, shot * perShot);
        }
        done += shots.length;
        if (finished != null) {
            finished.finished(shots);
        }
        progress.report(before + done, total);
        progress.checkCancelled();
    }

    // ---- what shots draw ------------------------------------------------------------------

    private List<Group> part(Instruction instruction, Run run, Amplitudes state, int[] shots) {
        return switch (instruction) {
            case Instruction.Measure m -> measure(m, run, state, shots);
            case Instruction.Reset r -> {
                double one = mechanics.probability(state, r.qubit());
                yield choose(
                        run,
                        shots,
                        new double[] {1 - one, one},
                        (k, branch, s) -> mechanics.reset(s, r, k == 1));
            }
            case Instruction.Choose c -> choose(run, shots, c);
            case Instruction.Noisy n -> noisy(n.stretch(), run, state, shots);
            case Instruction.Constant c ->
                    choose(
                            run,
                            shots,
                            new double[] {1 - c.flipProbability(), c.flipProbability()},
                            (k, branch, s) -> branch.record(c.result() != (k == 1), c.bit()));
            default -> throw new IllegalStateException("Not random: " + instruction);
        };
    }

    @FunctionalInterface
    private interface Numbered {
        void carryOut(int outcome, Run run, Amplitudes state);
    }

    private List<Group> choose(Run run, int[] shots, Instruction.Choose c) {
        if (c.chain() >= 0 && run.chainHit[c.chain()]) {
            return List.of(new Group(shots, (branch, s) -> {}));
        }
        return choose(
                run,
                shots,
                c.probabilities(),
                (k, branch, s) -> {
                    boolean[] herald = c.herald();
                    if (herald != null) {
                        branch.record(herald[k], -1);
                    }
                    List<Pass> passes = c.passes()[k];
                    if (passes != null) {
                        mechanics.apply(passes, s);
                    }
                    if (c.chain() >= 0 && k > 0) {
                        branch.chainHit[c.chain()] = true;
                    }
                });
    }

    // ---- noise ----------------------------------------------------------------------------

    /**
     * Shots that go the same way through a stretch, or as far as that can be said without looking
     * at the state again.
     */
    private List<Group> noisy(NoisyStretch stretch, Run run, Amplitudes state, int[] shots) {
        List<ChancePoint> points = stretch.points();
        double[] here =
                run.point < 0
                        ? new double[0]
                        : mechanics.probabilities(state, points.get(run.point));
        Map<NoisyStretch.Way, ShotList> members = new LinkedHashMap<>();
        int number = 0;
        for (int shot : shots) {
            check(number++);
            NoisyStretch.Way way = way(points, run, here, shot);
            members.computeIfAbsent(way, w -> new ShotList()).add(shot);
        }
        List<Group> groups = new ArrayList<>();
        members.forEach(
                (way, list) ->
                        groups.add(
                                new Group(
                                        list.toArray(),
                                        (branch, s) -> follow(stretch, way, branch, s))));
        return groups;
    }

    /** The way of a shot from where the run stands. */
    private NoisyStretch.Way way(List<ChancePoint> points, Run run, double[] here, int shot) {
        List<Integer> outcomes = List.of();
        int first = Math.max(0, run.point);
        for (int k = first; k < points.size(); k++) {
            double uniform = draw(shot, run.draws + k - first);
            int outcome =
                    k == run.point
                            ? ChancePoint.pick(here, uniform)
                            : points.get(k).decide(uniform);
            if (outcome < 0) {
                return new NoisyStretch.Way(run.point, k, outcomes);
            }
            if (outcome > 0) {
                outcomes = outcomes.isEmpty() ? new ArrayList<>() : outcomes;
                outcomes.add(k);
                outcomes.add(outcome);
            }
        }
        return new NoisyStretch.Way(run.point, points.size(), outcomes);
    }

    private void follow(NoisyStretch stretch, NoisyStretch.Way way, Run branch, Amplitudes state) {
        mechanics.follow(stretch, way, state);
        branch.draws += way.to() - Math.max(0, way.from());
        branch.passed(stretch, way);
    }

    private List<Group> choose(Run run, int[] shots, double[] probabilities, Numbered outcome) {
        ShotList[] members = new ShotList[probabilities.length];
        Arrays.setAll(members, k -> new ShotList());
        long count = run.draws++;
        int number = 0;
        for (int shot : shots) {
            check(number++);
            int k = ChancePoint.pick(probabilities, draw(shot, count));
            members[k].add(shot);
        }
        List<Group> groups = new ArrayList<>();
        for (int k = 0; k < probabilities.length; k++) {
            if (!members[k].isEmpty()) {
                int which = k;
                groups.add(
                        new Group(
                                members[k].toArray(),
                                (branch, s) -> outcome.carryOut(which, branch, s)));
            }
        }
        return groups;
    }

    /** The outcome of a joint measurement. */
    private final class Measured implements Outcome {
        private final Instruction.Measure measure;
        private final long stored;
        private final long flips;

        Measured(Instruction.Measure measure, long stored, long flips) {
            this.measure = measure;
            this.stored = stored;
            this.flips = flips;
        }

        void record(Run run) {
            recordResults(measure, stored, flips, run);
        }

        @Override
        public void carryOut(Run run, Amplitudes state) {
            record(run);
            mechanics.collapse(state, measure.mask(), stored);
        }
    }

    /** Records results; bit k of {@code flips} says whether the record of result k is wrong. */
    static void recordResults(Instruction.Measure m, long stored, long flips, Run run) {
        for (int k = 0; k < m.qubits().length; k++) {
            boolean wrong = (flips >> k & 1) != 0;
            run.record(m.ideal(k, stored) != wrong, m.bits()[k]);
        }
    }

    private record Drawn(long stored, long flips) {}

    private List<Group> measure(Instruction.Measure m, Run run, Amplitudes state, int[] shots) {
        long count = run.draws++;
        double[] uniform = new double[shots.length];
        for (int k = 0; k < shots.length; k++) {
            check(k);
            uniform[k] = draw(shots[k], count);
        }
        long[] indices = mechanics.draw(state, uniform);
        int results = m.qubits().length;
        long firstFlip = run.draws;
        for (int r = 0; r < results; r++) {
            run.draws += m.isNoisy(r) ? 1 : 0;
        }
        Map<Drawn, ShotList> members = new LinkedHashMap<>();
        long mask = m.mask();
        for (int k = 0; k < shots.length; k++) {
            check(k);
            long flips = 0;
            long next = firstFlip;
            for (int r = 0; r < results; r++) {
                if (m.isNoisy(r) && draw(shots[k], next++) < m.wrong(r, m.ideal(r, indices[k]))) {
                    flips |= 1L << r;
                }
            }
            Drawn drawn = new Drawn(indices[k] & mask, flips);
            members.computeIfAbsent(drawn, d -> new ShotList()).add(shots[k]);
        }
        List<Group> groups = new ArrayList<>(members.size());
        members.forEach(
                (d, list) ->
                        groups.add(new Group(list.toArray(), new Measured(m, d.stored, d.flips))));
        return groups;
    }
}
