package org.jaket.stabilizer.tableau;

import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.clifford.Step;

import java.util.List;

/** Expectation values in the state that Clifford gates prepare. */
public final class Expectation {
    private Expectation() {}

    /**
     * The exact expectation value of an observable after the steps, from the zero state.
     *
     * @throws UnsupportedCircuitException if a step is not a Clifford gate
     */
    public static double of(List<Step> steps, int qubits, PauliSum observable) {
        StabilizerState state = new StabilizerState(qubits);
        apply(state, steps);
        double sum = 0;
        for (PauliSum.Term term : observable.terms()) {
            sum += term.coefficient() * state.expectation(term.string());
        }
        return sum;
    }

    private static void apply(StabilizerState state, List<Step> steps) {
        for (Step step : steps) {
            switch (step) {
                case Step.Unitary u -> state.apply(u);
                case Step.Rotate r -> state.rotate(r);
                case Step.Loop l -> {
                    for (long k = 0; k < l.count(); k++) {
                        apply(state, l.body());
                    }
                }
                case Step.SweepPauli s -> {}
                case Step.Detector d -> {}
                case Step.Observable o -> {}
                default ->
                        throw new UnsupportedCircuitException(
                                "Exact expectation values are of circuits of gates alone, and this one has a step %s. Maybe sample it?"
                                        .formatted(step.getClass().getSimpleName()));
            }
        }
    }
}
