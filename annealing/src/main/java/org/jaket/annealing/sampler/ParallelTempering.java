package org.jaket.annealing.sampler;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.reads.Deadline;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Parallel tempering with isoenergetic cluster moves: states at many temperatures, which are
 * exchanged between neighbouring temperatures, so that what is stuck in the cold gets out through
 * the heat. Two states at the same temperature exchange clusters of spins in which they differ,
 * which moves both far without changing their total energy. A read is the best state that one such
 * ensemble has met.
 *
 * <p>K. Hukushima and K. Nemoto, "Exchange Monte Carlo method and application to spin glass
 * simulations", 1996; Z. Zhu, A. J. Ochoa and H. G. Katzgraber, "Efficient cluster algorithm for
 * spin glasses in any space dimension", 2015.
 *
 * <p>For long searches: where many short anneals stop getting better, an ensemble goes on. Without
 * sweeps in the options each of the {@value #LEAST_TEMPERATURES} or more temperatures takes {@value
 * #SWEEPS}, or as many as fit into the time.
 */
public final class ParallelTempering implements Sampler {
    /** Sweeps at each temperature when nobody says how many and the time is not limited. */
    public static final int SWEEPS = 1000;

    /** The fewest temperatures. */
    public static final int LEAST_TEMPERATURES = SpinProblem.LANES;

    /** More temperatures than these are not needed by problems that fit into a cache. */
    private static final int MOST_BLOCKS = 8;

    private final @Nullable Schedule range;

    /** Temperatures from the model. */
    public ParallelTempering() {
        this(null);
    }

    private ParallelTempering(@Nullable Schedule range) {
        this.range = range;
    }

    /**
     * The same with the inverse temperatures of a schedule, one after the other.
     *
     * @throws IllegalArgumentException if it falls somewhere
     */
    public ParallelTempering range(Schedule newRange) {
        if (!newRange.rises()) {
            throw new IllegalArgumentException(
                    "temperatures side by side go from hot to cold, so inverse ones rise, but these are "
                            + newRange.betas());
        }
        return new ParallelTempering(newRange);
    }

    @Override
    public SampleSet sample(BinaryQuadraticModel model, SamplingOptions options) {
        Deadline deadline = new Deadline(options);
        SpinProblem problem = new SpinProblem(model);
        long sweeps =
                options.sweeps() > 0
                        ? options.sweeps()
                        : deadline.isLimited() ? Long.MAX_VALUE : SWEEPS;
        Reads reads = new Reads(problem, options, deadline);
        Schedule used = reads.schedule(range);
        return reads.run(
                "parallel tempering",
                1,
                (read, count) -> {
                    var ensemble =
                            new Ensemble(problem, blocks(problem), used, options.seed(), read);
                    return List.of(ensemble.search(sweeps, reads.watch()));
                });
    }

    /** Energies scatter by the root of the size: so many temperatures keep exchanging. */
    private static int blocks(SpinProblem problem) {
        double temperatures = Math.sqrt(problem.size);
        return (int) Math.clamp(Math.ceil(temperatures / SpinProblem.LANES), 1, MOST_BLOCKS);
    }
}
