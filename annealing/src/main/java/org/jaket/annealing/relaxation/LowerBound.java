package org.jaket.annealing.relaxation;

/**
 * A number that solutions are compared with: {@link Proven} where no solution can be below it,
 * {@link Estimated} where that is only likely.
 */
public sealed interface LowerBound {
    /** The number. */
    double value();

    /** Why no solution is below a number. */
    enum Proof {
        /** The relaxed model was minimised exactly. */
        EXACT_MINIMUM,
        /**
         * Roof duality bounds the relaxed model, whatever the sampler found ({@link
         * org.jaket.annealing.presolve.RoofDuality}).
         */
        ROOF_DUALITY
    }

    /**
     * No solution has a lower energy, up to rounding.
     *
     * @param value the bound
     * @param proof why
     */
    record Proven(double value, Proof proof) implements LowerBound {}

    /**
     * The lowest energy that a heuristic sampler found in the relaxed model with the best
     * multipliers. It is at least the Lagrangian bound, and may be above the optimum where the
     * sampler missed the minimum.
     *
     * @param value the estimate
     */
    record Estimated(double value) implements LowerBound {}
}
