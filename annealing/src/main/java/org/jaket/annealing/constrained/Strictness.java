package org.jaket.annealing.constrained;

/** What it costs to break a constraint. */
public sealed interface Strictness {
    /** It must not be broken. */
    Hard HARD = new Hard();

    /** The constraint must hold: an assignment that breaks it is no solution. */
    record Hard() implements Strictness {}

    /**
     * The constraint should hold: breaking it raises the energy.
     *
     * @param weight the cost of a violation of 1, at least 0
     * @param growth how the cost grows with the violation
     */
    record Soft(double weight, Growth growth) implements Strictness {
        /**
         * Checks the weight.
         *
         * @throws IllegalArgumentException if it is negative or not finite
         */
        public Soft {
            if (!(weight >= 0) || weight == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "the weight of a soft constraint is a finite number of at least 0, not %s; a constraint that must hold is a hard one"
                                .formatted(weight));
            }
        }

        /** The cost of a violation. */
        public double cost(double violation) {
            return weight * (growth == Growth.LINEAR ? violation : violation * violation);
        }
    }

    /** How a cost grows. */
    enum Growth {
        /** In proportion to the violation. */
        LINEAR,
        /** With the square of the violation. */
        QUADRATIC
    }
}
