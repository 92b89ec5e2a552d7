package org.jaket.stabilizer.flow;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.observable.PauliString;
import org.jaket.stabilizer.TableauSimulator;
import org.jaket.stabilizer.clifford.Lowering;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.stabilizer.tableau.StabilizerState;

import java.util.List;
import java.util.Objects;

/** How many results of a circuit are determined by those before. */
public final class DeterminedResults {
    private final StabilizerState state;
    private final java.util.BitSet record = new java.util.BitSet();
    private int recorded;
    private long determined;

    private DeterminedResults(int qubits) {
        state = new StabilizerState(qubits);
    }

    /**
     * Counts the results that are certain at the time they are measured. In a good memory
     * experiment this is the number of detectors and observables. Noise is ignored.
     *
     * @param unknownInput whether qubits start in a state that is not known, instead of the zero
     *     state
     * @throws org.jaket.execution.UnsupportedCircuitException if the circuit is not Clifford or
     *     branches on results
     */
    public static long count(Circuit circuit, boolean unknownInput) {
        int n = circuit.qubits();
        DeterminedResults walk = new DeterminedResults(unknownInput ? 2 * n : n);
        if (unknownInput) {
            // Half of an entangled pair is a qubit that nothing is known about.
            TableauSimulator pairs = new TableauSimulator(2 * n, 0);
            for (int q = 0; q < n; q++) {
                pairs.apply(StandardGate.H, q);
                pairs.apply(StandardGate.CX, q, n + q);
            }
        }
        walk.run(Lowering.of(circuit.requireBound()));
        return walk.determined;
    }

    private void run(List<Step> steps) {
        Objects.requireNonNull(steps);
    }
}
