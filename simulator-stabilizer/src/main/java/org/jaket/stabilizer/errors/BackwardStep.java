package org.jaket.stabilizer.errors;

import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.sensitivity.BackwardWalk;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One operation of a circuit, prepared to be undone: walks from the end of a circuit to its start
 * see these. Arrays are owned by the step and must not be changed.
 */
sealed interface BackwardStep {
    /** The steps of a block. */
    record Block(List<Entry> entries) {}

    /**
     * The steps of one operation.
     *
     * @param operation what they are made of
     * @param steps in the order of the circuit
     */
    record Entry(Operation operation, List<BackwardStep> steps) {}

    /** A gate, collapse, feedback or padding: what {@link BackwardWalk} has the rules for. */
    record Clifford(Step step, int tag) implements BackwardStep {}

    /** An X, Y or Z error on each qubit. */
    record Flip(Pauli pauli, double probability, int[] qubits, int tag) implements BackwardStep {}

    /**
     * A channel on qubits or pairs.
     *
     * @param qubits 1 or 2
     * @param order for each basis error of {@link Combinations} its row: twice the position of the
     *     qubit, plus one for a Z error
     * @param probabilities for {@link Combinations}
     * @param disjoint see {@link Combinations#add}
     * @param arguments as given, to be checked when the channel is only approximately independent;
     *     null when it is exact
     * @param refusal why it cannot be analysed, or null
     */
    record Channel(
            String name,
            int qubits,
            int[] order,
            double[] probabilities,
            boolean disjoint,
            double @Nullable [] arguments,
            int[] targets,
            int tag,
            @Nullable String refusal)
            implements BackwardStep {}

    /**
     * A channel that leaves a result.
     *
     * @param single whether one positive probability is no approximation
     */
    record Herald(
            String name,
            double[] probabilities,
            double[] arguments,
            boolean single,
            int[] targets,
            int tag)
            implements BackwardStep {}

    /** A correlated error, which begins or continues a chain. */
    record Correlated(boolean starts, double probability, Step.Product product, int tag)
            implements BackwardStep {}

    /** A detector. */
    record Detector(Step.Detector step, List<Double> coordinates, String tag)
            implements BackwardStep {}

    /**
     * Terms of an observable.
     *
     * @param step has its dense number instead of its index
     */
    record Observable(Step.Observable step, String tag) implements BackwardStep {}

    /** A shift of coordinates. */
    record Shift(List<Double> coordinates, String tag) implements BackwardStep {}

    /** A tick. */
    record Tick() implements BackwardStep {}

    /** A repeated block. */
    record Loop(long count, Block body, String tag) implements BackwardStep {}
}
