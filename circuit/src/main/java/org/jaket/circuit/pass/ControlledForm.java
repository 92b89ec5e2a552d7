package org.jaket.circuit.pass;

import org.jaket.circuit.GateOperation;
import org.jaket.circuit.gate.ControlledGate;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.StandardGate;

/**
 * A gate operation with its controls told apart from what they control. Named controlled gates (CX,
 * CCZ, CRY ...) are the controlled forms of smaller ones.
 *
 * @param operation on qubits only, its gate as {@link Expansion} leaves it
 * @param controls how many of the first targets of each application are controls
 * @param pattern bit k: the value that control k must have
 * @param gate what is controlled; takes the operation's parameters
 */
public record ControlledForm(GateOperation operation, int controls, long pattern, Gate gate) {
    /** Takes the controls off a gate. */
    public static ControlledForm of(GateOperation operation) {
        Gate gate = operation.gate();
        long pattern = 0;
        int controls = 0;
        if (gate instanceof ControlledGate c) {
            controls = c.controls();
            pattern = c.pattern();
            gate = c.base();
        }
        while (gate instanceof StandardGate named && named.uncontrolled() != null) {
            gate = named.uncontrolled();
            pattern |= 1L << controls++;
        }
        return new ControlledForm(operation, controls, pattern, gate);
    }

    /** The controls of one application. */
    public int[] controls(int application) {
        int first = application * (controls + gate.qubits());
        return operation.targets().slice(first, first + controls).toArray();
    }

    /** What the gate acts on in one application. */
    public int[] targets(int application) {
        int first = application * (controls + gate.qubits()) + controls;
        return operation.targets().slice(first, first + gate.qubits()).toArray();
    }

    /**
     * The matrix under the controls.
     *
     * @throws org.jaket.circuit.CircuitException if a parameter has no value
     */
    public double[] entries() {
        return gate.matrix(operation.values()).interleaved();
    }
}
