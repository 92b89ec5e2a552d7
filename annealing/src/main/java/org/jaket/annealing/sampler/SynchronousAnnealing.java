package org.jaket.annealing.sampler;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.reads.Deadline;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Synchronous parallel annealing: all variables draw their new values at the same time, each from
 * its own local energy, and one that has changed rests for a random number of steps, so that
 * neighbours do not change back and forth together. What runs on neuromorphic chips.
 *
 * <p>A. Pierro et al., "Solving QUBO on the Loihi 2 neuromorphic processor", arXiv 2408.03076: a
 * variable turns on with the probability {@code 1 / (1 + exp(dE / T))}. A read is the best state on
 * its way. A sweep is one step; without sweeps in the options a read takes {@value #STEPS}.
 */
public final class SynchronousAnnealing implements Sampler {
    /** Steps of a read when nobody says how many. */
    public static final int STEPS = 1000;

    private static final int LANES = SpinProblem.LANES;

    /** The longest rest, in steps; a power of two. */
    private static final int LONGEST_REST = 8;

    private static final int UPDATES = 4096;

    private final @Nullable Schedule schedule;

    /** Temperatures from the model. */
    public SynchronousAnnealing() {
        this(null);
    }

    private SynchronousAnnealing(@Nullable Schedule schedule) {
        this.schedule = schedule;
    }

    /** The same with inverse temperatures in the units of the model's energy. */
    public SynchronousAnnealing schedule(Schedule newSchedule) {
        return new SynchronousAnnealing(newSchedule);
    }

    @Override
    public SampleSet sample(BinaryQuadraticModel model, SamplingOptions options) {
        Deadline deadline = new Deadline(options);
        SpinProblem problem = new SpinProblem(model);
        long steps = options.sweeps() == 0 ? STEPS : options.sweeps();
        Reads reads = new Reads(problem, options, deadline);
        Schedule used = reads.schedule(schedule);
        return reads.run(
                "synchronous annealing",
                LANES,
                (block, count) -> {
                    var run = new Run(problem, options.seed(), block);
                    run.anneal(used, steps, reads.watch());
                    return run.best(count, reads.watch());
                });
    }

    /** One block of reads. */
    private static final class Run {
        private final SpinProblem problem;
        private final Replicas replicas;

        /** Steps that each variable still rests. */
        private final byte[] rests;

        private final float[] changes;
        private final double[] energies = new double[LANES];
        private final double[] best = new double[LANES];
        private final float[] bestSpins;
        private long counter;

        Run(SpinProblem problem, long seed, int block) {
            this.problem = problem;
            replicas = Replicas.of(problem);
            replicas.start(seed, block);
            rests = new byte[problem.size * LANES];
            changes = new float[problem.size * LANES];
            bestSpins = replicas.spins.clone();
            replicas.energies(best);
        }

        void anneal(Schedule schedule, long steps, Reads.Watch watch) {
            for (long step = 0; step < steps; step++) {
                float twice = (float) (2 * schedule.beta(step, steps));
                for (int from = 0; from < problem.size; from += UPDATES) {
                    int to = Math.min(problem.size, from + UPDATES);
                    for (int i = from; i < to; i++) {
                        draw(i, twice);
                    }
                    if (watch.isOver()) {
                        return;
                    }
                }
                for (int i = 0; i < problem.size; i++) {
                    replicas.add(i, changes);
                }
                look();
            }
        }

        /** New values of one variable, as changes. */
        private void draw(int i, float twice) {
            int shared = LaneRandom.shared(counter++);
            for (int lane = 0; lane < LANES; lane++) {
                int at = i * LANES + lane;
                changes[at] = 0;
                if (rests[at] > 0) {
                    rests[at]--;
                    continue;
                }
                int bits = LaneRandom.mix(replicas.keys[lane] ^ shared);
                float x = replicas.fields[at] * twice;
                float e = Replicas.exp(Math.max(-Math.abs(x), Replicas.NEVER));
                boolean unlikely = (bits >>> 8) * 0x1p-24f * (1 + e) < e;
                float next = x > 0 == unlikely ? 1 : -1;
                if (next != replicas.spins[at]) {
                    changes[at] = -2 * replicas.spins[at];
                    // The lowest bits play no part in the number above.
                    rests[at] = (byte) (1 + (bits & LONGEST_REST - 1));
                }
            }
        }

        /** Keeps states that are better than before. */
        private void look() {
            replicas.energies(energies);
            for (int lane = 0; lane < LANES; lane++) {
                if (energies[lane] < best[lane]) {
                    best[lane] = energies[lane];
                    for (int i = 0; i < problem.size; i++) {
                        bestSpins[i * LANES + lane] = replicas.spins[i * LANES + lane];
                    }
                }
            }
        }

        /** The best states, each followed down to its local minimum. */
        List<byte[]> best(int count, Reads.Watch watch) {
            System.arraycopy(bestSpins, 0, replicas.spins, 0, bestSpins.length);
            replicas.refresh();
            replicas.settle(watch);
            List<byte[]> states = new ArrayList<>(count);
            for (int lane = 0; lane < count; lane++) {
                states.add(replicas.state(lane));
            }
            return states;
        }
    }
}
