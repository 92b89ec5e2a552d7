package org.jaket.annealing.constrained;

import org.jaket.annealing.polynomial.Sense;
import org.jaket.annealing.polynomial.VariableKind;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The constraints of a model that ask for exactly one of some binary variables, marked or not.
 * Those that share no variable are kept by all moves; a variable may be in one more, such as the
 * column of a permutation whose rows are kept.
 */
final class OneHotGroups {
    /** The groups that are kept: numbers of variables. */
    final List<int[]> kept = new ArrayList<>();

    /** By variable: its kept group, or -1. */
    final int[] group;

    /** By variable: another group, which is not kept, or -1. */
    final int[] other;

    /** Which variable is in a kept group and another one. */
    private final Map<Long, Integer> crossing = new HashMap<>();

    OneHotGroups(ConstrainedModel model) {
        group = new int[model.size()];
        other = new int[model.size()];
        Arrays.fill(group, -1);
        Arrays.fill(other, -1);
        List<Constraint> groups = new ArrayList<>();
        model.constraints().stream().filter(Constraint::oneHot).forEach(groups::add);
        model.constraints().stream()
                .filter(c -> !c.oneHot() && isOneHot(model, c))
                .forEach(groups::add);
        for (int g = 0; g < groups.size(); g++) {
            QuadraticFunction left = groups.get(g).left();
            int[] variables = new int[left.linearTerms()];
            Arrays.setAll(variables, left::variable);
            if (Arrays.stream(variables).allMatch(k -> group[k] < 0)) {
                for (int k : variables) {
                    group[k] = kept.size();
                }
                kept.add(variables);
            } else {
                for (int k : variables) {
                    other[k] = other[k] < 0 ? g : other[k];
                }
            }
        }
        for (int k = 0; k < group.length; k++) {
            if (group[k] >= 0 && other[k] >= 0) {
                crossing.put((long) group[k] << 32 | other[k], k);
            }
        }
    }

    static boolean isOneHot(ConstrainedModel model, Constraint c) {
        QuadraticFunction left = c.left();
        boolean oneHot =
                c.isHard()
                        && left.isLinear()
                        && left.linearTerms() > 0
                        && c.sense() == Sense.EQUAL
                        && c.right() - left.offset() == 1;
        for (int t = 0; t < left.linearTerms() && oneHot; t++) {
            oneHot =
                    left.coefficient(t) == 1
                            && model.variable(left.variable(t)).kind() == VariableKind.BINARY;
        }
        return oneHot;
    }

    /** The variable in a kept group and another one, or -1 if there is none. */
    int crossing(int keptGroup, int otherGroup) {
        return crossing.getOrDefault((long) keptGroup << 32 | otherGroup, -1);
    }
}
