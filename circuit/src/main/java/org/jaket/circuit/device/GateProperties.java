package org.jaket.circuit.device;

import java.util.List;

/**
 * What is known of a gate on certain qubits.
 *
 * @param name as the device spells it, such as {@code sx}
 * @param qubits in the gate's order
 * @param error its average infidelity, from 0 to 1; NaN where it is not known
 * @param length its duration in seconds; NaN where it is not known
 */
public record GateProperties(String name, List<Integer> qubits, double error, double length) {
    /** Copies the list; checks the numbers. */
    public GateProperties {
        qubits = List.copyOf(qubits);
        if (error < 0 || error > 1) {
            throw new IllegalArgumentException(
                    "the error of gate " + name + " is from 0 to 1, not " + error);
        }
        if (length < 0 || Double.isInfinite(length)) {
            throw new IllegalArgumentException(
                    "the length of gate " + name + " is not negative, not " + length);
        }
    }
}
