package org.jaket.annealing.constrained;

import org.jaket.annealing.Convergence;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.reads.Reading;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Simulated annealing on the variables of a {@link ConstrainedModel} themselves: binary, spin,
 * integer and real ones, under linear and quadratic constraints, without encoding them in bits.
 *
 * <pre>{@code
 * ConstrainedSampleSet found =
 *         new ConstrainedAnnealing().sample(model, SamplingOptions.reads(20).seed(7));
 * found.best().energy();
 * }</pre>
 *
 * <p>One-hot groups stay one-hot: their moves exchange the variable that is 1, and where two groups
 * cross, as in an assignment of rows to columns, two rows exchange their columns. Integers step by
 * one and by lengths that adapt; reals step, go to where a constraint is tight, and move in pairs
 * that keep an equation. What breaks a hard constraint costs in proportion to the violation; the
 * weight of each constraint rises while it is broken and falls while it holds, so that the walk
 * follows the border of what is allowed (B. W. Wah and T. Wang, "Simulated annealing with
 * asymptotic convergence for nonlinear constrained optimization", 1999). The best solution of each
 * read is kept; a read that meets none returns the assignment with the least total violation, and
 * the result says what it breaks. A {@link Convergence} in the options is told the solution of each
 * read.
 *
 * <p>Without sweeps in the options each read takes {@value #SWEEPS}; when the time is limited,
 * fewer if they would not end in time. A sweep is as many moves as there are variables; a move
 * costs the terms of the variables that it changes. Variables without bounds stay within {@value
 * #FARTHEST} of 0 or of the bound they have. Solutions are no proof of optimality, and that there
 * is none is no proof that none exists; {@link ExhaustiveSolver} proves both for small models.
 *
 * <p>Immutable and safe for any number of threads. The same model, options and seed give the same
 * samples, whatever the number of threads, as long as no time limit ends them early.
 */
public final class ConstrainedAnnealing {
    /** Sweeps of a read when nobody says how many. */
    public static final int SWEEPS = 2000;

    /** How far from 0 a variable without bounds may go. */
    static final double FARTHEST = 1e9;

    /** Samples models of any kind. */
    public ConstrainedAnnealing() {}

    /**
     * Samples a model.
     *
     * @return an assignment a read, at least one, also when the time is short
     * @throws java.util.concurrent.CancellationException if the options' progress says so
     */
    public ConstrainedSampleSet sample(ConstrainedModel model, SamplingOptions options) {
        Reading reading = new Reading(options);
        AnnealingTables tables = new AnnealingTables(model);
        OneHotGroups groups = new OneHotGroups(model);
        double[][] found = new double[options.reads()][];
        long sweeps = options.sweeps() == 0 ? SWEEPS : options.sweeps();
        reading.run(
                read -> {
                    long begin = System.nanoTime();
                    var walk =
                            new AnnealingWalk(tables, groups, reading.seed(read), reading::isOver);
                    walk.run(
                            sweeps,
                            done -> {
                                if (options.sweeps() != 0 || !reading.isLimited()) {
                                    return Long.MAX_VALUE / 2;
                                }
                                double nanos = (System.nanoTime() - begin) / (double) done;
                                return (long) (reading.left() / Math.max(1, nanos));
                            });
                    found[read] = walk.result();
                    if (options.progress() instanceof Convergence convergence) {
                        ConstrainedSample sample = model.check(found[read]);
                        if (sample.isFeasible()) {
                            convergence.found(sample.energy());
                        }
                    }
                });
        List<double[]> assignments = new ArrayList<>(Arrays.asList(found));
        assignments.removeIf(values -> values == null);
        return ConstrainedSampleSet.of(
                model,
                assignments,
                "simulated annealing under constraints",
                options.seed(),
                reading.time());
    }
}
