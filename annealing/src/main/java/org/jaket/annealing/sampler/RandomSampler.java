package org.jaket.annealing.sampler;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.reads.Deadline;

/** Uniformly random states: what any other sampler should be better than. */
public final class RandomSampler implements Sampler {
    /** A sampler. */
    public RandomSampler() {}

    @Override
    public SampleSet sample(BinaryQuadraticModel model, SamplingOptions options) {
        Deadline deadline = new Deadline(options);
        return new Reads(new SpinProblem(model), options, deadline)
                .run("random states", Start.RANDOM, (replicas, watch) -> true);
    }
}
