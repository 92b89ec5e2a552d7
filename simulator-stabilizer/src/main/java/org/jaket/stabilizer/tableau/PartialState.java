package org.jaket.stabilizer.tableau;

import org.jaket.circuit.Pauli;
import org.jaket.stabilizer.clifford.Step;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.BooleanSupplier;

/**
 * A stabilizer state some of whose qubits have leaked or are lost; see {@link
 * org.jaket.circuit.noise.Noise} for what those do.
 *
 * <p>The tableau keeps a place for an absent qubit, which nothing touches: it holds what the others
 * are entangled with, and a reset disentangles it. While all are present every step goes straight
 * to the tableau.
 */
final class PartialState {
    private final StabilizerState state;
    private final BitSet leaked = new BitSet();
    private final BitSet lost = new BitSet();

    PartialState(StabilizerState state) {
        this.state = state;
    }

    private boolean isComplete() {
        return leaked.isEmpty() && lost.isEmpty();
    }

    boolean isAbsent(int qubit) {
        return leaked.get(qubit) || lost.get(qubit);
    }

    /** Makes a qubit leak; false if it was absent before. */
    boolean leak(int qubit) {
        if (isAbsent(qubit)) {
            return false;
        }
        leaked.set(qubit);
        return true;
    }

    /** Loses a qubit; false if it was lost before. */
    boolean lose(int qubit) {
        if (lost.get(qubit)) {
            return false;
        }
        leaked.clear(qubit);
        lost.set(qubit);
        return true;
    }

    /** Brings a leaked qubit back, mixed. */
    void seep(int qubit, BooleanSupplier coin) {
        if (leaked.get(qubit)) {
            leaked.clear(qubit);
            depolarize(qubit, coin);
        }
    }

    private void depolarize(int qubit, BooleanSupplier coin) {
        state.applyPauli(qubit, coin.getAsBoolean(), coin.getAsBoolean());
    }

    /**
     * Whether a gate on some qubits does anything; depolarises those that share one with a leak.
     */
    private boolean isGateWhole(int[] qubits, int from, int to, BooleanSupplier coin) {
        boolean whole = true;
        for (int k = from; k < to; k++) {
            if (lost.get(qubits[k])) {
                return false;
            }
            whole &= !leaked.get(qubits[k]);
        }
        for (int k = from; !whole && k < to; k++) {
            if (!leaked.get(qubits[k])) {
                depolarize(qubits[k], coin);
            }
        }
        return whole;
    }

    void apply(Step.Unitary gate, BooleanSupplier coin) {
        if (isComplete()) {
            state.apply(gate);
            return;
        }
        int arity = gate.forward().qubits();
        for (int k = 0; k < gate.targets().length; k += arity) {
            if (isGateWhole(gate.targets(), k, k + arity, coin)) {
                int[] group = Arrays.copyOfRange(gate.targets(), k, k + arity);
                state.apply(new Step.Unitary(gate.forward(), gate.backward(), group));
            }
        }
    }

    void rotate(Step.Rotate rotation, BooleanSupplier coin) {
        int[] qubits = isComplete() ? new int[0] : qubits(rotation.product());
        if (isGateWhole(qubits, 0, qubits.length, coin)) {
            state.rotate(rotation);
        }
    }

    private static int[] qubits(Step.Product product) {
        BitSet all = new BitSet();
        Arrays.stream(product.xs()).forEach(all::set);
        Arrays.stream(product.zs()).forEach(all::set);
        return all.stream().toArray();
    }

    /** Applies X (Z) to a qubit that is there. */
    void applyPauli(int qubit, boolean hasX, boolean hasZ) {
        if (!isAbsent(qubit)) {
            state.applyPauli(qubit, hasX, hasZ);
        }
    }

    /** Applies a Pauli to a qubit that is there. */
    void applyPauli(int qubit, Pauli pauli) {
        applyPauli(qubit, pauli.hasX(), pauli.hasZ());
    }

    /** Puts qubits into the +1 state of a Pauli, wherever they were. */
    void reset(Pauli basis, int[] qubits, BooleanSupplier outcomes) {
        if (!isComplete()) {
            for (int q : qubits) {
                leaked.clear(q);
                lost.clear(q);
            }
        }
        state.reset(basis, qubits, outcomes);
    }

    /** Measures qubits one after the other, and resets each if wanted. */
    void measure(
            Pauli basis,
            boolean resets,
            int[] qubits,
            BooleanSupplier outcomes,
            boolean[] results) {
        if (isComplete()) {
            state.measure(basis, resets, qubits, outcomes, results);
            return;
        }
        boolean[] one = new boolean[1];
        for (int k = 0; k < qubits.length; k++) {
            int[] qubit = {qubits[k]};
            if (!isAbsent(qubits[k])) {
                state.measure(basis, resets, qubit, outcomes, one);
                results[k] = one[0];
                continue;
            }
            results[k] = leaked.get(qubits[k]) && outcomes.getAsBoolean();
            if (resets) {
                reset(basis, qubit, outcomes);
            }
        }
    }

    /** Measures a Pauli product: without its lost qubits, and at random if one is leaked. */
    boolean measure(Step.Product product, BooleanSupplier outcomes) {
        if (isComplete()) {
            return state.measure(product, outcomes);
        }
        boolean isRandom =
                Arrays.stream(product.xs()).anyMatch(leaked::get)
                        || Arrays.stream(product.zs()).anyMatch(leaked::get);
        int[] xs = Arrays.stream(product.xs()).filter(q -> !isAbsent(q)).toArray();
        int[] zs = Arrays.stream(product.zs()).filter(q -> !isAbsent(q)).toArray();
        boolean result =
                xs.length == 0 && zs.length == 0
                        ? product.negative()
                        : state.measure(new Step.Product(xs, zs, product.negative()), outcomes);
        return isRandom ? outcomes.getAsBoolean() : result;
    }
}
