package org.jaket.annealing.constrained;

import org.jaket.annealing.Variables;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an assignment is worth under a {@link ConstrainedModel}.
 *
 * @param variables the labels
 * @param values a value for each variable; not to be changed
 * @param objective the value of the objective
 * @param penalty what the broken soft constraints cost
 * @param violations by how much each constraint is broken, hard and soft ones, in the order of the
 *     model; not to be changed
 * @param broken what makes the assignment no solution: hard constraints and values out of range, by
 *     more than the tolerance; empty for a solution
 * @param occurrences how often it was found
 */
public record ConstrainedSample(
        Variables variables,
        double[] values,
        double objective,
        double penalty,
        double[] violations,
        List<Violation> broken,
        int occurrences) {
    /** Keeps what is broken. */
    public ConstrainedSample {
        broken = List.copyOf(broken);
    }

    /** Whether all hard constraints hold and all values are allowed. */
    public boolean isFeasible() {
        return broken.isEmpty();
    }

    /** What is minimised: the objective and the cost of broken soft constraints. */
    public double energy() {
        return objective + penalty;
    }

    /** The sum of all that is broken, 0 for a solution. */
    public double totalViolation() {
        return broken.stream().mapToDouble(Violation::amount).sum();
    }

    /**
     * The value of a variable, given by its label.
     *
     * @throws IllegalArgumentException if there is none with the label
     */
    public double value(Object label) {
        return values[variables.number(label)];
    }

    /** All values by their labels, in the order of the variables. */
    public Map<Object, Double> toMap() {
        Map<Object, Double> map = LinkedHashMap.newLinkedHashMap(values.length);
        for (int k = 0; k < values.length; k++) {
            map.put(variables.get(k), values[k]);
        }
        return map;
    }

    /** The same with another count. */
    ConstrainedSample occurrences(int count) {
        return new ConstrainedSample(
                variables, values, objective, penalty, violations, broken, count);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConstrainedSample s
                && variables.equals(s.variables)
                && Arrays.equals(values, s.values)
                && objective == s.objective
                && penalty == s.penalty
                && Arrays.equals(violations, s.violations)
                && broken.equals(s.broken)
                && occurrences == s.occurrences;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + Double.hashCode(objective);
    }

    @Override
    public String toString() {
        return isFeasible()
                ? "feasible, energy %s, %d times: %s".formatted(energy(), occurrences, toMap())
                : "infeasible (%s), %d times: %s".formatted(broken, occurrences, toMap());
    }
}
