package org.jaket.circuit.noise;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The table of Pauli noise channels, with Stim's names. Arguments are probabilities; the disjoint
 * ones of a channel add up to at most 1.
 */
public enum Noise {
    /** One of X, Y, Z, each with probability p/3. */
    DEPOLARIZE1(1, 1, false, "DEPOLARIZE1"),
    /** One of the 15 two-qubit Paulis, each with probability p/15. */
    DEPOLARIZE2(2, 1, false, "DEPOLARIZE2"),
    /** X with probability p. */
    X_ERROR(1, 1, false, "X_ERROR"),
    /** Y with probability p. */
    Y_ERROR(1, 1, false, "Y_ERROR"),
    /** Z with probability p. */
    Z_ERROR(1, 1, false, "Z_ERROR"),
    /** X, Y, Z with the three given probabilities. */
    PAULI_CHANNEL_1(1, 3, false, "PAULI_CHANNEL_1"),
    /**
     * IX, IY, IZ, XI, ..., ZZ with the fifteen given probabilities; the first letter acts on the
     * first qubit.
     */
    PAULI_CHANNEL_2(2, 15, false, "PAULI_CHANNEL_2"),
    /** The given Pauli product with probability p; opens a chain of ELSE_CORRELATED_ERROR. */
    CORRELATED_ERROR(0, 1, false, "E CORRELATED_ERROR"),
    /** The given Pauli product with probability p if no error of the chain has happened. */
    ELSE_CORRELATED_ERROR(0, 1, false, "ELSE_CORRELATED_ERROR"),
    /** With probability p a uniform Pauli (I, X, Y or Z), heralded by a 1 in the record. */
    HERALDED_ERASE(1, 1, true, "HERALDED_ERASE"),
    /** I, X, Y, Z with the four given probabilities, heralded by a 1 in the record. */
    HERALDED_PAULI_CHANNEL_1(1, 4, true, "HERALDED_PAULI_CHANNEL_1"),
    /** Nothing; keeps numbers for tools that read them. */
    I_ERROR(1, -1, false, "I_ERROR"),
    /** Nothing on pairs; keeps numbers for tools that read them. */
    II_ERROR(2, -1, false, "II_ERROR");

    private static final Map<String, Noise> STIM = new HashMap<>();

    static {
        for (Noise noise : values()) {
            noise.stim.forEach(name -> STIM.put(name, noise));
        }
    }

    private final int qubits;
    private final int arguments;
    private final boolean heralded;
    private final List<String> stim;

    Noise(int qubits, int arguments, boolean heralded, String stim) {
        this.qubits = qubits;
        this.arguments = arguments;
        this.heralded = heralded;
        this.stim = List.of(stim.split(" "));
    }

    /** The channel that Stim text calls {@code name} (upper case), or null. */
    public static @Nullable Noise ofStim(String name) {
        return STIM.get(name);
    }

    /** Stim's names, the one that is printed first. */
    public List<String> stimNames() {
        return stim;
    }

    /** Qubits of one application: 1, 2, or 0 when the whole target list is one Pauli product. */
    public int qubits() {
        return qubits;
    }

    /** How many probabilities the channel takes; -1 for any number. */
    public int arguments() {
        return arguments;
    }

    /** Whether each target adds a result to the measurement record. */
    public boolean isHeralded() {
        return heralded;
    }
}
