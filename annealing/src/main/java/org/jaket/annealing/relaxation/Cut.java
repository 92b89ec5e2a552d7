package org.jaket.annealing.relaxation;

/**
 * What a round says of all multipliers: {@code minimum <= constant + slope lambda}.
 *
 * @param constant of the state that was the minimum, its energy without multipliers
 * @param slope the values of its rows
 */
record Cut(double constant, double[] slope) {
    /** The cut of a round with some multipliers. */
    static Cut of(DualMethod.Outcome outcome, double[] lambda) {
        double constant = outcome.minimum();
        for (int r = 0; r < lambda.length; r++) {
            constant -= lambda[r] * outcome.rows()[r];
        }
        return new Cut(constant, outcome.rows());
    }

    /** The bound at some multipliers. */
    double at(double[] lambda) {
        double sum = constant;
        for (int r = 0; r < slope.length; r++) {
            sum += slope[r] * lambda[r];
        }
        return sum;
    }
}
