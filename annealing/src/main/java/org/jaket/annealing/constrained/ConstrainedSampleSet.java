package org.jaket.annealing.constrained;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a solver found for a {@link ConstrainedModel}: different assignments, solutions and others
 * kept apart.
 *
 * @param feasible the solutions, the lowest energy first
 * @param infeasible the rest, the smallest total violation first
 * @param solver which solver it was, in words
 * @param seed with which it can be repeated
 * @param time how long it worked
 */
public record ConstrainedSampleSet(
        List<ConstrainedSample> feasible,
        List<ConstrainedSample> infeasible,
        String solver,
        long seed,
        Duration time) {
    /** How many violated constraints a message names. */
    private static final int NAMED = 5;

    /**
     * Keeps the samples.
     *
     * @throws IllegalArgumentException if one is in the wrong list
     */
    public ConstrainedSampleSet {
        feasible = List.copyOf(feasible);
        infeasible = List.copyOf(infeasible);
        for (ConstrainedSample sample : feasible) {
            if (!sample.isFeasible()) {
                throw new IllegalArgumentException(
                        "an assignment that breaks constraints is no solution: " + sample.broken());
            }
        }
        if (infeasible.stream().anyMatch(ConstrainedSample::isFeasible)) {
            throw new IllegalArgumentException(
                    "a solution stands among the assignments that break constraints");
        }
    }

    /**
     * Checks assignments and gathers them: equal ones become one.
     *
     * @param assignments one a read, a value for each variable; not changed afterwards
     */
    public static ConstrainedSampleSet of(
            ConstrainedModel model,
            List<double[]> assignments,
            String solver,
            long seed,
            Duration time) {
        return gathered(assignments.stream().map(model::check).toList(), solver, seed, time);
    }

    /** Joins equal assignments, tells solutions from others, and sorts. */
    static ConstrainedSampleSet gathered(
            List<ConstrainedSample> samples, String solver, long seed, Duration time) {
        Map<Values, ConstrainedSample> different = new LinkedHashMap<>();
        for (ConstrainedSample sample : samples) {
            different.merge(
                    new Values(sample.values()),
                    sample,
                    (a, b) -> a.occurrences(a.occurrences() + b.occurrences()));
        }
        List<ConstrainedSample> feasible = new ArrayList<>();
        List<ConstrainedSample> infeasible = new ArrayList<>();
        for (ConstrainedSample sample : different.values()) {
            (sample.isFeasible() ? feasible : infeasible).add(sample);
        }
        Comparator<ConstrainedSample> byEnergy =
                Comparator.comparingDouble(ConstrainedSample::energy)
                        .thenComparing(ConstrainedSample::values, Arrays::compare);
        feasible.sort(byEnergy);
        infeasible.sort(
                Comparator.comparingDouble(ConstrainedSample::totalViolation)
                        .thenComparing(byEnergy));
        return new ConstrainedSampleSet(feasible, infeasible, solver, seed, time);
    }

    private record Values(double[] values) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Values v && Arrays.equals(values, v.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    /** Whether there is a solution. */
    public boolean isFeasible() {
        return !feasible.isEmpty();
    }

    /**
     * The solution with the lowest energy.
     *
     * @throws IllegalStateException if there is none; it names the constraints that were broken
     */
    public ConstrainedSample best() {
        if (feasible.isEmpty()) {
            throw new IllegalStateException(whyInfeasible());
        }
        return feasible.getFirst();
    }

    private String whyInfeasible() {
        if (infeasible.isEmpty()) {
            return "%s found no assignment at all".formatted(solver);
        }
        String constraints =
                broken().entrySet().stream()
                        .limit(NAMED)
                        .map(e -> "%s (%d)".formatted(e.getKey(), e.getValue()))
                        .collect(Collectors.joining(", "));
        return "no solution among %d assignments of %s; most often broken: %s. The nearest one: %s"
                .formatted(
                        infeasible.size(),
                        solver,
                        constraints,
                        infeasible.getFirst().broken().stream()
                                .limit(NAMED)
                                .map(Violation::toString)
                                .collect(Collectors.joining("; ")));
    }

    /** How many of the infeasible assignments break what, by label, the most often broken first. */
    public Map<Object, Integer> broken() {
        Map<Object, Integer> counts = new LinkedHashMap<>();
        for (ConstrainedSample sample : infeasible) {
            sample.broken().forEach(v -> counts.merge(v.label(), 1, Integer::sum));
        }
        Map<Object, Integer> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<Object, Integer>comparingByValue().reversed())
                .forEach(e -> sorted.put(e.getKey(), e.getValue()));
        return sorted;
    }

    /** All samples, solutions first. */
    public List<ConstrainedSample> samples() {
        List<ConstrainedSample> all = new ArrayList<>(feasible);
        all.addAll(infeasible);
        return all;
    }

    /** The best solution, or why there is none. */
    @Override
    public String toString() {
        return isFeasible()
                ? "%d solutions and %d other assignments of %s, the best: %s"
                        .formatted(feasible.size(), infeasible.size(), solver, best())
                : whyInfeasible();
    }
}
