package org.jaket.annealing.relaxation;

import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;

import java.util.ArrayList;
import java.util.List;

/**
 * The linear program {@code maximise v with v <= constant[i] + slope[i] lambda for all cuts i},
 * multipliers in a box; solved by ojAlgo's simplex method.
 */
final class CutProgram {
    /** The box grows so often at most, where v does not grow with it. */
    private static final int WIDENINGS = 10;

    private final boolean[] free;
    private final List<Cut> cuts = new ArrayList<>();
    private final double[] lambda;
    private double limit;

    /**
     * A program without cuts.
     *
     * @param free whether a multiplier may be negative
     * @param limit the first size of the box
     */
    CutProgram(boolean[] free, double limit) {
        this.free = free;
        this.limit = limit;
        lambda = new double[free.length];
    }

    /** Adds a cut. */
    void add(Cut cut) {
        cuts.add(cut);
    }

    /**
     * Solves the program, and widens the box where it alone holds the largest v down.
     *
     * @param enough a v up to this is nothing new
     * @return the largest v; at most {@code enough} where nothing is new
     */
    double promise(double enough) {
        double promise = solve();
        for (int k = 0; k < WIDENINGS && promise <= enough && isAtLimit(); k++) {
            widen();
            promise = solve();
        }
        return promise;
    }

    /** Makes the box wider. */
    void widen() {
        limit *= 4;
    }

    /** Whether the box holds multipliers back. */
    boolean isAtLimit() {
        for (double value : lambda) {
            if (Math.abs(value) >= limit * (1 - 1e-9)) {
                return true;
            }
        }
        return false;
    }

    /** Solves the program, and gives the largest v. */
    double solve() {
        // A model that was solved before keeps bounds of its variables from then, so begin anew.
        ExpressionsBasedModel model = new ExpressionsBasedModel();
        int size = free.length;
        for (int r = 0; r < size; r++) {
            model.newVariable("multiplier " + r).lower(free[r] ? -limit : 0).upper(limit);
        }
        model.newVariable("v").weight(1);
        for (int k = 0; k < cuts.size(); k++) {
            Expression cut = model.newExpression("cut " + k).upper(cuts.get(k).constant());
            for (int r = 0; r < size; r++) {
                cut.set(r, -cuts.get(k).slope()[r]);
            }
            cut.set(size, 1);
        }
        Optimisation.Result result = model.maximise();
        for (int r = 0; r < size; r++) {
            lambda[r] = Math.clamp(result.doubleValue(r), free[r] ? -limit : 0, limit);
        }
        return result.doubleValue(size);
    }

    /** The multipliers of the last solution. */
    double[] multipliers() {
        return lambda.clone();
    }
}
