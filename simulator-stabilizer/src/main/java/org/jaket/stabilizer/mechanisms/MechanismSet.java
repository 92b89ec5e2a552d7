package org.jaket.stabilizer.mechanisms;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects the errors of a stretch of a circuit: those that hit independently, merged by what they
 * flip, and channels whose errors exclude each other.
 */
final class MechanismSet {
    private static final int[] NONE = {};

    private final Map<Mechanism, double[]> rates = new LinkedHashMap<>();
    private final Map<List<Double>, List<int[][]>> disjoint = new LinkedHashMap<>();
    private final Set<Mechanism> random = new LinkedHashSet<>();
    private int size;

    /** How many entries the tables will have. */
    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Adds what is flipped as a whole with probability one half. */
    void addRandom(int[] symptoms) {
        if (random.add(new Mechanism(symptoms))) {
            size++;
        }
    }

    /** Adds an error that hits a Poisson number of times with the given mean. */
    void add(int[] symptoms, double rate) {
        if (symptoms.length == 0 || rate == 0) {
            return;
        }
        double[] sum = rates.get(new Mechanism(symptoms));
        if (sum == null) {
            rates.put(new Mechanism(symptoms), new double[] {rate});
            size++;
        } else {
            sum[0] += rate;
        }
    }

    /**
     * Adds a channel.
     *
     * @param generators symptoms of single flips
     * @param probabilities of the sets of flips, by bit mask
     * @param poisson what {@link Rates} makes of the probabilities
     */
    void addChannel(int[][] generators, double[] probabilities, double @Nullable [] poisson) {
        int[][] symptoms = new int[probabilities.length][];
        symptoms[0] = Symptoms.NONE;
        for (int g = 1; g < symptoms.length; g++) {
            int low = Integer.numberOfTrailingZeros(g);
            symptoms[g] = Symptoms.sum(symptoms[g & g - 1], generators[low]);
        }
        if (poisson != null) {
            for (int g = 1; g < symptoms.length; g++) {
                add(symptoms[g], poisson[g]);
            }
            return;
        }
        addDisjoint(
                Arrays.copyOfRange(probabilities, 1, probabilities.length),
                Arrays.copyOfRange(symptoms, 1, symptoms.length));
    }

    /** Adds errors of which at most one happens. */
    void addDisjoint(double[] probabilities, int[][] symptoms) {
        List<Double> key = Arrays.stream(probabilities).boxed().toList();
        disjoint.computeIfAbsent(key, k -> new ArrayList<>()).add(symptoms);
        size += probabilities.length;
    }

    /** What was collected, with detectors counted from a base on. */
    Errors relativeTo(int base) {
        int[][] symptoms = new int[rates.size()][];
        double[] means = new double[rates.size()];
        int k = 0;
        for (Map.Entry<Mechanism, double[]> e : rates.entrySet()) {
            symptoms[k] = Symptoms.shifted(e.getKey().symptoms(), -base);
            means[k++] = e.getValue()[0];
        }
        Errors.Exclusive[] exclusive =
                disjoint.entrySet().stream()
                        .map(e -> exclusive(e.getKey(), e.getValue(), base))
                        .toArray(Errors.Exclusive[]::new);
        int[][] coins =
                random.stream()
                        .map(m -> Symptoms.shifted(m.symptoms(), -base))
                        .toArray(int[][]::new);
        Errors.Run[] once = {new Errors.Run(base, 0)};
        return new Errors(symptoms, means, NONE, exclusive, coins, once);
    }

    private static Errors.Exclusive exclusive(
            List<Double> probabilities, List<int[][]> channels, int base) {
        int[][][] symptoms = new int[channels.size()][][];
        for (int c = 0; c < symptoms.length; c++) {
            int[][] absolute = channels.get(c);
            symptoms[c] = new int[absolute.length][];
            for (int e = 0; e < absolute.length; e++) {
                symptoms[c][e] = Symptoms.shifted(absolute[e], -base);
            }
        }
        return new Errors.Exclusive(
                probabilities.stream().mapToDouble(Double::doubleValue).toArray(), symptoms, NONE);
    }
}
