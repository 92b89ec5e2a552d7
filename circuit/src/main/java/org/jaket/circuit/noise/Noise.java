package org.jaket.circuit.noise;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The table of noise that engines know by name: Pauli channels, with Stim's names, and qubits that
 * leave. Arguments are probabilities; the disjoint ones of a channel add up to at most 1.
 *
 * <p>A qubit is present, leaked or lost. Stim has no words for the last two; the ones here are the
 * literature's, and differ from those of its extensions. What an absent qubit does:
 *
 * <ul>
 *   <li><b>Leaked</b>: still there, in a state outside the computational space. Gates on it alone
 *       do nothing, Pauli errors do not reach it. A gate on several qubits one of which is leaked
 *       depolarises the others completely instead, and moves no leakage: the model of A. G. Fowler,
 *       "Coping with qubit leakage in topological codes", 2013, and of M. Suchara, A. W. Cross and
 *       J. M. Gambetta, "Leakage suppression in the toric code", 2015. Measured alone it gives a
 *       uniformly random result: the readout of two levels says nothing of a third one. A product
 *       with a leaked qubit in it gives a random result too, and the others are left as if the rest
 *       of the product had been measured and the result been forgotten, which is what an auxiliary
 *       qubit does that is depolarised half way through.
 *   <li><b>Lost</b>: gone, like an atom from its trap. Gates that touch it, on however many qubits,
 *       are left out entirely. Measured alone it gives 0, in any basis ({@code !} inverts), and a
 *       product is measured without it: there is no light to see and no interaction to feel. This
 *       is how circuits with lost atoms are studied by H. Perrin, S. Jandura and G. Pupillo,
 *       "Quantum error correction resilient against atom loss", 2024, and by G. Baranes and others,
 *       "Leveraging atom loss errors in fault tolerant quantum algorithms", 2025.
 * </ul>
 *
 * <p>Resets, those of MR included, bring both back: a leaked qubit is pumped down, a lost one is
 * replaced by a fresh one. Gates that are made of other gates are followed part by part. Pauli
 * channels on pairs still reach the partner of an absent qubit, and heralds of Pauli noise say what
 * they always do. Presence is measured by {@link org.jaket.circuit.MeasurementKind#MABSENT}.
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
    II_ERROR(2, -1, false, "II_ERROR"),
    /** With probability p a qubit that is present leaks: it leaves the computational space. */
    LEAKAGE_ERROR(1, 1, false, "LEAKAGE_ERROR"),
    /** The same; records 1 where a qubit leaks, 0 where none does or it was absent before. */
    HERALDED_LEAKAGE_ERROR(1, 1, true, "HERALDED_LEAKAGE_ERROR"),
    /**
     * With probability p a leaked qubit returns, completely mixed (C. J. Wood and J. M. Gambetta,
     * "Quantification and characterization of leakage errors", 2018); nothing for other qubits.
     */
    SEEPAGE_ERROR(1, 1, false, "SEEPAGE_ERROR"),
    /** With probability p a qubit, present or leaked, is lost. */
    LOSS_ERROR(1, 1, false, "LOSS_ERROR"),
    /** The same; records 1 where a qubit is lost, 0 where none is or it was lost before. */
    HERALDED_LOSS_ERROR(1, 1, true, "HERALDED_LOSS_ERROR");

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

    /** Whether qubits are lost. */
    public boolean losesQubits() {
        return this == LOSS_ERROR || this == HERALDED_LOSS_ERROR;
    }

    /** Whether qubits leave or return: the noise is no channel on qubits alone. */
    public boolean movesQubits() {
        return switch (this) {
            case LEAKAGE_ERROR,
                    HERALDED_LEAKAGE_ERROR,
                    SEEPAGE_ERROR,
                    LOSS_ERROR,
                    HERALDED_LOSS_ERROR ->
                    true;
            default -> false;
        };
    }

    /** Whether each target adds a result to the measurement record. */
    public boolean isHeralded() {
        return heralded;
    }
}
