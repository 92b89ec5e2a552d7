package org.jaket.annealing.sampler;

/**
 * Finds the temperatures between which a problem is decided, by looking at local minima: those that
 * a block of random states falls into.
 *
 * <p>Hot is where spins begin to follow their fields: at the inverse of the field's typical size,
 * or, where good states have few variables set, where variables that cost as much as those few are
 * as rare. Cold is where hardly any flip out of a minimum would be accepted any more. Both follow
 * the size of the coefficients.
 */
final class Pilot {
    /** Of a typical field. */
    private static final double SHARE = 0.9;

    /** The energy that flips out of a minimum bring at the end, as a share of what all cost. */
    private static final double RESTLESS = 1.5e-4;

    private final Replicas replicas;

    private Pilot(SpinProblem problem, long seed) {
        replicas = Replicas.of(problem);
        // No block of reads has this number.
        replicas.start(seed, Long.MIN_VALUE);
    }

    /** The schedule that suits a problem, in its own units; a rough one if the time is over. */
    static Schedule schedule(SpinProblem problem, long seed, Reads.Watch watch) {
        double typical = 0;
        int coupled = 0;
        for (int i = 0; i < problem.size; i++) {
            double field = problem.typicalField(i);
            typical += field;
            coupled += field > 0 ? 1 : 0;
        }
        if (coupled == 0) {
            return Schedule.linear(1);
        }
        return new Pilot(problem, seed).find(typical / coupled, watch);
    }

    private Schedule find(double typical, Reads.Watch watch) {
        replicas.settle(watch);
        double hot = Math.max(SHARE / typical, rare());
        return Schedule.geometric(hot, Math.max(2 * hot, cold(hot)));
    }

    /**
     * Where minority spins are as rare as in the minima: independent variables that cost c and are
     * on with the probability p have the inverse temperature ln((1 - p) / p) / c.
     */
    private double rare() {
        double[] cost = new double[2];
        int[] count = new int[2];
        for (int k = 0; k < replicas.spins.length; k++) {
            int side = replicas.spins[k] > 0 ? 1 : 0;
            cost[side] += Math.max(0, -2.0 * replicas.spins[k] * replicas.fields[k]);
            count[side]++;
        }
        int rare = count[0] < count[1] ? 0 : 1;
        if (count[rare] == 0 || cost[rare] == 0) {
            return 0;
        }
        return Math.log((double) count[1 - rare] / count[rare]) * count[rare] / cost[rare];
    }

    /** Where the flips that cost something, in these local minima, bring hardly any energy. */
    private double cold(double hot) {
        double[] costs = new double[replicas.spins.length];
        int count = 0;
        for (int k = 0; k < costs.length; k++) {
            double cost = -2.0 * replicas.spins[k] * replicas.fields[k];
            if (cost > 0) {
                costs[count++] = cost;
            }
        }
        if (count == 0) {
            return hot;
        }
        double low = hot;
        double high = hot;
        while (accepted(costs, count, high) > RESTLESS && high < 1e6 * hot) {
            high *= 2;
        }
        for (int k = 0; k < 20; k++) {
            double middle = Math.sqrt(low * high);
            if (accepted(costs, count, middle) > RESTLESS) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** The energy that accepted flips bring, as a share of what all flips cost. */
    private static double accepted(double[] costs, int count, double beta) {
        double all = 0;
        double brought = 0;
        // A few thousand costs tell as much as all of them.
        int step = 1 + count / 4096;
        for (int k = 0; k < count; k += step) {
            all += costs[k];
            brought += costs[k] * Math.exp(-beta * costs[k]);
        }
        return brought / all;
    }
}
