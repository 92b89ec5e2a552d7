package org.jaket.annealing.presolve;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.reads.Deadline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A sampler that makes a model smaller before another one works on it: values by {@link
 * RoofDuality}, variables of few neighbours by {@link Elimination}, and what is left in its {@link
 * Components}, one after the other, each with its share of the time.
 *
 * <p>Lowest energies are found as without it, or more easily. The best one is proven where those of
 * all components are, and where nothing is left to sample. Samples are no longer those of a
 * Boltzmann distribution.
 */
public final class PresolvingSampler implements Sampler {
    /** Of a time limit at most this part is given to the search for values. */
    private static final int FLOW_SHARE = 4;

    private final Sampler sampler;

    /** Presolves for a sampler. */
    public PresolvingSampler(Sampler sampler) {
        this.sampler = sampler;
    }

    @Override
    public SampleSet sample(BinaryQuadraticModel model, SamplingOptions options) {
        Deadline deadline = new Deadline(options);
        boolean limited = deadline.isLimited();
        Deadline flow =
                new Deadline(
                        limited ? options.limit().dividedBy(FLOW_SHARE) : options.limit(),
                        options.progress());
        FixedVariables fixed = RoofDuality.of(model, flow::isOver).all();
        Elimination eliminated = Elimination.of(fixed.model());
        Components components = Components.of(eliminated.model());
        List<SampleSet> parts = new ArrayList<>();
        long variablesLeft = eliminated.model().size();
        for (BinaryQuadraticModel part : components.models()) {
            options.progress().checkCancelled();
            SamplingOptions own = options.seed(options.seed() + parts.size());
            if (limited) {
                double share = (double) part.size() / variablesLeft;
                own = own.limit(Duration.ofNanos((long) (deadline.left() * share)));
            }
            parts.add(sampler.sample(part, own));
            variablesLeft -= part.size();
        }
        SampleSet merged = components.merge(parts, name(parts), options.seed(), deadline.time());
        return fixed.restore(eliminated.restore(merged));
    }

    /** Who sampled the parts, each once. */
    private static String name(List<SampleSet> parts) {
        String samplers =
                parts.stream()
                        .map(SampleSet::sampler)
                        .distinct()
                        .collect(Collectors.joining(" and "));
        return samplers.isEmpty() ? "presolved" : samplers + ", presolved";
    }
}
