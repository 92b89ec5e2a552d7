package org.jaket.annealing.sampler;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Convergence;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.reads.Deadline;
import org.jaket.annealing.reads.Parallel;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Reads in blocks of {@link SpinProblem#LANES}, on several threads. Which states a block gives
 * depends on its number alone. When the time is over, blocks that have not begun give nothing, but
 * the first one always does.
 */
final class Reads {
    private final BinaryQuadraticModel model;

    /** The model as kernels read it, where somebody asks for that. */
    private @Nullable SpinProblem problem;

    private final SamplingOptions options;
    private final Deadline deadline;
    private final Watch watch = new Watch();
    private final ConcurrentLinkedQueue<Replicas> idle = new ConcurrentLinkedQueue<>();

    Reads(SpinProblem problem, SamplingOptions options, Deadline deadline) {
        this(problem.model, options, deadline);
        this.problem = problem;
    }

    Reads(BinaryQuadraticModel model, SamplingOptions options, Deadline deadline) {
        if (model.size() == 0) {
            throw new IllegalArgumentException("the model has no variables, so nothing to sample");
        }
        this.model = model;
        this.options = options;
        this.deadline = deadline;
    }

    private SpinProblem problem() {
        if (problem == null) {
            problem = new SpinProblem(model);
        }
        return problem;
    }

    /** The schedule that was asked for, or that suits the problem; in the problem's units. */
    Schedule schedule(@Nullable Schedule asked) {
        return asked == null
                ? Pilot.schedule(problem(), options.seed(), watch)
                : asked.inUnits(problem().unit);
    }

    /** What brings the replicas of a block from where they begin to the states that are wanted. */
    @FunctionalInterface
    interface Work {
        /**
         * Works on one block.
         *
         * @return whether it came to its end before the time was over
         */
        boolean run(Replicas replicas, Watch watch);
    }

    /** What the work asks now and then. */
    final class Watch {
        /** Whether the time is over; ends the work if it is cancelled. */
        boolean isOver() {
            return deadline.isOver();
        }

        Deadline deadline() {
            return deadline;
        }

        /** Tells of a state that is better than those before, by its energy in the model. */
        void found(double energy) {
            if (options.progress() instanceof Convergence c) {
                c.found(energy);
            }
        }
    }

    /** Does the work for all reads, in blocks of lanes. */
    SampleSet run(String sampler, Start start, Work work) {
        SpinProblem spins = problem();
        start.check(model);
        return run(
                sampler,
                SpinProblem.LANES,
                (block, count) -> {
                    Replicas replicas = idle.poll();
                    if (replicas == null) {
                        replicas = Replicas.fastest(spins);
                    }
                    replicas.start(options.seed(), block);
                    start.put(replicas, block);
                    boolean complete = work.run(replicas, watch);
                    if (!complete && block > 0) {
                        // Half done is worth nothing next to the blocks before it.
                        return List.of();
                    }
                    List<byte[]> states = new ArrayList<>(count);
                    for (int lane = 0; lane < count; lane++) {
                        states.add(replicas.state(lane));
                    }
                    idle.add(replicas);
                    return states;
                });
    }

    /** What finds the states of a block of reads. */
    @FunctionalInterface
    interface Finder {
        /** Finds states: one a read, or fewer if the time is over. */
        List<byte[]> find(int block, int count);
    }

    /** Finds the states of all reads, some at a time. */
    SampleSet run(String sampler, int size, Finder finder) {
        int blocks = (options.reads() + size - 1) / size;
        SortedMap<Integer, SampleSet> found = new ConcurrentSkipListMap<>();
        int[] done = {0};
        Parallel.run(
                options.threads(),
                blocks,
                deadline::isOver,
                block -> {
                    int count = Math.min(size, options.reads() - block * size);
                    // Energies of all blocks together would only begin when the time is over.
                    SampleSet set = set(finder.find(block, count), sampler);
                    found.put(block, set);
                    if (options.progress() instanceof Convergence c && set.size() > 0) {
                        c.found(set.best().energy());
                    }
                    synchronized (done) {
                        done[0] += count;
                        options.progress().report(done[0], options.reads());
                    }
                });
        return SampleSet.merged(
                model, List.copyOf(found.values()), sampler, options.seed(), deadline.time());
    }

    private SampleSet set(List<byte[]> states, String sampler) {
        return SampleSet.of(
                model.variables(),
                model.vartype(),
                different -> Energies.of(model, different),
                states,
                sampler,
                options.seed(),
                Duration.ZERO);
    }

    /** What finders ask now and then. */
    Watch watch() {
        return watch;
    }

    /** The same inverse temperature in all lanes. */
    static void fill(float[] betas, double beta) {
        Arrays.fill(betas, (float) beta);
    }
}
