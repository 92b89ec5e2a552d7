package org.jaket.annealing.relaxation;

/** The state of a {@link MultiplierUpdate} between rounds, in the scaled rows' units. */
sealed interface DualMethod permits StepMethod, AugmentedMethod, BundleMethod, CuttingPlaneMethod {
    /**
     * What a round found.
     *
     * @param minimum the lowest energy of the sampled model
     * @param rows the rows' values at the minimum
     * @param best the energy of the best solution, infinity without one
     */
    record Outcome(double minimum, double[] rows, double best) {}

    static DualMethod of(MultiplierUpdate update, RelaxedRows rows) {
        return switch (update) {
            case MultiplierUpdate.DualAscent ascent -> StepMethod.ascent(rows, ascent);
            case MultiplierUpdate.Subgradient polyak -> StepMethod.polyak(rows, polyak);
            case MultiplierUpdate.Bundle bundle -> new BundleMethod(rows, bundle.size());
            case MultiplierUpdate.CuttingPlane plane -> new CuttingPlaneMethod(rows);
            case MultiplierUpdate.AugmentedLagrangian augmented ->
                    new AugmentedMethod(rows, augmented);
        };
    }

    /** The multipliers of the next round; not to be changed. */
    double[] multipliers();

    /** The weights of squared rows in the next round; not to be changed. */
    double[] squares();

    /** Chooses the next multipliers. */
    void learn(Outcome outcome);

    /** Whether there are no better multipliers, if minima were exact. */
    boolean isConverged();
}
