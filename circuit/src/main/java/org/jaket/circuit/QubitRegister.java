package org.jaket.circuit;

/**
 * A named run of a circuit's qubits.
 *
 * @param name unique in the circuit
 * @param first its first qubit
 * @param size at least 1
 */
public record QubitRegister(String name, int first, int size) {
    /** Checks name and size. */
    public QubitRegister {
        if (name.isBlank() || first < 0 || size < 1) {
            throw new CircuitException(
                    "a qubit register needs a name and at least one qubit: \""
                            + name
                            + "\" of "
                            + size);
        }
    }

    /** Qubit {@code index} of this register as a qubit of the circuit. */
    public int qubit(int index) {
        if (index < 0 || index >= size) {
            throw new CircuitException(
                    "register " + name + " has qubits 0 to " + (size - 1) + ", not " + index);
        }
        return first + index;
    }
}
