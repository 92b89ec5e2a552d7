package org.jaket.mps;

import org.jaket.circuit.observable.PauliString;
import org.jaket.circuit.observable.PauliSum;

/** A state as a chain of matrices, to read. Not for use by two threads at once. */
public final class MatrixProductState {
    private final int qubits;
    private final ChainState state;

    MatrixProductState(int qubits, ChainState state) {
        this.qubits = qubits;
        this.state = state;
    }

    /** The number of qubits. */
    public int qubits() {
        return qubits;
    }

    /**
     * The amplitude of a basis state as {re, im}, in O(n chi^2).
     *
     * @param bits one character 0 or 1 a qubit, the highest qubit first
     */
    public double[] amplitude(String bits) {
        if (bits.length() != qubits || !bits.matches("[01]*")) {
            throw new IllegalArgumentException(
                    "a basis state of " + qubits + " qubits is that many 0s and 1s, not " + bits);
        }
        boolean[] ones = new boolean[qubits];
        for (int q = 0; q < qubits; q++) {
            ones[q] = bits.charAt(qubits - 1 - q) == '1';
        }
        return state.amplitude(ones);
    }

    /**
     * The expectation value of a Pauli string, in O(n chi^3).
     *
     * @throws IllegalArgumentException if it is not Hermitian or has another number of qubits
     */
    public double expectation(PauliString string) {
        if (!string.isHermitian() || string.qubits() != qubits) {
            throw new IllegalArgumentException(
                    string + " is not an observable on " + qubits + " qubits");
        }
        return state.expectation(string);
    }

    /** The expectation value of a sum of Pauli strings. */
    public double expectation(PauliSum observable) {
        double sum = 0;
        for (PauliSum.Term term : observable.terms()) {
            sum += term.coefficient() * expectation(term.string());
        }
        return sum;
    }

    /**
     * The bond dimensions along the chain. The order of the qubits on it is the one in which gates
     * have left them.
     */
    public int[] bonds() {
        return state.bonds();
    }

    /** What was lost on the way. */
    public Truncation truncation() {
        return state.truncation();
    }
}
