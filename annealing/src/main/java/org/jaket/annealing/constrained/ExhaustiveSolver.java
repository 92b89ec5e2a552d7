package org.jaket.annealing.constrained;

import org.jaket.annealing.polynomial.Variable;
import org.jaket.annealing.polynomial.VariableKind;
import org.jaket.execution.Progress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Tries every assignment of a small model: up to {@value #MOST_ASSIGNMENTS} of them, which takes
 * time in proportion to their number and the terms of the model, minutes at the limit. What it
 * finds is the optimum; where it finds no solution, there is none.
 */
public final class ExhaustiveSolver {
    /** The most assignments that are tried. */
    public static final long MOST_ASSIGNMENTS = 1L << 28;

    /** Every so many assignments it tells how far it is. */
    private static final int REPORT = 1 << 16;

    private final ConstrainedModel model;
    private final int keep;
    private final double[] low;
    private final double[] step;
    private final long[] count;

    /** The lowest solutions so far, the worst of them first. */
    private final PriorityQueue<ConstrainedSample> best =
            new PriorityQueue<>(Comparator.comparingDouble(ConstrainedSample::energy).reversed());

    private ExhaustiveSolver(ConstrainedModel model, int keep) {
        this.model = model;
        this.keep = keep;
        int n = model.size();
        low = new double[n];
        step = new double[n];
        count = new long[n];
        for (int k = 0; k < n; k++) {
            Variable v = model.variable(k);
            if (v.kind() == VariableKind.REAL && v.lower() < v.upper()) {
                throw new IllegalArgumentException(
                        "%s is real: its values cannot all be tried. Make it an integer in steps that are fine enough"
                                .formatted(v));
            }
            low[k] = v.kind() == VariableKind.REAL ? v.lower() : Math.ceil(v.lower());
            step[k] = v.kind() == VariableKind.SPIN ? 2 : 1;
            double values =
                    v.kind() == VariableKind.REAL
                            ? 1
                            : Math.floor((Math.floor(v.upper()) - low[k]) / step[k]) + 1;
            count[k] = (long) Math.min(values, MOST_ASSIGNMENTS + 1);
        }
    }

    /**
     * The best solutions.
     *
     * @param keep how many at most
     * @return solutions only, the lowest energy first; none if the model has none
     * @throws IllegalArgumentException if there is a real variable, or there are more than {@value
     *     #MOST_ASSIGNMENTS} assignments
     */
    public static ConstrainedSampleSet solve(ConstrainedModel model, int keep) {
        return solve(model, keep, Progress.NONE);
    }

    /**
     * The best solutions, with reports of how many assignments were tried.
     *
     * @throws java.util.concurrent.CancellationException if the progress says so
     */
    public static ConstrainedSampleSet solve(ConstrainedModel model, int keep, Progress progress) {
        if (keep < 1) {
            throw new IllegalArgumentException("at least 1 solution is kept, not " + keep);
        }
        long begin = System.nanoTime();
        ExhaustiveSolver solver = new ExhaustiveSolver(model, keep);
        solver.run(progress);
        List<ConstrainedSample> found = new ArrayList<>(solver.best);
        return ConstrainedSampleSet.gathered(
                found, "exhaustive search", 0, Duration.ofNanos(System.nanoTime() - begin));
    }

    private void run(Progress progress) {
        double total = 1;
        for (long values : count) {
            total *= values;
        }
        if (total > MOST_ASSIGNMENTS) {
            throw new IllegalArgumentException(
                    "there are %.1e assignments, more than the %d that can be tried: sample the PenaltyForm instead"
                            .formatted(total, MOST_ASSIGNMENTS));
        }
        double[] values = low.clone();
        long[] place = new long[values.length];
        long tried = 0;
        do {
            tryOut(values);
            if (++tried % REPORT == 0) {
                progress.report(tried, (long) total);
                progress.checkCancelled();
            }
        } while (next(values, place));
        progress.report(tried, (long) total);
    }

    /** Counts on, the first variable fastest. */
    private boolean next(double[] values, long[] place) {
        for (int k = 0; k < values.length; k++) {
            if (++place[k] < count[k]) {
                values[k] += step[k];
                return true;
            }
            place[k] = 0;
            values[k] = low[k];
        }
        return false;
    }

    private void tryOut(double[] values) {
        for (Constraint constraint : model.constraints()) {
            double tolerance =
                    ConstrainedModel.TOLERANCE * Math.max(1, Math.abs(constraint.right()));
            if (constraint.isHard() && !(constraint.violation(values) <= tolerance)) {
                return;
            }
        }
        ConstrainedSample worst = best.peek();
        if (best.size() == keep && worst != null && energy(values) >= worst.energy()) {
            return;
        }
        best.add(model.check(values));
        if (best.size() > keep) {
            best.poll();
        }
    }

    private double energy(double[] values) {
        double energy = model.objective().value(values);
        for (Constraint constraint : model.constraints()) {
            if (constraint.strictness() instanceof Strictness.Soft soft) {
                energy += soft.cost(constraint.violation(values));
            }
        }
        return energy;
    }
}
