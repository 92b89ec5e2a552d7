package org.jaket.statevector;

import org.jaket.execution.CounterRandom;
import org.jaket.execution.UnsupportedCircuitException;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Carries out programs of density matrices. A run divides only where a result is recorded: by the
 * exact probabilities, or by what shots draw. The largest part goes on in place, the others on
 * copies.
 */
final class DensityPaths {
    /** What runs with the same history have in common: a probability, or shots. */
    sealed interface Share {
        /** A probability. */
        record Exact(double probability) implements Share {}

        /** Shots, by number. */
        record Drawn(int[] shots) implements Share {}

        /** How much it is, to be compared with others of its kind. */
        default double size() {
            return switch (this) {
                case Exact e -> e.probability;
                case Drawn d -> d.shots.length;
            };
        }
    }

    /** What is done at the end of a history. */
    @FunctionalInterface
    interface Leaf {
        void visit(Run run, Amplitudes rho, Share share);
    }

    private record Part(int outcome, Share share) {}

    private final Program program;
    private final DensityMechanics mechanics;
    private final StatePool pool;
    private final long seed;
    private final boolean statesMatter;
    private final Leaf leaf;
    private final ArrayDeque<Integer> restarts = new ArrayDeque<>();
    private double lost;
    private int branches = 1;

    /**
     * Prepares a run.
     *
     * @param pool where copies come from
     * @param seed names the random numbers of shots
     * @param statesMatter whether leaves look at the state rather than at results
     */
    DensityPaths(
            Program program,
            DensityMechanics mechanics,
            StatePool pool,
            long seed,
            boolean statesMatter,
            Leaf leaf) {
        this.program = program;
        this.mechanics = mechanics;
        this.pool = pool;
        this.seed = seed;
        this.statesMatter = statesMatter;
        this.leaf = leaf;
    }

    /** Runs all of a share from the beginning; {@code rho} is where the state is kept. */
    void run(Share all, Amplitudes rho) {
        mechanics.begin(rho);
        follow(new Run(program), rho, all);
        while (!restarts.isEmpty()) {
            mechanics.begin(rho);
            int[] shot = {restarts.removeLast()};
            follow(new Run(program), rho, new Share.Drawn(shot));
        }
    }

    /** The probability of branches that were too improbable to follow. */
    double lost() {
        return lost;
    }

    private void follow(Run run, Amplitudes rho, Share all) {
        Share share = all;
        while (run.place < program.instructions().length) {
            Instruction instruction = program.instructions()[run.place];
            if (run.classical(instruction)) {
                continue;
            }
            switch (instruction) {
                case Instruction.Apply a -> mechanics.apply(a.passes(), rho);
                case Instruction.Evaluated e -> mechanics.evaluated(e.operation(), run, rho);
                case Instruction.Sum s -> mechanics.sum(s, rho, pool);
                case Instruction.Measure m when statesMatter && !program.isReadAfter(run.place) -> {
                    mechanics.decohere(rho, m);
                    recordAnything(m, run);
                }
                case Instruction.Choose c
                        when statesMatter
                                && c.herald() != null
                                && !program.isReadAfter(run.place) -> {
                    mechanics.sum(unheralded(c), rho, pool);
                    run.record(false, -1);
                }
                case Instruction.Constant c when statesMatter && !program.isReadAfter(run.place) ->
                        run.record(c.result(), c.bit());
                case Instruction.Measure m
                        when !statesMatter && program.isClassicalFrom(run.place + 1) -> {
                    last(m, run, rho, share);
                    return;
                }
                default -> {
                    Share rest = divide(instruction, run, rho, share);
                    if (rest == null) {
                        return;
                    }
                    share = rest;
                }
            }
            run.place++;
        }
        leaf.visit(run, rho, share);
    }

    /** Fills the record with results that nobody reads. */
    private static void recordAnything(Instruction.Measure m, Run run) {
        for (int bit : m.bits()) {
            run.record(false, bit);
        }
    }

    /** The channel that is left of a heralded one when nobody looks at the herald. */
    private static Instruction.Sum unheralded(Instruction.Choose c) {
        List<List<Pass>> terms = new ArrayList<>();
        for (List<Pass> passes : c.passes()) {
            terms.add(passes == null ? List.of() : passes);
        }
        return new Instruction.Sum(c.probabilities(), terms);
    }

    // ---- dividing -------------------------------------------------------------------------

    private @Nullable Share divide(Instruction instruction, Run run, Amplitudes rho, Share share) {
        mechanics.progress().checkCancelled();
        if (instruction instanceof Instruction.Choose c
                && c.chain() >= 0
                && run.chainHit[c.chain()]) {
            return share;
        }
        double[] p = probabilities(instruction, rho);
        List<Part> parts = parts(p, run, share);
        Part largest = null;
        for (Part part : parts) {
            if (largest == null || part.share.size() > largest.share.size()) {
                largest = part;
            }
        }
        if (largest == null) {
            return null;
        }
        boolean copies = statesMatter || !program.isClassicalFrom(run.place);
        for (Part part : parts) {
            if (part.outcome == largest.outcome) {
                continue;
            }
            count(part.share);
            if (!copies) {
                Run branch = run.copy();
                carryOut(instruction, part.outcome, branch, rho);
                branch.place++;
                follow(branch, rho, part.share);
                continue;
            }
            Amplitudes copy;
            if (part.share instanceof Share.Drawn d) {
                copy = pool.take();
                if (copy == null) {
                    for (int shot : d.shots) {
                        restarts.add(shot);
                    }
                    continue;
                }
                copy.copyFrom(rho, mechanics.runner());
            } else {
                copy = mechanics.copy(rho, pool);
            }
            Run branch = run.copy();
            carryOut(instruction, part.outcome, branch, copy);
            branch.place++;
            follow(branch, copy, part.share);
            pool.give(copy);
        }
        carryOut(instruction, largest.outcome, run, rho);
        return largest.share;
    }

    private void count(Share share) {
        if (share instanceof Share.Exact && ++branches > Branches.MAX_BRANCHES) {
            throw new UnsupportedCircuitException(
                    "The circuit can go more than "
                            + Branches.MAX_BRANCHES
                            + " ways, too many for exact results. Maybe sample it instead.");
        }
    }

    private double[] probabilities(Instruction instruction, Amplitudes rho) {
        return switch (instruction) {
            case Instruction.Measure m -> mechanics.records(rho, m);
            case Instruction.Choose c -> c.probabilities();
            case Instruction.Constant c ->
                    new double[] {1 - c.flipProbability(), c.flipProbability()};
            default -> throw new IllegalStateException("Not random: " + instruction);
        };
    }

    private void carryOut(Instruction instruction, int outcome, Run run, Amplitudes rho) {
        switch (instruction) {
            case Instruction.Measure m -> {
                record(m, outcome, run);
                mechanics.collapse(rho, m, outcome);
            }
            case Instruction.Choose c -> {
                boolean[] herald = c.herald();
                if (herald != null) {
                    run.record(herald[outcome], -1);
                }
                List<Pass> passes = c.passes()[outcome];
                if (passes != null) {
                    mechanics.apply(passes, rho);
                }
                if (c.chain() >= 0 && outcome > 0) {
                    run.chainHit[c.chain()] = true;
                }
            }
            case Instruction.Constant c -> run.record(c.result() != (outcome == 1), c.bit());
            default -> throw new IllegalStateException("Not random: " + instruction);
        }
    }

    private static void record(Instruction.Measure m, int record, Run run) {
        for (int k = 0; k < m.bits().length; k++) {
            run.record((record >> k & 1) != 0, m.bits()[k]);
        }
    }

    /** A measurement after which only classical instructions come: no state is needed. */
    private void last(Instruction.Measure m, Run run, Amplitudes rho, Share share) {
        double[] p = mechanics.records(rho, m);
        List<Part> parts = parts(p, run, share);
        run.place++;
        for (Part part : parts) {
            Run branch = run.copy();
            record(m, part.outcome, branch);
            follow(branch, rho, part.share);
        }
    }

    /** Divides a share among outcomes. */
    private List<Part> parts(double[] p, Run run, Share share) {
        List<Part> parts = new ArrayList<>();
        switch (share) {
            case Share.Exact(double all) -> {
                for (int o = 0; o < p.length; o++) {
                    double part = all * p[o];
                    if (part < Branches.CUT) {
                        lost += part;
                    } else {
                        parts.add(new Part(o, new Share.Exact(part)));
                    }
                }
            }
            case Share.Drawn(int[] shots) -> draw(p, shots, run.draws++, parts);
        }
        return parts;
    }

    private void draw(double[] p, int[] shots, long count, List<Part> parts) {
        double[] before = new double[p.length + 1];
        for (int o = 0; o < p.length; o++) {
            before[o + 1] = before[o] + p[o];
        }
        double total = before[p.length];
        int[] outcome = new int[shots.length];
        int[] sizes = new int[p.length];
        for (int k = 0; k < shots.length; k++) {
            double u = total * CounterRandom.uniform(seed, shots[k], count);
            int at = Arrays.binarySearch(before, u);
            int o = Math.min(at >= 0 ? at : -at - 2, p.length - 1);
            // On the border of outcomes that cannot happen, and behind the last one by rounding.
            while (o < p.length - 1 && p[o] == 0) {
                o++;
            }
            while (o > 0 && p[o] == 0) {
                o--;
            }
            outcome[k] = o;
            sizes[o]++;
        }
        int[][] members = new int[p.length][];
        for (int k = 0; k < shots.length; k++) {
            int o = outcome[k];
            int[] list = members[o];
            if (list == null) {
                list = new int[sizes[o]];
                members[o] = list;
                sizes[o] = 0;
            }
            list[sizes[o]++] = shots[k];
        }
        for (int o = 0; o < p.length; o++) {
            if (members[o] != null) {
                parts.add(new Part(o, new Share.Drawn(members[o])));
            }
        }
    }
}
