package org.jaket.annealing.embedding;

import org.jaket.annealing.SampleSet;

import java.util.Arrays;

/**
 * What an {@link EmbeddedSampler} found, with how well the chains held.
 *
 * @param samples states of the model's variables
 * @param chainBreakFractions for each of them: which share of the chains was broken, on average
 *     over the reads that led to it; not to be changed
 * @param discarded how many reads were left out for broken chains
 * @param chainStrength how strongly the chains were held together
 * @param qubits what the sampler returned for the qubits
 */
public record EmbeddedSamples(
        SampleSet samples,
        double[] chainBreakFractions,
        int discarded,
        double chainStrength,
        SampleSet qubits) {
    /** The mean share of broken chains over all reads that were kept, NaN without any. */
    public double meanChainBreakFraction() {
        double sum = 0;
        for (int k = 0; k < chainBreakFractions.length; k++) {
            sum += chainBreakFractions[k] * samples.samples().get(k).occurrences();
        }
        return sum / samples.reads();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EmbeddedSamples e
                && samples.equals(e.samples)
                && Arrays.equals(chainBreakFractions, e.chainBreakFractions)
                && discarded == e.discarded
                && chainStrength == e.chainStrength
                && qubits.equals(e.qubits);
    }

    @Override
    public int hashCode() {
        return 31 * samples.hashCode() + Arrays.hashCode(chainBreakFractions);
    }

    @Override
    public String toString() {
        return "%d samples, %s of the chains broken, chain strength %s"
                .formatted(samples.size(), meanChainBreakFraction(), chainStrength);
    }
}
