package org.jaket.annealing.sampler;

import org.jaket.annealing.SampleSet;
import org.jaket.annealing.SamplingOptions;
import org.jaket.execution.Progress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Reads in blocks of {@link SpinProblem#LANES}, on several threads. Which states a block gives
 * depends on its number alone. When the time is over, blocks that have not begun give nothing, but
 * the first one always does.
 */
final class Reads {
    private final SpinProblem problem;
    private final SamplingOptions options;
    private final Deadline deadline;
    private final ConcurrentLinkedQueue<Replicas> idle = new ConcurrentLinkedQueue<>();

    Reads(SpinProblem problem, SamplingOptions options, Deadline deadline) {
        this.problem = problem;
        this.options = options;
        this.deadline = deadline;
    }

    /** What brings the replicas of a block from random spins to the states that are wanted. */
    @FunctionalInterface
    interface Work {
        /** Works on one block, which begins at random spins. */
        void run(Replicas replicas, Watch watch);
    }

    /** What the work asks now and then. */
    final class Watch {
        /** Whether the time is over; ends the work if it is cancelled. */
        boolean isOver() {
            options.progress().checkCancelled();
            return deadline.isOver();
        }

        Deadline deadline() {
            return deadline;
        }
    }

    /** Does the work for all reads. */
    SampleSet run(String sampler, Work work) {
        int blocks = (options.reads() + SpinProblem.LANES - 1) / SpinProblem.LANES;
        List<List<byte[]>> found = new ArrayList<>(Collections.nCopies(blocks, List.of()));
        int[] done = {0};
        Progress progress = options.progress();
        Parallel.run(
                options.threads(),
                blocks,
                block -> {
                    if (block > 0 && deadline.isOver()) {
                        return;
                    }
                    Replicas replicas = idle.poll();
                    if (replicas == null) {
                        replicas = Replicas.of(problem);
                    }
                    replicas.start(options.seed(), block);
                    work.run(replicas, new Watch());
                    int first = block * SpinProblem.LANES;
                    int count = Math.min(SpinProblem.LANES, options.reads() - first);
                    List<byte[]> states = new ArrayList<>(count);
                    for (int lane = 0; lane < count; lane++) {
                        states.add(replicas.state(lane));
                    }
                    found.set(block, states);
                    idle.add(replicas);
                    synchronized (done) {
                        done[0] += count;
                        progress.report(done[0], options.reads());
                    }
                });
        List<byte[]> all = found.stream().flatMap(List::stream).toList();
        return SampleSet.of(problem.model, all, sampler, options.seed(), deadline.time());
    }

    /** The same inverse temperature in all lanes. */
    static void fill(float[] betas, double beta) {
        Arrays.fill(betas, (float) beta);
    }
}
