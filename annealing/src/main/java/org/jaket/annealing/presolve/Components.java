package org.jaket.annealing.presolve;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Sample;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Variables;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A model taken apart into those that have nothing to do with each other: the connected components
 * of its graph, the one with variable 0 first. Interactions of 0 join nobody and are left out. The
 * constant belongs to none of the parts.
 */
public final class Components {
    private final BinaryQuadraticModel original;
    private final List<BinaryQuadraticModel> models;
    private final List<int[]> members;

    private Components(
            BinaryQuadraticModel original, List<BinaryQuadraticModel> models, List<int[]> members) {
        this.original = original;
        this.models = models;
        this.members = members;
    }

    /** Takes a model apart, in time proportional to its size. */
    public static Components of(BinaryQuadraticModel model) {
        int n = model.size();
        int[] number = new int[n];
        Arrays.fill(number, -1);
        int[] queue = new int[n];
        List<int[]> members = new ArrayList<>();
        for (int root = 0; root < n; root++) {
            if (number[root] >= 0) {
                continue;
            }
            int size = 0;
            queue[size++] = root;
            number[root] = 0;
            for (int at = 0; at < size; at++) {
                for (int k = 0; k < model.degree(queue[at]); k++) {
                    int j = model.neighbour(queue[at], k);
                    if (number[j] < 0 && model.weight(queue[at], k) != 0) {
                        number[j] = 0;
                        queue[size++] = j;
                    }
                }
            }
            int[] component = Arrays.copyOf(queue, size);
            Arrays.sort(component);
            for (int k = 0; k < size; k++) {
                number[component[k]] = k;
            }
            members.add(component);
        }
        List<BinaryQuadraticModel> models = new ArrayList<>();
        for (int[] component : members) {
            models.add(part(model, component, number));
        }
        return new Components(model, List.copyOf(models), members);
    }

    private static BinaryQuadraticModel part(
            BinaryQuadraticModel model, int[] component, int[] number) {
        List<Object> labels = new ArrayList<>(component.length);
        for (int i : component) {
            labels.add(model.variables().get(i));
        }
        var builder =
                BinaryQuadraticModel.builder(model.vartype()).addVariables(Variables.of(labels));
        for (int i : component) {
            builder.addLinear(number[i], model.linear(i));
            for (int k = 0; k < model.degree(i); k++) {
                int j = model.neighbour(i, k);
                if (j > i && model.weight(i, k) != 0) {
                    builder.addQuadratic(number[i], number[j], model.weight(i, k));
                }
            }
        }
        return builder.build();
    }

    /** The whole. */
    public BinaryQuadraticModel original() {
        return original;
    }

    /** The parts, whose variables keep their labels. */
    public List<BinaryQuadraticModel> models() {
        return models;
    }

    /** How many parts there are. */
    public int count() {
        return models.size();
    }

    /** The numbers of a part's variables in the whole, ascending. */
    public int[] members(int part) {
        return members.get(part).clone();
    }

    /**
     * A state of the whole.
     *
     * @param states one for each part, in their order
     */
    public byte[] merge(List<byte[]> states) {
        check(states.size());
        byte[] all = new byte[original.size()];
        for (int p = 0; p < count(); p++) {
            int[] component = members.get(p);
            byte[] state = states.get(p);
            States.check(state, models.get(p));
            for (int k = 0; k < component.length; k++) {
                all[component[k]] = state[k];
            }
        }
        return all;
    }

    /**
     * Samples of the whole: the parts' reads by rising energy side by side, the best with the best.
     * Where a part has fewer reads than another, its reads are taken in turn. The best one is
     * proven if those of all parts are.
     *
     * @param samples one set for each part, in their order, none of them empty
     * @param sampler what the merged set calls the sampler
     * @param seed with which it can be repeated
     * @param time how long it took
     */
    public SampleSet merge(List<SampleSet> samples, String sampler, long seed, Duration time) {
        check(samples.size());
        List<List<byte[]>> reads = new ArrayList<>();
        int most = samples.isEmpty() ? 1 : 0;
        for (SampleSet set : samples) {
            List<byte[]> states = new ArrayList<>();
            for (Sample sample : set) {
                states.addAll(Collections.nCopies(sample.occurrences(), sample.state()));
            }
            if (states.isEmpty()) {
                throw new IllegalArgumentException("a part has no samples");
            }
            most = Math.max(most, states.size());
            reads.add(states);
        }
        List<byte[]> merged = new ArrayList<>(most);
        for (int read = 0; read < most; read++) {
            List<byte[]> states = new ArrayList<>(reads.size());
            for (List<byte[]> part : reads) {
                states.add(part.get(read % part.size()));
            }
            merged.add(merge(states));
        }
        SampleSet all = SampleSet.of(original, merged, sampler, seed, time);
        return samples.stream().allMatch(SampleSet::exact) ? all.proven() : all;
    }

    private void check(int parts) {
        if (parts != count()) {
            throw new IllegalArgumentException(
                    "there are %d parts, not %d".formatted(count(), parts));
        }
    }
}
