package org.jaket.annealing;

/**
 * Draws states of low energy.
 *
 * <pre>{@code
 * SampleSet set = new SimulatedAnnealing().sample(model, SamplingOptions.reads(100).seed(7));
 * set.best().energy();
 * }</pre>
 *
 * <p>Samplers are immutable and safe for any number of threads. The same model, sampler, options
 * and seed give the same samples, whatever the number of threads, as long as no time limit ends
 * them early.
 */
public interface Sampler {
    /**
     * Samples a model.
     *
     * @return states in the model's own values; at least one, also when the time is short
     * @throws IllegalArgumentException if the model is not for this sampler, in words
     * @throws java.util.concurrent.CancellationException if the options' progress says so
     */
    SampleSet sample(BinaryQuadraticModel model, SamplingOptions options);
}
