package org.jaket.annealing.polynomial;

/**
 * A formula compared with a number: what a constraint demands.
 *
 * @param left the formula
 * @param sense how it is compared
 * @param right the number, finite
 */
public record Comparison(Expression left, Sense sense, double right) {
    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is not finite
     */
    public Comparison {
        if (!Double.isFinite(right)) {
            throw new IllegalArgumentException(
                    "a formula is compared with a finite number, not " + right);
        }
    }

    @Override
    public String toString() {
        return left + " " + sense + " " + right;
    }
}
