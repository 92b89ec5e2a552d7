package org.jaket.annealing.sampler;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.reads.Deadline;
import org.jaket.execution.CounterRandom;

import java.util.List;

/**
 * Tabu search: always the best flip of a variable that was not flipped a short time ago, also
 * uphill. A flip is allowed whatever the time if it leads below everything seen before. When
 * nothing better was found for a while, the search goes on from the best state with some of its
 * variables changed. Unless states to begin at are given, the first read of a binary model begins
 * at all zeros, others at random.
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

    /** A gain below this share of the energy is a rounding error. */
    private static final double NOTHING = 1e-13;

    /** Variables looked at between two looks at the clock. */
    private static final int LOOKS = 1 << 16;

    private final MoveChoice choice = MoveChoice.best();

    private final Start start;

    /** From random states on. */
    public TabuSearch() {
        this(Start.RANDOM);
    }

    private TabuSearch(Start start) {
        this.start = start;
    }

    /**
     * The same from given states on.
     *
     * @param states in the values of the model that will be sampled, each read's in turn
     * @throws IllegalArgumentException if there is none; sampling throws it if one is not of the
     *     model
     */
    public TabuSearch from(List<byte[]> states) {
        return new TabuSearch(Start.at(states));
    }

    @Override
    public SampleSet sample(BinaryQuadraticModel model, SamplingOptions options) {
        Deadline deadline = new Deadline(options);
        long sweeps =
                options.sweeps() > 0
                        ? options.sweeps()
                        : deadline.isLimited()
                                ? Long.MAX_VALUE / Math.max(1, model.size())
                                : SWEEPS;
        start.check(model);
        Reads reads = new Reads(model, options, deadline);
        return reads.run(
                "tabu search",
                1,
                (read, count) -> {
                    var search = new Search(model, options.seed(), read);
                    search.run(sweeps * model.size(), reads.watch());
                    return List.of(search.best);
                });
    }

    /** One read. */
    private final class Search {
        private final Walk walk;

        /** By variable: from which flip on it may be flipped. */
        private final double[] until;

        /** The least change, and the least of those that are free. */
        private final double[] least = new double[2];

        private final byte[] best;
        private double bestEnergy;
        private final long seed;
        private final long stream;
        private long draws;

        Search(BinaryQuadraticModel model, long seed, long read) {
            this.seed = seed;
            this.stream = ~read;
            walk = new Walk(model);
            if (start.isRandom() && read == 0 && model.vartype() == Vartype.BINARY) {
                // Where variables cost and penalise each other, nothing is a good beginning, and
                // it costs nothing.
                walk.startLow();
            } else {
                start.put(walk, seed, read);
            }
            until = new double[model.size()];
            best = walk.state();
            bestEnergy = walk.energy;
        }

        void run(long flips, Reads.Watch watch) {
            int size = walk.size;
            int tenure = Math.min(TENURE + size / 100, size / 4);
            long patience = Math.max(1000, (long) PATIENCE * size);
            long since = 0;
            int between = Math.max(1, LOOKS / size);
            for (long k = 0; k < flips; k++) {
                if (k % between == 0 && watch.isOver()) {
                    return;
                }
                if (k % REFRESH == REFRESH - 1) {
                    walk.refresh();
                }
                int i = choose(size, (double) k);
                walk.flip(i);
                until[i] = (double) k + tenure + random(tenure + 1) + 1;
                if (walk.energy < bestEnergy - NOTHING * Math.abs(bestEnergy)) {
                    bestEnergy = walk.energy;
                    watch.found(bestEnergy);
                    walk.copyTo(best);
                    since = 0;
                } else if (++since > patience) {
                    elsewhere(size);
                    since = 0;
                }
            }
        }

        private int choose(int size, double time) {
            int from = random(size);
            choice.least(walk.change, until, size, time, least);
            double all = least[0];
            double free = least[1];
            boolean better =
                    free >= 0 && walk.energy + all < bestEnergy - NOTHING * Math.abs(bestEnergy);
            return better || free == Double.POSITIVE_INFINITY
                    ? choice.find(all, walk.change, MoveChoice.ALWAYS, size, time, from)
                    : choice.find(free, walk.change, until, size, time, from);
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
            return (int) (CounterRandom.uniform(seed, stream, draws++) * bound);
        }
    }
}
