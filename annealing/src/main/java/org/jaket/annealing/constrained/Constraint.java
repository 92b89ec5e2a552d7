package org.jaket.annealing.constrained;

import org.jaket.annealing.polynomial.Sense;

import java.util.Objects;

/**
 * A demand on the variables of a {@link ConstrainedModel}.
 *
 * @param label its name, of any type with {@code equals} and {@code hashCode}
 * @param left a linear or quadratic function
 * @param sense how it is compared
 * @param right with which finite number
 * @param strictness whether it must hold, or what breaking it costs
 * @param oneHot whether it is marked as the choice of exactly one of some binary variables (dimod's
 *     "discrete")
 */
public record Constraint(
        Object label,
        QuadraticFunction left,
        Sense sense,
        double right,
        Strictness strictness,
        boolean oneHot) {
    /**
     * Checks the right side.
     *
     * @throws IllegalArgumentException if it is not finite
     */
    public Constraint {
        Objects.requireNonNull(label);
        if (!Double.isFinite(right)) {
            throw new IllegalArgumentException(
                    "constraint %s is compared with a finite number, not %s"
                            .formatted(label, right));
        }
    }

    /** A constraint that must hold. */
    public static Constraint hard(Object label, QuadraticFunction left, Sense sense, double right) {
        return new Constraint(label, left, sense, right, Strictness.HARD, false);
    }

    /** Whether it must hold. */
    public boolean isHard() {
        return strictness instanceof Strictness.Hard;
    }

    /** By how much an assignment breaks it, 0 where it holds. */
    public double violation(double[] values) {
        return sense.violation(left.value(values), right);
    }

    @Override
    public String toString() {
        return "%s: %s %s %s".formatted(label, left, sense, right);
    }
}
