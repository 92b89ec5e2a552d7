package org.jaket.stabilizer;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.observable.PauliString;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.clifford.Lowering;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.tableau.PauliRows;
import org.jaket.stabilizer.tableau.Rotation;

import java.util.List;

/**
 * A Clifford operation U, up to global phase, as the images {@code U X_k U^dagger} and {@code U Z_k
 * U^dagger} of the Pauli generators. Immutable; takes {@code 4 n^2} bits.
 */
public final class Tableau {
    /** The most unfolded steps of a circuit that {@link #of} follows. */
    private static final long MAX_STEPS = 1L << 40;

    private final PauliRows rows;

    private Tableau(PauliRows rows) {
        this.rows = rows;
    }

    /** The identity on a number of qubits. */
    public static Tableau identity(int qubits) {
        return new Tableau(PauliRows.identity(qubits));
    }

    /**
     * The operation of a circuit of Clifford gates.
     *
     * @throws UnsupportedCircuitException if it has anything else: gates that are not Clifford,
     *     measurements, resets, noise, classical steps
     */
    public static Tableau of(Circuit circuit) {
        // Gates are put in front of the inverse, which multiplies rows; appending would work on
        // columns.
        PauliRows inverse = PauliRows.identity(circuit.qubits());
        apply(inverse, Lowering.of(circuit));
        return new Tableau(inverse).inverse();
    }

    private static void apply(PauliRows inverse, List<Step> steps) {
        for (Step step : steps) {
            switch (step) {
                case Step.Unitary u -> {
                    int arity = u.backward().qubits();
                    for (int k = 0; k < u.targets().length; k += arity) {
                        inverse.prepend(u.backward(), u.targets(), k);
                    }
                }
                case Step.Rotate r -> Rotation.prepend(inverse, r);
                case Step.Loop l -> {
                    if (l.count() > MAX_STEPS) {
                        throw new UnsupportedCircuitException(
                                "REPEAT %d is too long to multiply out; at most %d."
                                        .formatted(l.count(), MAX_STEPS));
                    }
                    for (long k = 0; k < l.count(); k++) {
                        apply(inverse, l.body());
                    }
                }
                case Step.Detector d -> {}
                case Step.Observable o -> {}
                default ->
                        throw new UnsupportedCircuitException(
                                "A tableau is made of Clifford gates alone, and the circuit has a step %s."
                                        .formatted(step.getClass().getSimpleName()));
            }
        }
    }

    /** Returns the number of qubits. */
    public int qubits() {
        return rows.qubits();
    }

    /** Returns the image of X on a qubit. */
    public PauliString x(int qubit) {
        return rows.get(2 * checked(qubit));
    }

    /** Returns the image of Z on a qubit. */
    public PauliString z(int qubit) {
        return rows.get(2 * checked(qubit) + 1);
    }

    /** Returns the image of Y on a qubit. */
    public PauliString y(int qubit) {
        return apply(PauliString.single(qubits(), checked(qubit), Pauli.Y));
    }

    private int checked(int qubit) {
        if (qubit < 0 || qubit >= qubits()) {
            throw new IndexOutOfBoundsException(
                    "Qubit %d of a tableau of %d qubits.".formatted(qubit, qubits()));
        }
        return qubit;
    }

    /**
     * Returns {@code U P U^dagger}. Costs {@code n} bit operations per letter of the string.
     *
     * @throws IllegalArgumentException if the string has another number of qubits
     */
    public PauliString apply(PauliString pauli) {
        requireSize(pauli.qubits());
        // The rows' spare room is used, so threads take turns.
        synchronized (rows) {
            return rows.image(pauli);
        }
    }

    private void requireSize(int others) {
        if (others != qubits()) {
            throw new IllegalArgumentException(
                    "A tableau of %d qubits was combined with something on %d."
                            .formatted(qubits(), others));
        }
    }

    /**
     * Returns the operation that does this one and then the next: {@code (next U)}.
     *
     * @throws IllegalArgumentException if the two differ in size
     */
    public Tableau then(Tableau next) {
        requireSize(next.qubits());
        PauliRows result = PauliRows.identity(qubits());
        for (int g = 0; g < 2 * qubits(); g++) {
            PauliString image = next.apply(rows.get(g));
            result.set(g, image.xBits(), image.zBits(), image.phase() == 2);
        }
        return new Tableau(result);
    }

    /** Returns the inverse operation. */
    public Tableau inverse() {
        int n = qubits();
        PauliRows result = PauliRows.identity(n);
        int rowWords = (n + 63) >>> 6;
        for (int g = 0; g < 2 * n; g++) {
            // The inverse image of P contains X_b (Z_b) where P anticommutes with the image of Z_b
            // (X_b).
            long[] xs = new long[rowWords];
            long[] zs = new long[rowWords];
            boolean ofZ = (g & 1) == 0;
            int q = g >> 1;
            for (int b = 0; b < n; b++) {
                if (rows.bit(2 * b + 1, ofZ, q)) {
                    xs[b >> 6] |= 1L << b;
                }
                if (rows.bit(2 * b, ofZ, q)) {
                    zs[b >> 6] |= 1L << b;
                }
            }
            boolean negative = apply(PauliString.ofBits(n, xs, zs, 0)).phase() == 2;
            result.set(g, xs, zs, negative);
        }
        return new Tableau(result);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tableau t && rows.sameAs(t.rows);
    }

    @Override
    public int hashCode() {
        return rows.hash();
    }

    /** The images, a line a generator, such as {@code X0 -> +ZI}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int g = 0; g < 2 * qubits(); g++) {
            text.append((g & 1) == 0 ? 'X' : 'Z').append(g >> 1).append(" -> ");
            text.append(rows.get(g)).append('\n');
        }
        return text.toString();
    }
}
