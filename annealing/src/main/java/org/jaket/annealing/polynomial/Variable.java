package org.jaket.annealing.polynomial;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A variable of a formula, known by its label. Two variables with one label are the same variable,
 * and must agree in kind and bounds wherever they meet.
 *
 * @param label its name, of any type with {@code equals} and {@code hashCode}
 * @param kind its values
 * @param lower the smallest value; for integers and reals also negative infinity
 * @param upper the largest value; for integers and reals also infinity
 */
public record Variable(Object label, VariableKind kind, double lower, double upper)
        implements Expression {
    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if a bound is NaN, the lower is above the upper, no whole
     *     number lies between the bounds of an integer, or bounds are not those of the kind
     */
    public Variable {
        Objects.requireNonNull(label);
        if (Double.isNaN(lower) || Double.isNaN(upper)) {
            throw new IllegalArgumentException(
                    "the bounds of %s must be numbers, not %s and %s"
                            .formatted(label, lower, upper));
        }
        if (lower > upper) {
            throw new IllegalArgumentException(
                    "the lower bound %s of %s is above its upper bound %s"
                            .formatted(lower, label, upper));
        }
        if (lower == Double.POSITIVE_INFINITY || upper == Double.NEGATIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "no number lies between the bounds %s and %s of %s"
                            .formatted(lower, upper, label));
        }
        if (kind == VariableKind.INTEGER && Math.ceil(lower) > Math.floor(upper)) {
            throw new IllegalArgumentException(
                    "no whole number lies between the bounds %s and %s of integer %s"
                            .formatted(lower, upper, label));
        }
        if (kind.isTwoValued() && (lower != (kind == VariableKind.BINARY ? 0 : -1) || upper != 1)) {
            throw new IllegalArgumentException(
                    "%s variable %s cannot have the bounds %s and %s: fix it by a constraint"
                            .formatted(
                                    kind == VariableKind.BINARY ? "binary" : "spin",
                                    label,
                                    lower,
                                    upper));
        }
    }

    /** A variable that is 0 or 1. */
    public static Variable binary(Object label) {
        return new Variable(label, VariableKind.BINARY, 0, 1);
    }

    /** Variables that are 0 or 1, called {@code name[0]}, {@code name[1]} and so on. */
    public static List<Variable> binaries(String name, int count) {
        return IntStream.range(0, count).mapToObj(k -> binary(name + "[" + k + "]")).toList();
    }

    /** Variables that are 0 or 1, called 0, 1 and so on. */
    public static List<Variable> binaries(int count) {
        return IntStream.range(0, count).mapToObj(Variable::binary).toList();
    }

    /** A variable that is -1 or +1. */
    public static Variable spin(Object label) {
        return new Variable(label, VariableKind.SPIN, -1, 1);
    }

    /** Variables that are -1 or +1, called {@code name[0]}, {@code name[1]} and so on. */
    public static List<Variable> spins(String name, int count) {
        return IntStream.range(0, count).mapToObj(k -> spin(name + "[" + k + "]")).toList();
    }

    /**
     * A whole number between two bounds, both allowed.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Variable integer(Object label, double lower, double upper) {
        return new Variable(label, VariableKind.INTEGER, lower, upper);
    }

    /**
     * A number between two bounds, both allowed.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Variable real(Object label, double lower, double upper) {
        return new Variable(label, VariableKind.REAL, lower, upper);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Variable v
                        && label.equals(v.label)
                        && kind == v.kind
                        && lower == v.lower
                        && upper == v.upper;
    }

    /** The hash of the label: labels tell variables apart. */
    @Override
    public int hashCode() {
        return label.hashCode();
    }

    /** The label. */
    @Override
    public String toString() {
        return label.toString();
    }
}
