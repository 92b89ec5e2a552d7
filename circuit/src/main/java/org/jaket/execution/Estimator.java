package org.jaket.execution;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.observable.PauliSum;

/** Something that gives expectation values of observables in the state that a circuit prepares. */
public interface Estimator {
    /**
     * The expectation value.
     *
     * @throws UnsupportedCircuitException if the engine cannot run the circuit
     * @throws IllegalArgumentException if the observable has another number of qubits than the
     *     circuit
     */
    Estimate expect(Circuit circuit, PauliSum observable);
}
