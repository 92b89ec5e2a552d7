package org.jaket.stabilizer.sensitivity;

import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.gate.CliffordAction;
import org.jaket.stabilizer.clifford.Features;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.clifford.Unfolding;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The rules by which {@link Sensitivities} change on the way from the end of a circuit to its
 * start.
 *
 * <p>A gate maps an error before it to one behind it, so an error flips what its image flips. A
 * measurement adds what depends on its result to the errors that flip that result; feedback lets a
 * result flip what its Pauli flips. Behind a collapse the operator it collapses to does nothing, so
 * what that operator would flip is random: the listener says what then. Noise flips nothing by
 * itself, so it is passed over; who lists errors looks at the sensitivities where they are.
 *
 * <p>Costs a few set additions a target.
 */
public final class BackwardWalk {
    /** What is noted on the way. */
    public interface Listener {
        /** Targets, or what takes about as long, are about to be gone through. */
        default void walked(long targets) {}

        /**
         * A result was stepped over.
         *
         * @param row what its being wrong flips, until the next change; -1 for nothing
         */
        default void result(int row) {}

        /**
         * What errors at a collapse flip is random.
         *
         * @param row what is flipped as a whole, not empty; may be the scratch row
         * @param step the measurement or reset; null for the start of the circuit, in the state 0
         * @param qubit the qubit; of a measured product the last one (the smaller of the last ones
         *     of its X and Z parts)
         */
        void random(int row, @Nullable Step step, int qubit);
    }

    /** How many targets are gone through at most where loops do not come to repeat themselves. */
    private static final long MOST_WALKED = 1L << 29;

    /** Base-two logarithm of how many ids are gone through in the time that a target takes. */
    public static final int EFFORT_SHIFT = 3;

    private final Sensitivities state;
    private final Listener listener;
    private final RowMoves moves = new RowMoves();
    private long walked;

    /** A walk that goes on from a state, which it changes. */
    public BackwardWalk(Sensitivities state, Listener listener) {
        this.state = state;
        this.listener = listener;
    }

    /** Steps over steps, the last one first. */
    public void undo(List<Step> steps) {
        for (int k = steps.size() - 1; k >= 0; k--) {
            undo(steps.get(k));
        }
    }

    /**
     * Steps over a step; of loops over all turns, those that repeat themselves at once. What the
     * listener hears of is then only what was walked.
     */
    public void undo(Step step) {
        switch (step) {
            case Step.Unitary u -> unitary(u);
            case Step.Rotate r -> rotate(r.product());
            case Step.Feedback f -> feedback(f);
            case Step.Reset r -> {
                walked(r.qubits().length);
                for (int k = r.qubits().length - 1; k >= 0; k--) {
                    reset(r.basis(), r.qubits()[k], r);
                }
            }
            case Step.Measure m -> {
                walked(m.qubits().length);
                for (int k = m.qubits().length - 1; k >= 0; k--) {
                    measure(m, m.qubits()[k]);
                }
            }
            case Step.MeasureProduct m -> measure(m);
            case Step.MeasureAbsence m -> constants(m.qubits().length);
            case Step.Pad p -> constants(p.values().length);
            case Step.PauliNoise n -> {
                for (int k = Features.results(n); k > 0; k--) {
                    state.popResult();
                }
            }
            case Step.Detector d -> detector(d);
            case Step.Observable o -> observable(o);
            case Step.Loop l -> loop(l);
            case Step.SweepPauli s -> {}
            case Step.Correlated c -> {}
            case Step.Branch b -> throw new AssertionError(b);
            case Step.WhileLoop w -> throw new AssertionError(w);
            case Step.Assign a -> throw new AssertionError(a);
        }
    }

    private void loop(Step.Loop loop) {
        Recurrence recurrence = new Recurrence(state);
        long start = walked + (state.effort() >> EFFORT_SHIFT);
        long turns = 0;
        long left = loop.count();
        boolean recurs = false;
        while (left > 0) {
            undo(loop.body());
            walked(1);
            left--;
            turns++;
            if (!recurs) {
                long work = walked + (state.effort() >> EFFORT_SHIFT) - start;
                Unfolding.requireRecurrence(loop, turns, work, MOST_WALKED);
            }
            if (walked > MOST_WALKED) {
                throw new CircuitException(
                        "the circuit is too long to be followed: its loops do not repeat themselves within %d targets."
                                .formatted(MOST_WALKED));
            }
            Recurrence.Period period = recurrence.after(state);
            if (period != null) {
                long again = left / period.turns();
                state.skip(again * period.detectors(), again * period.results());
                left -= again * period.turns();
                recurs = true;
            }
        }
    }

    private void walked(long targets) {
        walked += targets;
        listener.walked(targets);
    }

    /** The start of the circuit, where all qubits are in the state 0. */
    public void begin() {
        for (int q = 0; q < state.qubits(); q++) {
            randomIfAny(Sensitivities.byZ(q), null, q);
        }
    }

    // Gates.

    private void unitary(Step.Unitary u) {
        CliffordAction action = u.forward();
        int[] gateMoves = moves.of(action);
        if (gateMoves.length == 0) {
            return;
        }
        int[] targets = u.targets();
        int arity = action.qubits();
        walked(targets.length);
        for (int start = targets.length - arity; start >= 0; start -= arity) {
            for (int move : gateMoves) {
                int to = RowMoves.to(move);
                int from = RowMoves.from(move);
                int toRow = 2 * targets[start + (to >> 1)] + (to & 1);
                int fromRow = 2 * targets[start + (from >> 1)] + (from & 1);
                if (RowMoves.isExchange(move)) {
                    state.exchange(toRow, fromRow);
                } else {
                    state.add(toRow, fromRow);
                }
            }
        }
    }

    /** An error that anticommutes with the product becomes itself times the product. */
    private void rotate(Step.Product product) {
        walked(letters(product));
        addToAnticommuting(product, flippedBy(product));
    }

    private void feedback(Step.Feedback f) {
        walked(1);
        int row = state.resultRow(f.lookback());
        addFlippedBy(f.pauli(), f.qubit(), row);
        state.dropIfEmpty(f.lookback());
    }

    // Collapses.

    private void measure(Step.Measure m, int qubit) {
        if (m.resets()) {
            reset(m.basis(), qubit, m);
        }
        int row = state.popResult();
        listener.result(row);
        if (row >= 0) {
            if (m.basis().hasZ()) {
                state.add(Sensitivities.byX(qubit), row);
            }
            if (m.basis().hasX()) {
                state.add(Sensitivities.byZ(qubit), row);
            }
        }
        if (!m.resets()) {
            collapse(m.basis(), qubit, m);
        }
    }

    private void measure(Step.MeasureProduct m) {
        walked(letters(m.product()) + 1L);
        int row = state.popResult();
        listener.result(row);
        if (row >= 0) {
            addToAnticommuting(m.product(), row);
        }
        int x = last(m.product().xs());
        int z = last(m.product().zs());
        randomIfAny(flippedBy(m.product()), m, Math.min(x, z));
    }

    private static int last(int[] qubits) {
        return qubits.length == 0 ? Integer.MAX_VALUE : qubits[qubits.length - 1];
    }

    private void constants(int count) {
        walked(count);
        for (int k = 0; k < count; k++) {
            listener.result(state.popResult());
        }
    }

    private void reset(Pauli basis, int qubit, Step step) {
        collapse(basis, qubit, step);
        state.clear(Sensitivities.byX(qubit));
        state.clear(Sensitivities.byZ(qubit));
    }

    private void collapse(Pauli basis, int qubit, Step step) {
        randomIfAny(flippedBy(basis, qubit), step, qubit);
    }

    private void randomIfAny(int row, @Nullable Step step, int qubit) {
        if (state.size(row) > 0) {
            listener.random(row, step, qubit);
        }
    }

    // Annotations.

    private void detector(Step.Detector d) {
        walked(1L + d.lookbacks().length);
        int id = state.popDetector();
        for (int lookback : d.lookbacks()) {
            int row = state.resultRow(lookback);
            walked(state.size(row) >> 3);
            state.toggle(row, id);
        }
    }

    private void observable(Step.Observable o) {
        int id = Ids.observable(o.index());
        for (int lookback : o.lookbacks()) {
            state.toggle(state.resultRow(lookback), id);
        }
        for (int q : o.paulis().zs()) {
            state.toggle(Sensitivities.byX(q), id);
        }
        for (int q : o.paulis().xs()) {
            state.toggle(Sensitivities.byZ(q), id);
        }
    }

    // What Paulis flip.

    /** The row of what a Pauli on a qubit flips here; the scratch row if it is no other. */
    public int flippedBy(Pauli pauli, int qubit) {
        if (pauli == Pauli.X) {
            return Sensitivities.byX(qubit);
        }
        if (pauli == Pauli.Z) {
            return Sensitivities.byZ(qubit);
        }
        int row = state.scratchRow();
        state.clear(row);
        addFlippedBy(pauli, qubit, row);
        return row;
    }

    /** The scratch row, filled with what a product flips here. */
    public int flippedBy(Step.Product product) {
        int row = state.scratchRow();
        state.clear(row);
        for (int q : product.xs()) {
            state.add(row, Sensitivities.byX(q));
        }
        for (int q : product.zs()) {
            state.add(row, Sensitivities.byZ(q));
        }
        return row;
    }

    private void addFlippedBy(Pauli pauli, int qubit, int row) {
        if (pauli.hasX()) {
            state.add(row, Sensitivities.byX(qubit));
        }
        if (pauli.hasZ()) {
            state.add(row, Sensitivities.byZ(qubit));
        }
    }

    private void addToAnticommuting(Step.Product product, int row) {
        for (int q : product.zs()) {
            state.add(Sensitivities.byX(q), row);
        }
        for (int q : product.xs()) {
            state.add(Sensitivities.byZ(q), row);
        }
    }

    private static int letters(Step.Product product) {
        return product.xs().length + product.zs().length;
    }
}
