package org.jaket.annealing.embedding;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Sample;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.topology.HardwareGraph;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Samples a model on a processor whose qubits are not all coupled: embeds it, lets another sampler
 * work on the qubits, and translates back.
 *
 * <pre>{@code
 * Embedding embedding = new MinorEmbedder().embed(ProblemGraph.of(model), hardware, options);
 * Sampler sampler = new EmbeddedSampler(annealer, hardware, embedding).chainStrength(new ChainStrength.Fixed(2));
 * SampleSet set = sampler.sample(model, SamplingOptions.reads(1000));
 * }</pre>
 *
 * @param inner what samples models of qubits: a remote annealer, or any local sampler in its place
 * @param hardware which qubits it has; its models have the numbers of qubits as labels
 * @param embedding which qubits stand for which variable
 * @param chainStrength how strongly chains are held together
 * @param chainBreaks what to do with broken chains
 */
public record EmbeddedSampler(
        Sampler inner,
        HardwareGraph hardware,
        Embedding embedding,
        ChainStrength chainStrength,
        ChainBreaks chainBreaks)
        implements Sampler {
    /** With the default strength and majority vote. */
    public EmbeddedSampler(Sampler inner, HardwareGraph hardware, Embedding embedding) {
        this(inner, hardware, embedding, ChainStrength.DEFAULT, ChainBreaks.MAJORITY_VOTE);
    }

    /** The same with another strength of the chains. */
    public EmbeddedSampler chainStrength(ChainStrength strength) {
        return new EmbeddedSampler(inner, hardware, embedding, strength, chainBreaks);
    }

    /** The same with another way to deal with broken chains. */
    public EmbeddedSampler chainBreaks(ChainBreaks breaks) {
        return new EmbeddedSampler(inner, hardware, embedding, chainStrength, breaks);
    }

    /**
     * Samples a model.
     *
     * @throws InvalidEmbeddingException if the embedding does not carry the model
     */
    @Override
    public SampleSet sample(BinaryQuadraticModel model, SamplingOptions options) {
        return sampleEmbedded(model, options).samples();
    }

    /**
     * Samples a model and tells about the chains.
     *
     * @throws InvalidEmbeddingException if the embedding does not carry the model
     */
    public EmbeddedSamples sampleEmbedded(BinaryQuadraticModel model, SamplingOptions options) {
        long begin = System.nanoTime();
        EmbeddedModel embedded = EmbeddedModel.of(model, hardware, embedding, chainStrength);
        SampleSet qubits = inner.sample(embedded.model(), options);
        Reads reads = new Reads();
        int total = 0;
        Sample leastBroken = null;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < qubits.size(); k++) {
            Sample sample = qubits.samples().get(k);
            byte[] state = inOrder(sample, embedded);
            double fraction = embedded.chainBreakFraction(state);
            total += sample.occurrences();
            if (fraction < least) {
                least = fraction;
                leastBroken = sample;
            }
            if (chainBreaks == ChainBreaks.DISCARD && fraction > 0) {
                continue;
            }
            // Each read of its own: the random repair may end differently.
            ChainRepair repair = new ChainRepair(embedded, new Draws(options.seed(), k));
            for (int read = 0; read < sample.occurrences(); read++) {
                reads.add(repair.repaired(state, chainBreaks), fraction);
            }
        }
        if (reads.states.isEmpty() && leastBroken != null) {
            reads.add(
                    embedded.unembed(
                            inOrder(leastBroken, embedded),
                            ChainBreaks.MAJORITY_VOTE,
                            options.seed()),
                    least);
        }
        SampleSet samples =
                SampleSet.of(
                        model,
                        reads.states,
                        "embedded, " + qubits.sampler(),
                        qubits.seed(),
                        Duration.ofNanos(System.nanoTime() - begin));
        return new EmbeddedSamples(
                samples,
                reads.fractions(samples),
                total - reads.states.size(),
                embedded.chainStrength(),
                qubits);
    }

    /** A sample's values in the order of the embedded model's variables. */
    private static byte[] inOrder(Sample sample, EmbeddedModel embedded) {
        if (sample.variables().equals(embedded.model().variables())) {
            return sample.state();
        }
        byte[] state = new byte[embedded.model().size()];
        for (int k = 0; k < state.length; k++) {
            state[k] = (byte) sample.value(embedded.model().variables().get(k));
        }
        return state;
    }

    /** States as they come, and which share of the chains was broken in each. */
    private static final class Reads {
        private final List<byte[]> states = new ArrayList<>();
        private final Map<ByteBuffer, Double> sums = new HashMap<>();

        void add(byte[] state, double fraction) {
            states.add(state);
            sums.merge(ByteBuffer.wrap(state), fraction, Double::sum);
        }

        double[] fractions(SampleSet samples) {
            double[] fractions = new double[samples.size()];
            for (int k = 0; k < fractions.length; k++) {
                Sample sample = samples.samples().get(k);
                fractions[k] =
                        sums.getOrDefault(ByteBuffer.wrap(sample.state()), 0.0)
                                / sample.occurrences();
            }
            return fractions;
        }
    }

    @Override
    public String toString() {
        return "embedded sampler: %s on %s".formatted(embedding, hardware);
    }
}
