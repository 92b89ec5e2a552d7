package org.jaket.execution.trajectory;

import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Distribution;
import org.jaket.execution.Progress;
import org.jaket.execution.UnsupportedCircuitException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows every way a program can go, with its exact probability: outcomes of measurements and
 * resets, errors, Kraus operators. Joint measurements are followed qubit by qubit.
 *
 * @param <S> the engine's state
 */
public final class Branches<S extends PureState<S>> {
    /** More branches than this are not followed. */
    public static final int MAX_BRANCHES = 1 << 20;

    /** A branch or outcome less probable than this is given up; what is lost is reported. */
    public static final double CUT = 1e-18;

    /** What is done with the state at the end of a branch. */
    @FunctionalInterface
    public interface Leaf<S> {
        /** Sees a state and the probability of getting there. */
        void visit(S state, double probability);
    }

    @FunctionalInterface
    private interface Outcome<S> {
        void carryOut(Run run, S state);
    }

    private record Branch<S>(double probability, Outcome<S> outcome) {}

    private final Program program;
    private final Progress progress;
    private final Leaf<S> leaf;
    private final boolean statesMatter;
    private final Map<String, Double> results = new HashMap<>();
    private double lost;
    private int branches = 1;

    private Branches(Program program, Progress progress, Leaf<S> leaf, boolean statesMatter) {
        this.program = program;
        this.progress = progress;
        this.leaf = leaf;
        this.statesMatter = statesMatter;
    }

    /**
     * The distribution of the program's result bits.
     *
     * @param zero all qubits in 0; closed at the end
     * @throws UnsupportedCircuitException if there are too many ways, or too many states open
     */
    public static <S extends PureState<S>> Distribution distribution(
            Program program, S zero, Progress progress) {
        Branches<S> b = new Branches<>(program, progress, (s, p) -> {}, false);
        b.follow(new Run(program), zero, 1);
        return new Distribution(b.results, b.lost);
    }

    /**
     * Visits the final state of every branch; returns the probability that was given up.
     *
     * @param zero all qubits in 0; closed at the end
     * @throws UnsupportedCircuitException if there are too many ways, or too many states open
     */
    public static <S extends PureState<S>> double leaves(
            Program program, S zero, Progress progress, Leaf<S> leaf) {
        Branches<S> b = new Branches<>(program, progress, leaf, true);
        b.follow(new Run(program), zero, 1);
        return b.lost;
    }

    /**
     * The exact expectation value in the state that the program prepares, averaged over every way
     * it can go.
     *
     * @param zero all qubits in 0; closed at the end
     * @throws IllegalArgumentException if the observable has another number of qubits
     * @throws UnsupportedCircuitException if there are too many ways, or too many states open
     */
    public static <S extends PureState<S>> double expectation(
            Program program, S zero, PauliSum observable) {
        check(program, observable);
        double[] sum = new double[1];
        leaves(program, zero, Progress.NONE, (state, p) -> sum[0] += p * value(state, observable));
        return sum[0];
    }

    static void check(Program program, PauliSum observable) {
        if (observable.qubits() != program.circuit().qubits()) {
            throw new IllegalArgumentException(
                    "The observable has "
                            + observable.qubits()
                            + " qubits, the circuit "
                            + program.circuit().qubits());
        }
    }

    static double value(PureState<?> state, PauliSum observable) {
        double sum = 0;
        for (PauliSum.Term term : observable.terms()) {
            sum += term.coefficient() * state.expectation(term.string());
        }
        return sum;
    }

    private void follow(Run run, S state, double probability) {
        double p = probability;
        while (p > 0 && run.advance(state, progress)) {
            if (run.step() instanceof Step.Measure m) {
                p = measure(m, 0, new long[(m.qubits().length + 63) >> 6], run, state, p);
            } else {
                p *= divide(run, state, p, outcomes(run, state));
                run.place++;
            }
        }
        if (p > 0) {
            leaf.visit(state, p);
            add(run, p);
        }
        state.close();
    }

    /**
     * Follows the less probable outcomes of the results from {@code next} on; returns what is left.
     */
    private double measure(
            Step.Measure m, int next, long[] outcome, Run run, S state, double probability) {
        double p = probability;
        boolean last = !statesMatter && program.isClassicalFrom(run.place + 1);
        for (int k = next; k < m.qubits().length && p > 0; k++) {
            double one = Math.clamp(state.probabilityOfOne(m.qubits()[k]), 0, 1);
            boolean likely = one > 0.5;
            double other = likely ? 1 - one : one;
            int here = k;
            if (other > 0 && p * other < CUT) {
                lost += p * other;
            } else if (other > 0) {
                count();
                S copy = copy(state);
                long[] there = outcome.clone();
                set(there, here, !likely);
                copy.collapse(new int[] {m.qubits()[here]}, new long[] {likely ? 0 : 1});
                Run branch = run.copy();
                double rest = measure(m, here + 1, there, branch, copy, p * other);
                if (rest > 0) {
                    follow(branch, copy, rest);
                } else {
                    copy.close();
                }
            }
            p *= 1 - other;
            set(outcome, here, likely);
            boolean needed = !last || k + 1 < m.qubits().length;
            if (other > 0 && needed) {
                state.collapse(new int[] {m.qubits()[k]}, new long[] {likely ? 1 : 0});
            }
        }
        return p > 0 ? records(m, 0, outcome, new long[outcome.length], run, state, p) : 0;
    }

    private static void set(long[] words, int bit, boolean value) {
        long mask = 1L << bit;
        words[bit >> 6] = value ? words[bit >> 6] | mask : words[bit >> 6] & ~mask;
    }

    /** Follows the ways in which records of an outcome can be wrong; goes on with them right. */
    private double records(
            Step.Measure m,
            int next,
            long[] outcome,
            long[] wrong,
            Run run,
            S state,
            double probability) {
        double p = probability;
        for (int k = next; k < m.qubits().length; k++) {
            double flip = m.flipProbability()[k];
            if (flip > 0 && p * flip < CUT) {
                lost += p * flip;
            } else if (flip > 0) {
                count();
                long[] flipped = wrong.clone();
                set(flipped, k, true);
                Run branch = run.copy();
                S copy = copy(state);
                follow(branch, copy, records(m, k + 1, outcome, flipped, branch, copy, p * flip));
            }
            p *= 1 - flip;
        }
        run.record(m, outcome, wrong);
        run.place++;
        return p;
    }

    /** Follows all branches but the most probable, which goes on in place; returns its share. */
    private double divide(Run run, S state, double probability, List<Branch<S>> all) {
        int inPlace = 0;
        for (int k = 1; k < all.size(); k++) {
            inPlace = all.get(k).probability > all.get(inPlace).probability ? k : inPlace;
        }
        for (int k = 0; k < all.size(); k++) {
            Branch<S> b = all.get(k);
            if (k == inPlace || b.probability == 0) {
                continue;
            }
            if (probability * b.probability < CUT) {
                lost += probability * b.probability;
                continue;
            }
            count();
            S copy = copy(state);
            Run branch = run.copy();
            b.outcome.carryOut(branch, copy);
            branch.place++;
            follow(branch, copy, probability * b.probability);
        }
        all.get(inPlace).outcome.carryOut(run, state);
        return all.get(inPlace).probability;
    }

    private S copy(S state) {
        S copy = state.copy();
        if (copy == null) {
            throw new UnsupportedCircuitException(
                    "The states of all the ways that the circuit can go do not fit into memory."
                            + " Maybe sample it instead.");
        }
        return copy;
    }

    private void count() {
        if (++branches > MAX_BRANCHES) {
            throw new UnsupportedCircuitException(
                    "The circuit can go more than "
                            + MAX_BRANCHES
                            + " ways, too many for exact probabilities. Maybe sample it instead.");
        }
        progress.report(branches, 0);
        progress.checkCancelled();
    }

    private List<Branch<S>> outcomes(Run run, S state) {
        List<Branch<S>> all = new ArrayList<>();
        switch (run.step()) {
            case Step.Reset r -> {
                double one = Math.clamp(state.probabilityOfOne(r.qubit()), 0, 1);
                all.add(new Branch<>(1 - one, (b, s) -> Outcomes.reset(s, r.qubit(), false)));
                all.add(new Branch<>(one, (b, s) -> Outcomes.reset(s, r.qubit(), true)));
            }
            case Step.Choose c when c.chain() >= 0 && run.chainHit[c.chain()] ->
                    all.add(new Branch<>(1, (r, s) -> {}));
            case Step.Choose c -> {
                for (int o = 0; o < c.probabilities().length; o++) {
                    int which = o;
                    all.add(
                            new Branch<>(
                                    c.probabilities()[o],
                                    (r, s) -> Outcomes.choose(r, s, c, which)));
                }
            }
            case Step.Kraus k -> {
                double[] p = Outcomes.probabilities(state, k);
                for (int o = 0; o < p.length; o++) {
                    double[] operator = k.operators().get(o);
                    all.add(new Branch<>(p[o], (r, s) -> s.operate(k.qubits(), operator)));
                }
            }
            case Step.Constant c -> {
                double f = c.flipProbability();
                all.add(new Branch<>(1 - f, (r, s) -> r.record(c.result(), c.bit())));
                all.add(new Branch<>(f, (r, s) -> r.record(!c.result(), c.bit())));
            }
            default -> throw new IllegalStateException("not random: " + run.step());
        }
        return all;
    }

    private void add(Run run, double probability) {
        long[] words = new long[program.layout().words()];
        run.write(words, 0);
        results.merge(program.layout().format(words, 0), probability, Double::sum);
        if (results.size() > MAX_BRANCHES * 4) {
            throw new UnsupportedCircuitException(
                    "The circuit has more than "
                            + MAX_BRANCHES * 4
                            + " different results, too many to list. Maybe sample it instead.");
        }
    }
}
