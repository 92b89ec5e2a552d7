package org.jaket.annealing.sampler;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.reads.Deadline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Picks samplers by itself. Small models, those close to trees and those that can be drawn in the
 * plane are solved exactly, and the name of the sampler says so. On others many short anneals, tabu
 * search and parallel tempering take turns: with a limit of time they share it, without one each
 * does a fixed amount of work, so that the result can be repeated.
 */
public final class Portfolio implements Sampler {
    /** Up to this many variables all states are tried: a hundredth of a second. */
    private static final int ALL_STATES = 24;

    /** The same for a thousandth of a second. */
    private static final int FEW_STATES = 19;

    /** So many nanoseconds are not worth to be divided. */
    private static final long SHORT = 50_000_000;

    /** Tables of up to this many variables are worth an exact answer. */
    private static final int NARROW = 16;

    /** Drawings of up to this many variables are matched in about a second. */
    private static final int DRAWN = 10_000;

    /** Nanoseconds that must be left for a matching, which no limit of time ends. */
    private static final long LONG = 5_000_000_000L;

    /** Shares of a limited time; parallel tempering gets what is left. */
    private static final double ANNEALING = 0.1;

    private static final double TABU = 0.15;

    /** A sampler. */
    public Portfolio() {}

    @Override
    public SampleSet sample(BinaryQuadraticModel model, SamplingOptions options) {
        Deadline deadline = new Deadline(options);
        if (model.size() <= (deadline.left() < SHORT ? FEW_STATES : ALL_STATES)
                && model.size() > 0) {
            return new Exhaustive().sample(model, options);
        }
        if (deadline.left() < SHORT) {
            // Nothing gets anywhere sooner.
            return new TabuSearch().sample(model, options.withReads(1));
        }
        if (TreeDecomposition.order(model, NARROW) != null) {
            return new TreeDecomposition().sample(model, options);
        }
        if (model.size() <= DRAWN && deadline.left() >= LONG && PlanarMatching.fits(model)) {
            return new PlanarMatching().sample(model, options);
        }
        List<SampleSet> sets = new ArrayList<>();
        boolean limited = deadline.isLimited();
        sets.add(
                new SimulatedAnnealing()
                        .sample(model, limited ? share(options, deadline, ANNEALING) : options));
        SamplingOptions few = options.withReads(Math.min(options.reads(), options.threads()));
        if (!deadline.isOver()) {
            sets.add(
                    new TabuSearch()
                            .sample(model, limited ? share(few.sweeps(0), deadline, TABU) : few));
        }
        if (!deadline.isOver()) {
            sets.add(
                    new ParallelTempering()
                            .sample(model, limited ? share(few.sweeps(0), deadline, 1) : few));
        }
        return SampleSet.merged(
                model,
                sets,
                "portfolio of simulated annealing, tabu search and parallel tempering",
                options.seed(),
                deadline.time());
    }

    /** The options with a share of the time that is left. */
    private static SamplingOptions share(SamplingOptions options, Deadline deadline, double share) {
        return options.limit(Duration.ofNanos((long) (deadline.left() * share)));
    }
}
