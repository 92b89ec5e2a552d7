package org.jaket.stabilizer.nearclifford;

import org.jaket.circuit.expression.Expression;
import org.jaket.stabilizer.clifford.Step;

import java.util.List;

/** One step of a near-Clifford circuit: what Clifford circuits have, or a rotation. */
sealed interface Move {
    /** A step that is no loop and no branch. */
    record Clifford(Step step) implements Move {}

    /**
     * {@code exp(-i angle/2 Q)}, the angle not a multiple of a quarter turn.
     *
     * @param cause the operation it comes from, for messages
     */
    record Rotation(double angle, Step.Product product, String cause) implements Move {}

    /** A Pauli string as a gate. */
    record HalfTurn(Step.Product product) implements Move {}

    /** A repeated body. */
    record Loop(long count, List<Move> body) implements Move {}

    /** One of two bodies. */
    record Branch(Expression condition, List<Move> then, List<Move> otherwise) implements Move {}

    /** A body repeated while a condition holds. */
    record WhileLoop(Expression condition, List<Move> body) implements Move {}
}
