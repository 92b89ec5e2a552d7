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
 *
 * <p>States of many qubits begin as lists of letters, in which gates and measurements of local
 * codes cost what they touch and not the number of qubits. They are packed once they have too many
 * letters for that to pay.
 */
public final class StabilizerState {
    /** States of fewer qubits are held in packed rows from the start. */
    private static final int SPARSE_FROM = 512;

    /** A letter in a list costs as much time as so many words of packed letters. */
    private static final int LETTER_COST = 4;

    private GeneratorImages inverse;

    /** Lists with more letters are packed. */
    private final long mostLetters;

    private @Nullable Collapse workspace;
    private @Nullable SparseCollapse sparseWorkspace;

    /** The zero state. */
    public StabilizerState(int qubits) {
        this(
                qubits < SPARSE_FROM ? PauliRows.identity(qubits) : SparseRows.identity(qubits),
                2L * qubits * (qubits >> 6) / LETTER_COST);
    }

    /** The state whose preparation has the given inverse, which it then owns. */
    public StabilizerState(PauliRows inverse) {
        this(inverse, 0);
    }

    private StabilizerState(GeneratorImages inverse, long mostLetters) {
        this.inverse = inverse;
        this.mostLetters = mostLetters;
    }

    /** The zero state, held as lists of letters for good. */
    static StabilizerState sparse(int qubits) {
        return new StabilizerState(SparseRows.identity(qubits), Long.MAX_VALUE);
    }

    /** The zero state in packed rows. */
    static StabilizerState packed(int qubits) {
        return new StabilizerState(PauliRows.identity(qubits), 0);
    }

    /** Returns an independent copy. */
    public StabilizerState copy() {
        return new StabilizerState(
                switch (inverse) {
                    case PauliRows packed -> packed.copy();
                    case SparseRows sparse -> sparse.copy();
                },
                mostLetters);
    }

    /** Returns the number of qubits. */
    public int qubits() {
        return inverse.qubits;
    }

    /** Whether it is held as lists of letters. */
    boolean isSparse() {
        return inverse instanceof SparseRows;
    }

    /** The inverse of an operation that prepares the state, not a copy. */
    public PauliRows inverse() {
        return switch (inverse) {
            case PauliRows packed -> packed;
            case SparseRows sparse -> pack(sparse);
        };
    }

    private PauliRows pack(SparseRows sparse) {
        PauliRows packed = sparse.dense();
        inverse = packed;
        sparseWorkspace = null;
        return packed;
    }

    private void packIfCrowded() {
        if (inverse instanceof SparseRows sparse && sparse.entries() > mostLetters) {
            pack(sparse);
        }
    }

    /** Adds qubits in the zero state. */
    public void grow(int qubits) {
        inverse = inverse().resized(qubits);
        workspace = null;
    }

    /** Whether both states are held by the same tableau, which equal states need not be. */
    boolean sameTableau(StabilizerState other) {
        return switch (inverse) {
            case PauliRows packed ->
                    other.inverse instanceof PauliRows theirs && packed.sameAs(theirs);
            case SparseRows sparse ->
                    other.inverse instanceof SparseRows theirs && sparse.sameAs(theirs);
        };
    }

    /** Applies a gate to each group of targets. */
    public void apply(Step.Unitary gate) {
        int arity = gate.backward().qubits();
        for (int k = 0; k < gate.targets().length; k += arity) {
            inverse.prepend(gate.backward(), gate.targets(), k);
            packIfCrowded();
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
        switch (inverse) {
            case PauliRows packed -> {
                int[] uncertain = Collapse.uncertain(packed, qubits);
                if (uncertain.length > 0) {
                    if (workspace == null) {
                        workspace = new Collapse(packed);
                    }
                    workspace.run(uncertain, outcomes);
                }
            }
            case SparseRows sparse -> {
                if (sparseWorkspace == null) {
                    sparseWorkspace = new SparseCollapse(sparse);
                }
                sparseWorkspace.run(qubits, outcomes);
                packIfCrowded();
            }
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
        PauliString image = inverse().image(pauli);
        for (long w : image.xBits()) {
            if (w != 0) {
                return 0;
            }
        }
        return image.phase() == 2 ? -1 : 1;
    }
}
