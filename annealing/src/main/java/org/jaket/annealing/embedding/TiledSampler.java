package org.jaket.annealing.embedding;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Sample;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.topology.HardwareGraph;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Samples many copies of a small model on one processor at once: as many reads as were asked for
 * take that many times fewer reads of the processor.
 *
 * @param inner what samples models of qubits
 * @param hardware which qubits it has
 * @param tiling where the copies lie
 * @param chainStrength how strongly chains are held together
 * @param chainBreaks what to do with broken chains
 */
public record TiledSampler(
        Sampler inner,
        HardwareGraph hardware,
        Tiling tiling,
        ChainStrength chainStrength,
        ChainBreaks chainBreaks)
        implements Sampler {
    /** With the default strength and majority vote. */
    public TiledSampler(Sampler inner, HardwareGraph hardware, Tiling tiling) {
        this(inner, hardware, tiling, ChainStrength.DEFAULT, ChainBreaks.MAJORITY_VOTE);
    }

    /**
     * Samples a model. All reads of the processor are used: there may be a few more than were asked
     * for.
     *
     * @throws InvalidEmbeddingException if the tiling does not carry the model
     */
    @Override
    public SampleSet sample(BinaryQuadraticModel model, SamplingOptions options) {
        long begin = System.nanoTime();
        int copies = tiling.copies().size();
        int n = model.size();
        var builder = BinaryQuadraticModel.builder(model.vartype());
        for (int c = 0; c < copies; c++) {
            int first = c * n;
            for (int v = 0; v < n; v++) {
                builder.addLinear(first + v, model.linear(v));
            }
            model.forEachInteraction((i, j, w) -> builder.addQuadratic(first + i, first + j, w));
        }
        int reads = (options.reads() - 1) / copies + 1;
        SamplingOptions fewer =
                new SamplingOptions(
                        reads,
                        options.sweeps(),
                        options.limit(),
                        options.seed(),
                        options.threads(),
                        options.progress());
        SampleSet together =
                new EmbeddedSampler(inner, hardware, tiling.joined(), chainStrength, chainBreaks)
                        .sample(builder.build(), fewer);
        List<byte[]> states = new ArrayList<>();
        for (Sample sample : together) {
            for (int c = 0; c < copies; c++) {
                byte[] state = Arrays.copyOfRange(sample.state(), c * n, (c + 1) * n);
                for (int k = 0; k < sample.occurrences(); k++) {
                    states.add(state);
                }
            }
        }
        return SampleSet.of(
                model,
                states,
                "%d copies, %s".formatted(copies, together.sampler()),
                together.seed(),
                Duration.ofNanos(System.nanoTime() - begin));
    }

    @Override
    public String toString() {
        return "tiled sampler: %d copies on %s".formatted(tiling.copies().size(), hardware);
    }
}
