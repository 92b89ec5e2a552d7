package org.jaket.circuit;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table of measurements, with Stim's names where it has them. */
public enum MeasurementKind {
    /** Of Z, the computational basis. */
    M(Pauli.Z, 1, false, "M MZ"),
    /** Of X. */
    MX(Pauli.X, 1, false, "MX"),
    /** Of Y. */
    MY(Pauli.Y, 1, false, "MY"),
    /** Of Z, then reset to |0>. */
    MR(Pauli.Z, 1, true, "MR MRZ"),
    /** Of X, then reset to |+>. */
    MRX(Pauli.X, 1, true, "MRX"),
    /** Of Y, then reset to |i>. */
    MRY(Pauli.Y, 1, true, "MRY"),
    /** Of XX on pairs. */
    MXX(Pauli.X, 2, false, "MXX"),
    /** Of YY on pairs. */
    MYY(Pauli.Y, 2, false, "MYY"),
    /** Of ZZ on pairs. */
    MZZ(Pauli.Z, 2, false, "MZZ"),
    /** Of Pauli products, such as {@code X1*Y2*Z3}. */
    MPP(Pauli.I, 0, false, "MPP"),
    /**
     * Of presence: 1 where the qubit has leaked or is lost, 0 where it is there, whose state is
     * left alone. See {@link org.jaket.circuit.noise.Noise}; Stim has no such measurement.
     */
    MABSENT(Pauli.I, 1, false, "MABSENT"),
    /** Of nothing: puts constant bits (targets 0 and 1) into the record. */
    MPAD(Pauli.I, 0, false, "MPAD");

    private static final Map<String, MeasurementKind> STIM = new HashMap<>();

    static {
        for (MeasurementKind kind : values()) {
            kind.stim.forEach(name -> STIM.put(name, kind));
        }
    }

    private final Pauli basis;
    private final int qubits;
    private final boolean resets;
    private final List<String> stim;

    MeasurementKind(Pauli basis, int qubits, boolean resets, String stim) {
        this.basis = basis;
        this.qubits = qubits;
        this.resets = resets;
        this.stim = List.of(stim.split(" "));
    }

    /** The measurement that Stim text calls {@code name} (upper case), or null. */
    public static @Nullable MeasurementKind ofStim(String name) {
        return STIM.get(name);
    }

    /** Stim's names, the one that is printed first. */
    public List<String> stimNames() {
        return stim;
    }

    /** The operator that is measured on each qubit; I for MPP, MABSENT and MPAD. */
    public Pauli basis() {
        return basis;
    }

    /** Qubits of one result: 1, 2, or 0 for MPP (as many as the product has) and MPAD (none). */
    public int qubits() {
        return qubits;
    }

    /** Whether the qubit is reset to the basis' +1 state after the measurement. */
    public boolean resets() {
        return resets;
    }
}
