package org.jaket.stabilizer.tableau;

import org.jaket.execution.Progress;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.clifford.Unfolding;

import java.util.List;

/**
 * One noiseless sample of a circuit's measurements, results that are not determined being zero.
 * Frame sampling adds flips to it.
 *
 * <p>Loops are folded: when the state after some turns is held by the same tableau as after earlier
 * ones, and the results that feedback can see are the same, then all that follows repeats, and the
 * remaining turns only copy results. The earlier state is renewed at turns that are powers of two
 * (R. P. Brent, "An improved Monte Carlo factorization algorithm", 1980), so a period is found in a
 * few times its length and two tableaux are held. A loop that does not recur soon and has too many
 * turns to be followed is refused ({@link Unfolding}).
 */
public final class ReferenceSample {
    /** Loops of fewer turns are simply run. */
    private static final long FOLD_FROM = 4;

    private final StabilizerState state;
    private final BitList record = new BitList();
    private final boolean folds;
    private final Progress progress;

    /** How many targets of operations were followed so far. */
    private long work;

    private ReferenceSample(StabilizerState state, boolean folds, Progress progress) {
        this.state = state;
        this.folds = folds;
        this.progress = progress;
    }

    /**
     * Computes the sample.
     *
     * @param steps a lowered circuit without branches, while loops and assignments
     * @param qubits its number of qubits
     * @param folds whether repeats are folded
     * @param progress asked now and then whether to stop
     * @return the results, packed, at least one word
     * @throws org.jaket.circuit.CircuitException naming a loop that has too many turns to be
     *     followed, if it cannot be folded
     */
    public static long[] of(List<Step> steps, int qubits, boolean folds, Progress progress) {
        return of(steps, new StabilizerState(qubits), folds, progress);
    }

    /** The sample of a circuit that starts in a state, which it changes. */
    static long[] of(List<Step> steps, StabilizerState state, boolean folds, Progress progress) {
        if (!folds) {
            Unfolding.requireFeasible(steps, "Maybe let its loops be folded?");
        }
        ReferenceSample sample = new ReferenceSample(state, folds, progress);
        sample.run(steps);
        return sample.record.toWords();
    }

    /**
     * The first part of a reference.
     *
     * @param results its results, packed, at least one word
     * @param state the state behind it
     */
    public record Prefix(long[] results, StabilizerState state) {}

    /** Computes the sample of the first part of a circuit, folded, and the state behind it. */
    public static Prefix prefix(List<Step> steps, int qubits, Progress progress) {
        ReferenceSample sample = new ReferenceSample(new StabilizerState(qubits), true, progress);
        sample.run(steps);
        return new Prefix(sample.record.toWords(), sample.state);
    }

    private void run(List<Step> steps) {
        for (Step step : steps) {
            work += Unfolding.work(step);
            switch (step) {
                case Step.Unitary u -> state.apply(u);
                case Step.Rotate r -> state.rotate(r);
                case Step.Feedback f -> {
                    if (f.lookback() > record.size()) {
                        throw new IllegalArgumentException(
                                "rec[-%d] refers to a measurement before the first one; there are %d so far."
                                        .formatted(f.lookback(), record.size()));
                    }
                    if (record.get(record.size() - f.lookback())) {
                        state.applyPauli(f.qubit(), f.pauli());
                    }
                }
                case Step.Reset r -> state.reset(r.basis(), r.qubits(), () -> false);
                case Step.Measure m -> measure(m);
                case Step.MeasureProduct m -> record.add(state.measure(m.product(), () -> false));
                case Step.MeasureAbsence m -> {
                    for (boolean value : m.inverted()) {
                        record.add(value);
                    }
                }
                case Step.Pad p -> {
                    for (boolean value : p.values()) {
                        record.add(value);
                    }
                }
                case Step.PauliNoise n -> {
                    if (n.noise().isHeralded()) {
                        for (int k = 0; k < n.targets().length; k++) {
                            record.add(false);
                        }
                    }
                }
                case Step.SweepPauli s -> {}
                case Step.Correlated c -> {}
                case Step.Detector d -> {}
                case Step.Observable o -> {}
                case Step.Loop l -> loop(l);
                case Step.Branch b -> throw new AssertionError(b);
                case Step.WhileLoop w -> throw new AssertionError(w);
                case Step.Assign a -> throw new AssertionError(a);
            }
        }
    }

    private void measure(Step.Measure m) {
        boolean[] results = new boolean[m.qubits().length];
        state.measure(m.basis(), m.resets(), m.qubits(), () -> false, results);
        for (int k = 0; k < results.length; k++) {
            record.add(results[k] ^ m.inverted()[k]);
        }
    }

    private void loop(Step.Loop loop) {
        if (!folds || loop.count() < FOLD_FROM) {
            for (long k = 0; k < loop.count(); k++) {
                progress.checkCancelled();
                run(loop.body());
            }
            return;
        }
        long sight = feedbackSight(loop.body());
        StabilizerState earlier = state.copy();
        long earlierTurn = 0;
        long earlierSize = record.size();
        long start = work;
        for (long turn = 1; turn <= loop.count(); turn++) {
            progress.checkCancelled();
            run(loop.body());
            work++;
            if (state.sameTableau(earlier)
                    && record.sameBefore(record.size(), earlierSize, sight)) {
                long period = turn - earlierTurn;
                long left = loop.count() - turn;
                record.repeatTail(record.size() - earlierSize, left / period);
                for (long k = 0; k < left % period; k++) {
                    run(loop.body());
                }
                return;
            }
            Unfolding.requireRecurrence(loop, turn, work - start, Unfolding.MAX_TARGETS);
            if ((turn & turn - 1) == 0) {
                earlier = state.copy();
                earlierTurn = turn;
                earlierSize = record.size();
            }
        }
    }

    /** How far back feedback in the steps can see. */
    private static long feedbackSight(List<Step> steps) {
        long sight = 0;
        for (Step step : steps) {
            switch (step) {
                case Step.Feedback f -> sight = Math.max(sight, f.lookback());
                case Step.Loop l -> sight = Math.max(sight, feedbackSight(l.body()));
                default -> {}
            }
        }
        return sight;
    }
}
