package org.jaket.stabilizer.tableau;

import org.jaket.circuit.Pauli;
import org.jaket.circuit.gate.CliffordAction;
import org.jaket.circuit.observable.PauliString;
import org.jaket.stabilizer.clifford.Step;
import org.jspecify.annotations.Nullable;

import java.util.function.BooleanSupplier;

/**
 * The state of some qubits under Clifford gates, Pauli errors, measurements and resets, held as the
 * inverse tableau of an operation that prepares it. Starts in the zero state.
 */
public final class StabilizerState {
    private PauliRows inverse;
    private @Nullable Collapse workspace;

    /** The zero state. */
    public StabilizerState(int qubits) {
        this(PauliRows.identity(qubits));
    }

    /** The state whose preparation has the given inverse, which it then owns. */
    public StabilizerState(PauliRows inverse) {
        this.inverse = inverse;
    }

    /** Returns an independent copy. */
    public StabilizerState copy() {
        return new StabilizerState(inverse.copy());
    }

    /** Returns the number of qubits. */
    public int qubits() {
        return inverse.qubits;
    }

    /** The inverse of an operation that prepares the state, not a copy. */
    public PauliRows inverse() {
        return inverse;
    }

    /** Adds qubits in the zero state. */
    public void grow(int qubits) {
        inverse = inverse.resized(qubits);
        workspace = null;
    }

    /** Whether both states are held by the same tableau, which equal states need not be. */
    boolean sameTableau(StabilizerState other) {
        return inverse.sameAs(other.inverse);
    }

    /** Applies a gate to each group of targets. */
    public void apply(Step.Unitary gate) {
        int arity = gate.backward().qubits();
        for (int k = 0; k < gate.targets().length; k += arity) {
            inverse.prepend(gate.backward(), gate.targets(), k);
        }
    }

    /** Applies the square root of a product. */
    public void rotate(Step.Rotate rotation) {
        Rotation.prepend(inverse, rotation);
    }

    /** Applies X (Z) to the qubit: generators that anticommute with it change sign. */
    void applyPauli(int qubit, boolean hasX, boolean hasZ) {
        if (hasX) {
            inverse.flip(2 * qubit + 1);
        }
        if (hasZ) {
            inverse.flip(2 * qubit);
        }
    }

    /** Applies a Pauli to the qubit. */
    public void applyPauli(int qubit, Pauli pauli) {
        applyPauli(qubit, pauli.hasX(), pauli.hasZ());
    }

    private void turn(Pauli basis, int[] qubits) {
        CliffordAction action = Rotation.toZ(basis);
        if (action != null) {
            for (int k = 0; k < qubits.length; k++) {
                inverse.prepend(action, qubits, k);
            }
        }
    }

    /**
     * Measures qubits one after the other, and resets each if wanted.
     *
     * @param outcomes gives results that are not determined
     * @param results takes the results, one a qubit
     */
    public void measure(
            Pauli basis,
            boolean resets,
            int[] qubits,
            BooleanSupplier outcomes,
            boolean[] results) {
        if (hasRepeats(qubits)) {
            boolean[] one = new boolean[1];
            for (int k = 0; k < qubits.length; k++) {
                measureDistinct(basis, resets, new int[] {qubits[k]}, outcomes, one);
                results[k] = one[0];
            }
        } else {
            measureDistinct(basis, resets, qubits, outcomes, results);
        }
    }

    private boolean hasRepeats(int[] qubits) {
        if (qubits.length < 2) {
            return false;
        }
        java.util.BitSet seen = new java.util.BitSet(qubits());
        for (int q : qubits) {
            if (seen.get(q)) {
                return true;
            }
            seen.set(q);
        }
        return false;
    }

    private void measureDistinct(
            Pauli basis,
            boolean resets,
            int[] qubits,
            BooleanSupplier outcomes,
            boolean[] results) {
        turn(basis, qubits);
        collapse(qubits, outcomes);
        for (int k = 0; k < qubits.length; k++) {
            results[k] = inverse.isNegative(2 * qubits[k] + 1);
            if (resets && results[k]) {
                applyPauli(qubits[k], true, false);
            }
        }
        turn(basis, qubits);
    }

    private void collapse(int[] qubits, BooleanSupplier outcomes) {
        int[] uncertain = Collapse.uncertain(inverse, qubits);
        if (uncertain.length > 0) {
            if (workspace == null) {
                workspace = new Collapse(inverse);
            }
            workspace.run(uncertain, outcomes);
        }
    }

    /** Puts qubits into the +1 state of a Pauli. */
    public void reset(Pauli basis, int[] qubits, BooleanSupplier outcomes) {
        measure(basis, true, qubits, outcomes, new boolean[qubits.length]);
    }

    /** Measures a Pauli product. */
    public boolean measure(Step.Product product, BooleanSupplier outcomes) {
        int pivot = Rotation.fold(inverse, product);
        boolean result = product.negative();
        if (pivot >= 0) {
            collapse(new int[] {pivot}, outcomes);
            result ^= inverse.isNegative(2 * pivot + 1);
        }
        Rotation.unfold(inverse, product);
        return result;
    }

    /** The expectation value of a Hermitian Pauli string: -1, 0 or 1. */
    public int expectation(PauliString pauli) {
        PauliString image = inverse.image(pauli);
        for (long w : image.xBits()) {
            if (w != 0) {
                return 0;
            }
        }
        return image.phase() == 2 ? -1 : 1;
    }
}
