package org.jaket.statevector.sparse;

import org.jaket.circuit.observable.PauliString;
import org.jaket.circuit.observable.PauliSum;

import java.util.Arrays;

/**
 * A state by its amplitudes that are not zero. Qubit k is bit k of a basis state's index. Not for
 * use by two threads at once.
 */
public final class SparseState {
    private final int qubits;
    private final SparseAmplitudes amplitudes;

    SparseState(int qubits, SparseAmplitudes amplitudes) {
        this.qubits = qubits;
        this.amplitudes = amplitudes;
        amplitudes.settle();
    }

    /** The number of qubits. */
    public int qubits() {
        return qubits;
    }

    /** How many amplitudes are not zero. */
    public int size() {
        return amplitudes.size;
    }

    /** The basis states whose amplitudes are not zero, increasing; a new array. */
    public long[] indices() {
        long[] indices = Arrays.copyOf(amplitudes.keys, amplitudes.size);
        Arrays.sort(indices);
        return indices;
    }

    /** The real part of an amplitude. */
    public double re(long index) {
        int at = find(index);
        return at < 0 ? 0 : amplitudes.re[at];
    }

    /** The imaginary part of an amplitude. */
    public double im(long index) {
        int at = find(index);
        return at < 0 ? 0 : amplitudes.im[at];
    }

    /** The probability of a basis state. */
    public double probability(long index) {
        int at = find(index);
        return at < 0
                ? 0
                : amplitudes.re[at] * amplitudes.re[at] + amplitudes.im[at] * amplitudes.im[at];
    }

    private int find(long index) {
        if (index < 0 || index >>> qubits != 0) {
            throw new IndexOutOfBoundsException(
                    "amplitude " + index + " of a state of " + qubits + " qubits");
        }
        return amplitudes.find(index);
    }

    /** The sum of all probabilities: 1 up to rounding. */
    public double norm() {
        return amplitudes.norm();
    }

    /**
     * The squared moduli of all amplitudes that were dropped on the way here: each was below 1e-30,
     * what rounding leaves of amplitudes that cancel.
     */
    public double dropped() {
        return amplitudes.dropped();
    }

    /** The largest number of amplitudes on the way here. */
    public int peak() {
        return amplitudes.peak();
    }

    /** The gate after which there were most amplitudes, by name, qubits and number. */
    public String peakGate() {
        return amplitudes.peakGate();
    }

    /**
     * The expectation value of a Pauli string.
     *
     * @throws IllegalArgumentException if it is not Hermitian or has another number of qubits
     */
    public double expectation(PauliString string) {
        if (!string.isHermitian() || string.qubits() != qubits) {
            throw new IllegalArgumentException(
                    string + " is not an observable on " + qubits + " qubits");
        }
        return amplitudes.expectation(string);
    }

    /** The expectation value of a sum of Pauli strings. */
    public double expectation(PauliSum observable) {
        double sum = 0;
        for (PauliSum.Term term : observable.terms()) {
            sum += term.coefficient() * expectation(term.string());
        }
        return sum;
    }
}
