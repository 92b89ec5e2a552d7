package org.jaket.annealing.relaxation;

import java.util.List;

/**
 * The quadratic program {@code maximise min over cuts of (constant + slope lambda) - |lambda -
 * centre|^2 / (2 step)} with multipliers at least 0 where they must be.
 *
 * <p>Its dual is smooth in the weights of the cuts, which are at least 0 and sum to 1: for weights
 * alpha the multipliers are {@code [centre + step sum alpha slope]+}, and the gradient is the
 * height of each cut there. Weight is moved from the highest cut that has some to the lowest one,
 * as much as is best (pairwise steps, as in J. Platt's sequential minimal optimisation, 1998).
 * ojAlgo 57's solver of quadratic programs does not always end on these.
 */
final class ProximalProgram {
    private static final int MOST_MOVES = 2000;
    private static final int HALVINGS = 40;
    private static final double PRECISION = 1e-9;

    private final List<Cut> cuts;
    private final double[] centre;
    private final boolean[] free;
    private final double step;
    private final double[] alpha;

    /** The sum of slopes by their weights. */
    private final double[] slope;

    private double[] lambda;

    ProximalProgram(List<Cut> cuts, double[] centre, boolean[] free, double step) {
        this.cuts = cuts;
        this.centre = centre;
        this.free = free;
        this.step = step;
        this.alpha = new double[cuts.size()];
        alpha[alpha.length - 1] = 1;
        this.slope = cuts.getLast().slope().clone();
        this.lambda = at(cuts.getLast().slope(), 0);
    }

    /** The multipliers after moving along a direction. */
    private double[] at(double[] direction, double far) {
        double[] point = new double[centre.length];
        for (int r = 0; r < point.length; r++) {
            double value = centre[r] + step * (slope[r] + far * direction[r]);
            point[r] = free[r] ? value : Math.max(0, value);
        }
        return point;
    }

    void solve() {
        double[] direction = new double[centre.length];
        for (int move = 0; move < MOST_MOVES; move++) {
            int from = -1;
            int to = -1;
            double highest = Double.NEGATIVE_INFINITY;
            double lowest = Double.POSITIVE_INFINITY;
            for (int i = 0; i < alpha.length; i++) {
                double height = cuts.get(i).at(lambda);
                if (alpha[i] > 0 && height > highest) {
                    highest = height;
                    from = i;
                }
                if (height < lowest) {
                    lowest = height;
                    to = i;
                }
            }
            if (highest - lowest <= PRECISION * (1 + Math.abs(lowest))) {
                return;
            }
            Cut high = cuts.get(from);
            Cut low = cuts.get(to);
            for (int r = 0; r < direction.length; r++) {
                direction[r] = low.slope()[r] - high.slope()[r];
            }
            double far = best(high, low, direction, alpha[from]);
            alpha[to] += far;
            alpha[from] = far == alpha[from] ? 0 : alpha[from] - far;
            for (int r = 0; r < direction.length; r++) {
                slope[r] += far * direction[r];
            }
            lambda = at(direction, 0);
        }
    }

    /** Where both cuts are of equal height, or all of the weight. */
    private double best(Cut high, Cut low, double[] direction, double all) {
        double[] end = at(direction, all);
        if (low.at(end) <= high.at(end)) {
            return all;
        }
        double less = 0;
        double more = all;
        for (int k = 0; k < HALVINGS; k++) {
            double middle = (less + more) / 2;
            double[] point = at(direction, middle);
            if (low.at(point) <= high.at(point)) {
                less = middle;
            } else {
                more = middle;
            }
        }
        return (less + more) / 2;
    }

    double[] multipliers() {
        return lambda;
    }

    /** What the cuts promise at the multipliers. */
    double value() {
        double least = Double.POSITIVE_INFINITY;
        for (Cut cut : cuts) {
            least = Math.min(least, cut.at(lambda));
        }
        return least;
    }

    /** The cut of the least weight among all but the newest, the oldest of equal ones. */
    int lightest() {
        int least = 0;
        for (int i = 1; i < alpha.length - 1; i++) {
            if (alpha[i] < alpha[least]) {
                least = i;
            }
        }
        return least;
    }
}
