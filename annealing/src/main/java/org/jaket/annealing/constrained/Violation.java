package org.jaket.annealing.constrained;

import org.jaket.annealing.polynomial.Sense;

/** What is wrong with an assignment. */
public sealed interface Violation {
    /** The constraint's or the variable's label. */
    Object label();

    /** By how much, more than 0. */
    double amount();

    /**
     * A hard constraint does not hold.
     *
     * @param label the constraint
     * @param left the value of its left side
     * @param sense how it should stand to the right side
     * @param right the right side
     * @param amount by how much it is missed
     */
    record OfConstraint(Object label, double left, Sense sense, double right, double amount)
            implements Violation {
        @Override
        public String toString() {
            return "constraint %s: %s should be %s %s".formatted(label, left, sense, right);
        }
    }

    /**
     * A variable has a value that it cannot have.
     *
     * @param label the variable
     * @param value its value
     * @param amount how far the nearest allowed value is
     * @param demand what it should be, in words
     */
    record OfVariable(Object label, double value, double amount, String demand)
            implements Violation {
        @Override
        public String toString() {
            return "variable %s: %s should be %s".formatted(label, value, demand);
        }
    }
}
