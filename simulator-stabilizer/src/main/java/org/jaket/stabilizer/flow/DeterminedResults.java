package org.jaket.stabilizer.flow;

import org.jaket.circuit.Circuit;
import org.jaket.execution.Progress;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.clifford.Lowering;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.tableau.ReferenceSample;
import org.jaket.stabilizer.tableau.StabilizerState;

import java.util.List;

/** How many results of a circuit are determined by those before. */
public final class DeterminedResults {
    private final StabilizerState state;
    private final long[] results;
    private int recorded;
    private long determined;

    private DeterminedResults(int qubits, long[] results) {
        this.state = new StabilizerState(qubits);
        this.results = results;
    }

    /**
     * Counts the results that are certain at the time they are measured: in a memory experiment
     * whose detectors are complete, the detectors and observables. Constants of MPAD count, heralds
     * do not; noise is ignored.
     *
     * @param unknownInput whether qubits start in a state that is not known, instead of the zero
     *     state
     * @throws UnsupportedCircuitException if the circuit is not Clifford or branches on results
     */
    public static long count(Circuit circuit, boolean unknownInput) {
        int n = circuit.qubits();
        List<Step> steps = Lowering.of(circuit.requireBound());
        long[] reference = ReferenceSample.of(steps, n, true, Progress.NONE);
        DeterminedResults walk = new DeterminedResults(unknownInput ? 2 * n : n, reference);
        if (unknownInput) {
            // Half of an entangled pair is a qubit that nothing is known about.
            for (int q = 0; q < n; q++) {
                int a = q;
                walk.run(Lowering.of(Circuit.of(2 * n, c -> c.h(a).cx(a, n + a))));
            }
        }
        walk.run(steps);
        return walk.determined;
    }

    private void run(List<Step> steps) {
        for (Step step : steps) {
            switch (step) {
                case Step.Unitary u -> state.apply(u);
                case Step.Rotate r -> state.rotate(r);
                case Step.Feedback f -> {
                    // Any result will do that is possible: signs do not change what is certain.
                    int at = recorded - f.lookback();
                    if (at >= 0 && (results[at >> 6] >>> at & 1) != 0) {
                        state.applyPauli(f.qubit(), f.pauli());
                    }
                }
                case Step.Reset r -> state.reset(r.basis(), r.qubits(), () -> false);
                case Step.Measure m -> {
                    for (int q : m.qubits()) {
                        measure(FlowTable.single(m.basis(), q, false));
                        if (m.resets()) {
                            state.reset(m.basis(), new int[] {q}, () -> false);
                        }
                    }
                }
                case Step.MeasureProduct m -> measure(m.product());
                case Step.MeasureAbsence m -> {
                    recorded += m.qubits().length;
                    determined += m.qubits().length;
                }
                case Step.Pad p -> {
                    recorded += p.values().length;
                    determined += p.values().length;
                }
                case Step.PauliNoise n ->
                        recorded += n.noise().isHeralded() ? n.targets().length : 0;
                case Step.Loop l -> {
                    for (long k = 0; k < l.count(); k++) {
                        run(l.body());
                    }
                }
                default -> {}
            }
        }
    }

    private void measure(Step.Product product) {
        // A result that is not determined asks for an outcome.
        boolean[] asked = new boolean[1];
        state.measure(
                product,
                () -> {
                    asked[0] = true;
                    return false;
                });
        determined += asked[0] ? 0 : 1;
        recorded++;
    }
}
