package org.jaket.circuit;

import org.jaket.circuit.expression.Constant;
import org.jaket.circuit.expression.Expression;

import java.util.function.UnaryOperator;

/**
 * A rotation about a Pauli product P, {@code exp(-i angle/2 P)}: R_PAULI of Clifft's and tsim's
 * dialect of Stim's language, which gives the angle in half turns.
 *
 * @param angle in radians
 * @param targets Pauli letters joined by combiners to products, each of which is rotated about
 * @param tag free text
 */
public record PauliRotation(Expression angle, Targets targets, String tag) implements Operation {
    /** The word for it in texts and messages. */
    public static final String NAME = "R_PAULI";

    /** Checks that the targets form Hermitian Pauli products and that the angle is finite. */
    public PauliRotation {
        PauliProduct.split(NAME, targets);
        if (angle instanceof Constant c && !Double.isFinite(c.type().toDouble(c.raw()))) {
            throw new CircuitException(NAME + ": the angle is not a finite number");
        }
    }

    /**
     * The angle in radians as a number.
     *
     * @throws CircuitException if it depends on parameters that are not bound
     */
    public double value() {
        Double value = angle.constant();
        if (value == null) {
            throw new CircuitException(
                    this, "parameter " + angle + " has no value yet. Maybe bind it first.");
        }
        return value;
    }

    @Override
    public PauliRotation withTargets(Targets newTargets) {
        return new PauliRotation(angle, newTargets, tag);
    }

    @Override
    public PauliRotation mapExpressions(UnaryOperator<Expression> replace) {
        return new PauliRotation(replace.apply(angle), targets, tag);
    }

    @Override
    public boolean fusesWith(Operation next) {
        return next instanceof PauliRotation p && p.angle.equals(angle) && p.tag.equals(tag);
    }

    @Override
    public String describe() {
        return NAME + "(" + angle + ") " + Operation.abbreviated(targets.toString());
    }
}
