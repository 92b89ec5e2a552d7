package org.jaket.annealing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a sampler found: different states, the lowest energy first, each with how often it was
 * found.
 *
 * @param variables the labels of the model's variables
 * @param vartype their values
 * @param samples by rising energy; equal energies by their states
 * @param sampler which sampler it was, in words
 * @param seed with which it can be repeated
 * @param time how long it worked
 * @param exact whether the best sample is certainly of the lowest energy that there is; false where
 *     that is not known
 */
public record SampleSet(
        Variables variables,
        Vartype vartype,
        List<Sample> samples,
        String sampler,
        long seed,
        Duration time,
        boolean exact)
        implements Iterable<Sample> {
    /** Keeps the samples. */
    public SampleSet {
        samples = List.copyOf(samples);
    }

    /**
     * Gathers states: equal ones become one, energies are the model's, in double precision.
     *
     * @param states one a read, in the model's own values; not changed afterwards
     */
    public static SampleSet of(
            BinaryQuadraticModel model,
            List<byte[]> states,
            String sampler,
            long seed,
            Duration time) {
        return of(
                model.variables(),
                model.vartype(),
                different -> different.stream().mapToDouble(model::energy).toArray(),
                states,
                sampler,
                seed,
                time);
    }

    /**
     * The same of any function of such variables.
     *
     * @param energies of different states, in their order
     */
    public static SampleSet of(
            Variables variables,
            Vartype vartype,
            Function<List<byte[]>, double[]> energies,
            List<byte[]> states,
            String sampler,
            long seed,
            Duration time) {
        Map<State, Integer> counts = new LinkedHashMap<>();
        for (byte[] state : states) {
            counts.merge(new State(state), 1, Integer::sum);
        }
        double[] found = energies.apply(counts.keySet().stream().map(State::values).toList());
        List<Sample> samples = new ArrayList<>(counts.size());
        counts.forEach(
                (state, count) ->
                        samples.add(
                                new Sample(variables, state.values, found[samples.size()], count)));
        return sorted(variables, vartype, samples, sampler, seed, time);
    }

    private static SampleSet sorted(
            Variables variables,
            Vartype vartype,
            List<Sample> samples,
            String sampler,
            long seed,
            Duration time) {
        samples.sort(
                Comparator.comparingDouble(Sample::energy)
                        .thenComparing(Sample::state, Arrays::compare));
        return new SampleSet(variables, vartype, samples, sampler, seed, time, false);
    }

    /** The same from a sampler that has proved its best sample to be of the lowest energy. */
    public SampleSet proven() {
        return new SampleSet(variables, vartype, samples, sampler, seed, time, true);
    }

    /** Some sets of the same model as one. */
    public static SampleSet merged(
            BinaryQuadraticModel model,
            List<SampleSet> sets,
            String sampler,
            long seed,
            Duration time) {
        Map<State, Sample> all = new LinkedHashMap<>();
        for (SampleSet set : sets) {
            for (Sample sample : set.samples) {
                all.merge(new State(sample.state()), sample, SampleSet::both);
            }
        }
        List<Sample> samples = new ArrayList<>(all.values());
        return sorted(model.variables(), model.vartype(), samples, sampler, seed, time);
    }

    private static Sample both(Sample one, Sample same) {
        return new Sample(
                one.variables(), one.state(), one.energy(), one.occurrences() + same.occurrences());
    }

    private record State(byte[] values) {
        @Override
        public boolean equals(Object other) {
            return other instanceof State s && Arrays.equals(values, s.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    /**
     * The state with the lowest energy.
     *
     * @throws IllegalStateException if there is none
     */
    public Sample best() {
        if (samples.isEmpty()) {
            throw new IllegalStateException("no state was found");
        }
        return samples.getFirst();
    }

    /** How many different states there are. */
    public int size() {
        return samples.size();
    }

    /** How many states were found, equal ones counted. */
    public int reads() {
        return samples.stream().mapToInt(Sample::occurrences).sum();
    }

    /** The mean energy over all reads, NaN without any. */
    public double meanEnergy() {
        double sum = 0;
        for (Sample s : samples) {
            sum += s.energy() * s.occurrences();
        }
        return sum / reads();
    }

    @Override
    public Iterator<Sample> iterator() {
        return samples.iterator();
    }
}
