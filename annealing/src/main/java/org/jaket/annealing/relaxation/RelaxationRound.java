package org.jaket.annealing.relaxation;

/**
 * One round: multipliers, a sampled minimum, an update.
 *
 * @param round its number, from 0
 * @param multipliers one for each constraint of the model, in its units: the price of a unit by
 *     which an inequality is broken, at least 0; for an equation of a unit by which the left side
 *     is too large. Not to be changed
 * @param minimum the lowest energy that was found in the sampled model
 * @param exact whether the minimum is known to be one
 * @param squares whether squares of inequalities were in the sampled model, so that its minimum is
 *     no bound
 * @param violation the sum of what the minimum breaks, in the model's units
 * @param bound the best proven bound so far
 * @param best the energy of the best solution so far, infinity before the first
 */
public record RelaxationRound(
        int round,
        double[] multipliers,
        double minimum,
        boolean exact,
        boolean squares,
        double violation,
        double bound,
        double best) {
    @Override
    public String toString() {
        return "round %d: minimum %s%s, violation %s, bound %s, best %s"
                .formatted(round, minimum, exact ? " (exact)" : "", violation, bound, best);
    }
}
