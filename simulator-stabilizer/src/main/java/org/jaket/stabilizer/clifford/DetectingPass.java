package org.jaket.stabilizer.clifford;

import org.jaket.circuit.Pauli;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Walks backwards through a circuit and keeps, at every moment, the Pauli product that each
 * detector and observable watches: what would flip it if it happened there.
 *
 * <p>Detectors are numbered from 0, observables from {@link #OBSERVABLES}.
 */
public final class DetectingPass {
    /** The number of observable 0. */
    public static final long OBSERVABLES = 1L << 62;

    private static final int MAX_QUBIT = Integer.MAX_VALUE;

    /** Takes note of products that anticommute with a measurement or reset. */
    public interface AntiCommutation {
        /**
         * A product that anticommutes with what happens to a qubit, so that its detector is random.
         *
         * @param which the detector or observable
         * @param qubit the qubit; of a measured product the last one (the smaller of the last ones
         *     of its X and Z parts)
         */
        void note(long which, int qubit, Pauli basis);
    }

    private final AntiCommutation noter;
    private PauliSets watched;
    private Map<Long, long[]> results = new HashMap<>();
    private long measured;
    private long detected;

    /**
     * Starts at the end of a circuit.
     *
     * @param qubits its qubits
     * @param results its results
     * @param detectors its detectors
     */
    public DetectingPass(int qubits, long results, long detectors, AntiCommutation noter) {
        this.watched = new PauliSets(qubits);
        this.measured = results;
        this.detected = detectors;
        this.noter = noter;
    }

    /** What a number stands for: {@code D5} or {@code L0}. */
    public static String name(long which) {
        return which < OBSERVABLES ? "D" + which : "L" + (which - OBSERVABLES);
    }

    /** The products, by qubit. */
    public PauliSets watched() {
        return watched;
    }

    /** Forgets some detectors and observables (a sorted set). */
    public void forget(long[] which) {
        watched.mapSets(
                set -> Arrays.stream(set).filter(d -> Arrays.binarySearch(which, d) < 0).toArray());
    }

    /** The start of the circuit, where all qubits are in the state 0. */
    public void undoStart() {
        for (int q = 0; q < watched.qubits(); q++) {
            for (long d : watched.x(q)) {
                noter.note(d, q, Pauli.I);
            }
        }
    }

    /** Goes back over a step, whole loops included. */
    public void undo(Step step) {
        switch (step) {
            case Step.Unitary u -> watched.undo(u);
            case Step.Rotate r -> watched.rotate(r.product());
            case Step.Feedback f -> {
                long[] against = watched.against(f.qubit(), f.pauli());
                if (against.length > 0) {
                    results.merge(measured - f.lookback(), against, PauliSets::sum);
                }
            }
            case Step.Reset r -> {
                notePaulis(r.qubits(), r.basis());
                for (int q : r.qubits()) {
                    watched.clear(q);
                }
            }
            case Step.Measure m -> {
                notePaulis(m.qubits(), m.basis());
                for (int k = m.qubits().length - 1; k >= 0; k--) {
                    int q = m.qubits()[k];
                    if (m.resets()) {
                        watched.clear(q);
                    }
                    watched.multiply(q, m.basis(), takeResult());
                }
            }
            case Step.MeasureProduct m -> {
                note(watched.against(m.product()), m.product());
                watched.multiply(m.product(), takeResult());
            }
            case Step.MeasureAbsence m -> takeResults(m.qubits().length);
            case Step.Pad p -> takeResults(p.values().length);
            case Step.PauliNoise n -> takeResults(n.noise().isHeralded() ? n.targets().length : 0);
            case Step.Detector d -> watch(d.lookbacks(), --detected);
            case Step.Observable o -> {
                watch(o.lookbacks(), OBSERVABLES + o.index());
                watched.multiply(o.paulis(), new long[] {OBSERVABLES + o.index()});
            }
            case Step.Loop l -> undo(l, l.count());
            case Step.SweepPauli s -> {}
            case Step.Correlated c -> {}
            case Step.Branch b -> throw new AssertionError(b);
            case Step.WhileLoop w -> throw new AssertionError(w);
            case Step.Assign a -> throw new AssertionError(a);
        }
    }

    /**
     * Goes back over the last turns of a loop. When the products come again, shifted by the
     * detectors of some turns, all turns that repeat this are skipped (the earlier state is renewed
     * at powers of two: R. P. Brent, "An improved Monte Carlo factorization algorithm", 1980).
     */
    public void undo(Step.Loop loop, long turns) {
        State earlier = state();
        long earlierTurn = 0;
        for (long turn = 1; turn <= turns; turn++) {
            for (int k = loop.body().size() - 1; k >= 0; k--) {
                undo(loop.body().get(k));
            }
            if (isShifted(earlier)) {
                long period = turn - earlierTurn;
                long skipped = (turns - turn) / period;
                if (skipped > 0) {
                    shift(
                            (earlier.detected - detected) * skipped,
                            (earlier.measured - measured) * skipped);
                    turn += skipped * period;
                    earlier = state();
                    earlierTurn = turn;
                }
            } else if ((turn & turn - 1) == 0) {
                earlier = state();
                earlierTurn = turn;
            }
        }
    }

    private record State(
            PauliSets watched, Map<Long, long[]> results, long measured, long detected) {}

    private State state() {
        return new State(watched.copy(), new HashMap<>(results), measured, detected);
    }

    private boolean isShifted(State earlier) {
        long detectors = earlier.detected - detected;
        long shift = earlier.measured - measured;
        if (results.size() != earlier.results.size()) {
            return false;
        }
        for (int q = 0; q < watched.qubits(); q++) {
            if (!same(watched.x(q), earlier.watched.x(q), detectors)
                    || !same(watched.z(q), earlier.watched.z(q), detectors)) {
                return false;
            }
        }
        for (Map.Entry<Long, long[]> entry : results.entrySet()) {
            long[] before = earlier.results.get(entry.getKey() + shift);
            if (before == null || !same(entry.getValue(), before, detectors)) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(long[] now, long[] before, long detectors) {
        if (now.length != before.length) {
            return false;
        }
        for (int k = 0; k < now.length; k++) {
            if (now[k] + (now[k] < OBSERVABLES ? detectors : 0) != before[k]) {
                return false;
            }
        }
        return true;
    }

    /** Moves everything back by some detectors and results. */
    private void shift(long detectors, long more) {
        UnaryOperator<long[]> moved =
                set -> Arrays.stream(set).map(d -> d < OBSERVABLES ? d - detectors : d).toArray();
        watched.mapSets(moved);
        Map<Long, long[]> shifted = new HashMap<>();
        results.forEach((result, set) -> shifted.put(result - more, moved.apply(set)));
        results = shifted;
        detected -= detectors;
        measured -= more;
    }

    private void watch(int[] lookbacks, long which) {
        for (int lookback : lookbacks) {
            if (lookback > measured) {
                throw new IllegalArgumentException(
                        "rec[-%d] refers to a measurement before the first one; there are %d so far."
                                .formatted(lookback, measured));
            }
            results.merge(measured - lookback, new long[] {which}, PauliSets::sum);
        }
    }

    private long[] takeResult() {
        long[] set = results.remove(--measured);
        return set == null ? PauliSets.EMPTY : set;
    }

    private void takeResults(int count) {
        for (int k = 0; k < count; k++) {
            results.remove(--measured);
        }
    }

    private void notePaulis(int[] qubits, Pauli basis) {
        for (int k = qubits.length - 1; k >= 0; k--) {
            for (long d : watched.against(qubits[k], basis)) {
                noter.note(d, qubits[k], basis);
            }
        }
    }

    private void note(long[] against, Step.Product product) {
        if (against.length == 0) {
            return;
        }
        int x = product.xs().length > 0 ? product.xs()[product.xs().length - 1] : MAX_QUBIT;
        int z = product.zs().length > 0 ? product.zs()[product.zs().length - 1] : MAX_QUBIT;
        for (long d : against) {
            noter.note(d, Math.min(x, z), Pauli.I);
        }
    }
}
