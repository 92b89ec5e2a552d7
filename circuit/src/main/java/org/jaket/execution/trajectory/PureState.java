package org.jaket.execution.trajectory;

import org.jaket.circuit.observable.PauliString;
import org.jspecify.annotations.Nullable;

/**
 * A pure state as a run changes it, in an engine's own representation. Bits of outcomes are packed:
 * result j is bit j mod 64 of word j / 64, and bit j of a matrix index belongs to the j-th qubit of
 * a list. States are normalised after every call. Not thread-safe.
 *
 * @param <S> the engine's state
 */
public interface PureState<S extends PureState<S>> {
    /** Applies a gate. */
    void apply(ElementaryGate gate);

    /** The probability that a qubit is found in 1. */
    double probabilityOfOne(int qubit);

    /**
     * Prepares drawing joint outcomes of distinct qubits; valid until the state changes. One
     * sampler is for one thread.
     */
    OutcomeSampler sampler(int[] qubits);

    /** Keeps the part of the state in which the qubits have the given values, which is possible. */
    void collapse(int[] qubits, long[] outcome);

    /** The reduced density matrix of a few qubits, row by row, interleaved. */
    double[] density(int[] qubits);

    /** Applies a matrix that need not be unitary, row by row, interleaved, and normalises. */
    void operate(int[] qubits, double[] matrix);

    /** The expectation value of a Pauli string of phase +1 or -1. */
    double expectation(PauliString string);

    /** An independent copy, or null if it would not fit into memory. */
    @Nullable S copy();

    /** The state is not used any more. */
    void close();
}
