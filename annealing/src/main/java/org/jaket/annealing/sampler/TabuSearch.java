package org.jaket.annealing.sampler;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;

import java.util.Arrays;
import java.util.List;

/**
 * Tabu search: always the best flip of a variable that was not flipped a short time ago, also
 * uphill. A flip is allowed whatever the time if it leads below everything seen before. When
 * nothing better was found for a while, the search goes on from the best state with some of its
 * variables changed.
 *
 * <p>F. Glover, "Tabu search", 1989; G. Palubeckis, "Multistart tabu search strategies for the
 * unconstrained binary quadratic optimization problem", 2004. A flip costs a look at every
 * variable, some nanoseconds each 16. A sweep is as many flips as there are variables; without
 * sweeps in the options a read takes {@value #SWEEPS}, or as many as fit into the time.
 */
public final class TabuSearch implements Sampler {
    /** Sweeps of a read when nobody says how many and the time is not limited. */
    public static final int SWEEPS = 100;

    /** Flips without a better state, for each variable, after which the search goes elsewhere. */
    private static final int PATIENCE = 20;

    /** A variable stays where it is for this many flips and some random ones. */
    private static final int TENURE = 10;

    /** Flips after which rounding errors are wiped off. */
    private static final int REFRESH = 1 << 16;

    /** Variables looked at between two looks at the clock. */
    private static final int LOOKS = 1 << 16;

    private final MoveChoice choice = MoveChoice.best();

    /** A sampler. */
    public TabuSearch() {}

    @Override
    public SampleSet sample(BinaryQuadraticModel model, SamplingOptions options) {
        Deadline deadline = new Deadline(options);
        SpinProblem problem = new SpinProblem(model);
        long sweeps =
                options.sweeps() > 0
                        ? options.sweeps()
                        : deadline.isLimited() ? Long.MAX_VALUE / problem.size : SWEEPS;
        Reads reads = new Reads(problem, options, deadline);
        return reads.run(
                "tabu search",
                1,
                (read, count) -> {
                    var search = new Search(problem, options.seed(), read);
                    search.run(sweeps * problem.size, reads.watch());
                    return List.of(search.walk.state(search.best));
                });
    }

    /** One read. */
    private final class Search {
        private final Walk walk;
        private final int[] until;
        private final float[] best;
        private double bestEnergy;
        private final long seed;
        private final long stream;
        private long draws;

        Search(SpinProblem problem, long seed, long read) {
            this.seed = seed;
            this.stream = ~read;
            walk = new Walk(problem);
            walk.start(seed, read);
            until = new int[problem.size];
            best = walk.spins.clone();
            bestEnergy = walk.energy;
        }

        void run(long flips, Reads.Watch watch) {
            int size = walk.problem.size;
            int tenure = Math.min(TENURE + size / 100, size / 4);
            long patience = Math.max(1000, (long) PATIENCE * size);
            long since = 0;
            int time = 0;
            int between = Math.max(1, LOOKS / size);
            for (long k = 0; k < flips; k++) {
                if (k % between == 0 && watch.isOver()) {
                    return;
                }
                if (k % REFRESH == REFRESH - 1) {
                    walk.refresh();
                }
                if (++time > Integer.MAX_VALUE / 2) {
                    Arrays.fill(until, 0);
                    time = 1;
                }
                int i = choose(size, time);
                walk.flip(i);
                until[i] = time + tenure + random(tenure + 1) + 1;
                if (walk.energy < bestEnergy - 1e-6 * Math.abs(bestEnergy)) {
                    bestEnergy = walk.energy;
                    System.arraycopy(walk.spins, 0, best, 0, size);
                    since = 0;
                } else if (++since > patience) {
                    elsewhere(size);
                    since = 0;
                }
            }
        }

        private int choose(int size, int time) {
            int from = random(size);
            float free = choice.leastFree(walk.change, until, size, time);
            if (free >= 0 || free == Float.POSITIVE_INFINITY) {
                float least = choice.least(walk.change, size);
                boolean better = walk.energy + least < bestEnergy - 1e-6 * Math.abs(bestEnergy);
                if (better || free == Float.POSITIVE_INFINITY) {
                    return choice.find(least, walk.change, new int[0], size, time, from);
                }
            }
            return choice.find(free, walk.change, until, size, time, from);
        }

        /** The best state with a random share of its variables changed. */
        private void elsewhere(int size) {
            walk.set(best);
            int count = 1 + size / 20 + random(size / 10 + 1);
            for (int k = 0; k < count; k++) {
                walk.flip(random(size));
            }
        }

        private int random(int bound) {
            return (int) (Mixing.uniform(Mixing.bits(seed, stream, draws++)) * bound);
        }
    }
}
