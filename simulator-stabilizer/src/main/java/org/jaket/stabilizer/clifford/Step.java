package org.jaket.stabilizer.clifford;

import org.jaket.circuit.Assignment;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.gate.CliffordAction;
import org.jaket.circuit.noise.Noise;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One step of a lowered circuit.
 *
 * <p>Arrays are owned by the step and must not be changed.
 */
public sealed interface Step {
    /**
     * A Clifford gate on each group of targets.
     *
     * @param forward images {@code U P U^dagger}
     * @param backward images {@code U^dagger P U}
     * @param targets qubits, in groups of {@code forward.qubits()}
     */
    record Unitary(CliffordAction forward, CliffordAction backward, int[] targets)
            implements Step {}

    /**
     * A Pauli on a qubit where an earlier result is one.
     *
     * @param lookback which result, 1 for the latest
     */
    record Feedback(int lookback, Pauli pauli, int qubit) implements Step {}

    /**
     * A Pauli on a qubit in the shots whose sweep bit is one. Analyses that know no shots leave it
     * out: there sweep bits count as zero.
     *
     * @param bit which sweep bit
     */
    record SweepPauli(int bit, Pauli pauli, int qubit) implements Step {}

    /** Resets qubits to the +1 state of a Pauli. */
    record Reset(Pauli basis, int[] qubits) implements Step {}

    /**
     * Measures qubits.
     *
     * @param inverted which results are recorded the other way round
     * @param bits classical bits that take the results, one each, or none
     */
    record Measure(
            Pauli basis, boolean resets, double flip, int[] qubits, boolean[] inverted, int[] bits)
            implements Step {}

    /**
     * Measures a Pauli product.
     *
     * @param bit the classical bit that takes the result, or -1
     */
    record MeasureProduct(double flip, Product product, int bit) implements Step {}

    /** Phases the -1 eigenspace of a product by i, or by -i. */
    record Rotate(boolean dagger, Product product) implements Step {}

    /**
     * Records constants.
     *
     * @param bits classical bits that take them, or none
     */
    record Pad(double flip, boolean[] values, int[] bits) implements Step {}

    /**
     * Measures whether qubits are absent: leaked or lost.
     *
     * @param inverted which results are recorded the other way round
     * @param bits classical bits that take the results, one each, or none
     */
    record MeasureAbsence(double flip, int[] qubits, boolean[] inverted, int[] bits)
            implements Step {}

    /**
     * Uncorrelated noise, heralded or not: Pauli channels, and qubits that leave or return ({@link
     * Noise#movesQubits}).
     *
     * @param targets qubits, in groups of {@code noise.qubits()}
     */
    record PauliNoise(Noise noise, double[] arguments, int[] targets) implements Step {}

    /**
     * A correlated error.
     *
     * @param starts whether it opens a chain, or happens only if none of its chain has
     */
    record Correlated(boolean starts, double probability, Product product) implements Step {}

    /** A detector. */
    record Detector(int[] lookbacks) implements Step {}

    /** Adds results and Pauli terms to an observable. */
    record Observable(int index, int[] lookbacks, Product paulis) implements Step {}

    /**
     * A repeated body.
     *
     * @param source the operation that it was lowered from, for messages; null if it was made
     */
    record Loop(long count, List<Step> body, @Nullable Repeat source) implements Step {
        /** A loop that no operation stands for. */
        public Loop(long count, List<Step> body) {
            this(count, body, null);
        }

        /** The loop with another body. */
        public Loop withBody(List<Step> newBody) {
            return new Loop(count, newBody, source);
        }
    }

    /** One of two bodies. */
    record Branch(Expression condition, List<Step> then, List<Step> otherwise) implements Step {}

    /** A body repeated while a condition holds. */
    record WhileLoop(Expression condition, List<Step> body) implements Step {}

    /** A classical assignment. */
    record Assign(Assignment assignment) implements Step {}

    /**
     * A signed Pauli product.
     *
     * @param xs qubits with X or Y, each once
     * @param zs qubits with Z or Y, each once
     * @param negative whether the sign is minus
     */
    record Product(int[] xs, int[] zs, boolean negative) {}
}
