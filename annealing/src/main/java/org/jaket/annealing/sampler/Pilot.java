package org.jaket.annealing.sampler;

import java.util.Arrays;

/**
 * Finds the temperatures between which a problem is decided, by looking: some sixty sweeps of one
 * block of replicas, from hot to cold.
 *
 * <p>Hot is where a sweep stops to make states forget: as long as the distance between a state and
 * itself one sweep later is about that between independent states, hotter sweeps are wasted. Cold
 * is where hardly any flip out of a local minimum would be accepted any more. Both follow the
 * problem whatever the size of its coefficients, and whether few or half of its variables are set
 * in good states.
 */
final class Pilot {
    private static final int LANES = SpinProblem.LANES;

    /** From one sweep to the next. */
    private static final double FACTOR = 1.3;

    /** Distance after one sweep over distance of strangers, where the search begins. */
    private static final double FORGETS = 0.8;

    /** Accepted flips for each variable at the end, in a local minimum. */
    private static final double RESTLESS = 0.001;

    private final SpinProblem problem;
    private final Replicas replicas;
    private final float[] betas = new float[LANES];

    private Pilot(SpinProblem problem, long seed) {
        this.problem = problem;
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
            return new Schedule(1, 1, Schedule.Course.LINEAR);
        }
        return new Pilot(problem, seed).find(typical / coupled, watch);
    }

    private Schedule find(double typical, Reads.Watch watch) {
        double beta = 0.1 / typical;
        double hot = 0;
        // Beyond, the distance has long been small; the bound is for problems without any.
        double coldest = 1e4 / typical;
        while (hot == 0 && beta < coldest) {
            float[] before = replicas.spins.clone();
            if (!sweep(beta, watch)) {
                return new Schedule(0.6 / typical, 8 / typical, Schedule.Course.GEOMETRIC);
            }
            if (distance(before) < FORGETS * strangers()) {
                hot = beta;
            }
            beta *= FACTOR;
        }
        if (hot == 0) {
            hot = 0.6 / typical;
        }
        // On to where it is cold, so that the minima are not those next to random states.
        beta = hot;
        for (int k = 0; k < 12; k++) {
            beta *= FACTOR;
            if (!sweep(beta, watch)) {
                break;
            }
        }
        while (!watch.isOver() && replicas.descend(0, problem.size)) {
            // To the bottom.
        }
        return new Schedule(hot, Math.max(2 * hot, cold(hot)), Schedule.Course.GEOMETRIC);
    }

    private boolean sweep(double beta, Reads.Watch watch) {
        Arrays.fill(betas, (float) beta);
        replicas.metropolis(betas, 0, problem.size);
        return !watch.isOver();
    }

    /** The share of spins that differ from those before. */
    private double distance(float[] before) {
        long different = 0;
        for (int k = 0; k < before.length; k++) {
            different += before[k] != replicas.spins[k] ? 1 : 0;
        }
        return (double) different / before.length;
    }

    /** The share of spins in which two lanes differ, over all pairs of lanes. */
    private double strangers() {
        long different = 0;
        for (int i = 0; i < problem.size; i++) {
            int up = 0;
            for (int lane = 0; lane < LANES; lane++) {
                up += replicas.spins[i * LANES + lane] > 0 ? 1 : 0;
            }
            different += (long) up * (LANES - up);
        }
        return different / (problem.size * (LANES * (LANES - 1) / 2.0));
    }

    /** Where the flips that cost something, in these local minima, are accepted hardly ever. */
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

    private double accepted(double[] costs, int count, double beta) {
        double sum = 0;
        // A few thousand costs tell as much as all of them.
        int step = 1 + count / 4096;
        int seen = 0;
        for (int k = 0; k < count; k += step) {
            sum += Math.exp(-beta * costs[k]);
            seen++;
        }
        return sum / seen * count / replicas.spins.length;
    }
}
