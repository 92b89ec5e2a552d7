package org.jaket.annealing.constrained;

import org.jaket.annealing.BinaryQuadraticModel;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights of penalties that no state can outweigh: a bound on what the objective gains when the
 * constraint is broken, and a margin of a twentieth of the largest coefficient or cost, so that the
 * minimum is not shared.
 *
 * <p>Generally the bound is the difference between the largest value of a feasible state and the
 * smallest value of any, where one bit of each disjoint one-hot group counts. Two kinds of models
 * have closer ones. Where all constraints only limit sums of bits with positive coefficients, a
 * state is repaired by clearing bits of what is broken, and each of these costs at most what its
 * bit contributes to the objective. Where all constraints are disjoint one-hot groups, a group is
 * repaired by clearing bits that are too many, or by setting the cheapest one.
 */
final class PenaltyWeights {
    private static final double MARGIN = 0.05;

    /** The margin in parts of the bound, where the objective is next to nothing. */
    private static final double LEAST_MARGIN = 1e-6;

    private enum Repair {
        /** Clearing bits mends every constraint and breaks none. */
        CLEAR,
        /** Every constraint is a one-hot group of its own. */
        CHOOSE,
        /** Nothing of that kind. */
        NONE
    }

    private final Repair repair;
    private final double margin;

    /** The general bound. */
    private final double gap;

    /** What clearing a bit can cost. */
    private final double[] clearing;

    /** What setting a bit can cost. */
    private final double[] setting;

    private PenaltyWeights(
            Repair repair, double margin, double gap, double[] clearing, double[] setting) {
        this.repair = repair;
        this.margin = margin;
        this.gap = gap;
        this.clearing = clearing;
        this.setting = setting;
    }

    static PenaltyWeights of(BinaryQuadraticModel objective, PenaltyAssembly assembly) {
        int n = objective.size();
        int[] group = groups(n, assembly.hard);
        boolean soft = !assembly.softSquares.isEmpty() || !assembly.costs.isEmpty();
        double[] clearing = new double[n];
        double[] setting = new double[n];
        double largest = 0;
        double least = 0;
        for (int i = 0; i < n; i++) {
            double h = objective.linear(i);
            clearing[i] = -h;
            setting[i] = h;
            largest = Math.max(largest, Math.abs(h));
            least += Math.min(0, h);
            for (int k = 0; k < objective.degree(i); k++) {
                double q = objective.weight(i, k);
                clearing[i] -= Math.min(0, q);
                setting[i] += Math.max(0, q);
                largest = Math.max(largest, Math.abs(q));
                least += objective.neighbour(i, k) > i ? Math.min(0, q) : 0;
            }
        }
        for (PenaltyAssembly.Cost cost : assembly.costs) {
            largest = Math.max(largest, cost.each());
        }
        for (PenaltyAssembly.SoftSquare square : assembly.softSquares) {
            largest = Math.max(largest, square.weight());
        }
        double gap = most(objective, group) - least + assembly.softMost;
        return new PenaltyWeights(
                soft ? Repair.NONE : repair(assembly.hard, group),
                gap == 0 ? 1 : Math.max(MARGIN * largest, LEAST_MARGIN * gap),
                gap,
                clearing,
                setting);
    }

    /** Disjoint one-hot groups: one more than the number of each bit's, 0 for none. */
    private static int[] groups(int n, List<Penalty> penalties) {
        int[] group = new int[n];
        int groups = 0;
        for (Penalty penalty : penalties) {
            if (penalty instanceof Penalty.Square square
                    && square.isOneHot()
                    && Arrays.stream(square.bits()).allMatch(bit -> group[bit] == 0)) {
                groups++;
                for (int bit : square.bits()) {
                    group[bit] = groups;
                }
            }
        }
        return group;
    }

    private static Repair repair(List<Penalty> penalties, int[] group) {
        boolean clear = true;
        boolean choose = true;
        for (Penalty penalty : penalties) {
            clear &=
                    switch (penalty) {
                        case Penalty.Square square -> square.packing();
                        case Penalty.AtMostOne pairs -> noneOf(pairs.negated());
                        case Penalty.Fixed fixed -> !fixed.negated();
                        case Penalty.Exclusive exclusive -> true;
                        case Penalty.ProductOf product -> false;
                        case Penalty.Valid valid -> false;
                    };
            choose &= penalty instanceof Penalty.Square square && square.isOneHot();
        }
        // As many groups as penalties: they are disjoint.
        choose &= penalties.size() == Arrays.stream(group).max().orElse(0);
        return clear ? Repair.CLEAR : choose ? Repair.CHOOSE : Repair.NONE;
    }

    private static boolean noneOf(boolean[] flags) {
        for (boolean flag : flags) {
            if (flag) {
                return false;
            }
        }
        return true;
    }

    /** A bound on the objective where each group has one bit set. */
    private static double most(BinaryQuadraticModel objective, int[] group) {
        int groups = Arrays.stream(group).max().orElse(0);
        double sum = 0;
        double[] best = new double[groups + 1];
        Arrays.fill(best, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < group.length; i++) {
            if (group[i] == 0) {
                sum += Math.max(0, objective.linear(i));
            } else {
                best[group[i]] = Math.max(best[group[i]], objective.linear(i));
            }
        }
        for (int g = 1; g <= groups; g++) {
            sum += best[g];
        }
        if (groups == 0) {
            double[] products = {sum};
            objective.forEachInteraction((i, j, w) -> products[0] += Math.max(0, w));
            return products[0];
        }
        // One product of each pair of groups, none within a group; a bit without is its own group.
        Map<Long, Double> pairs = new HashMap<>();
        objective.forEachInteraction(
                (i, j, w) -> {
                    int left = group[i] == 0 ? groups + 1 + i : group[i];
                    int right = group[j] == 0 ? groups + 1 + j : group[j];
                    if (w > 0 && left != right) {
                        long pair = (long) Math.min(left, right) << 32 | Math.max(left, right);
                        pairs.merge(pair, w, Math::max);
                    }
                });
        return sum + pairs.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** What a weight has above its bound. */
    double margin() {
        return margin;
    }

    /** The weight of a penalty; of {@link Penalty.AtMostOne} the largest of its pairs. */
    double of(Penalty penalty) {
        return margin
                + switch (repair) {
                    case NONE -> gap;
                    case CLEAR ->
                            switch (penalty) {
                                case Penalty.Square s -> clearing(s.bits(), s.members());
                                case Penalty.AtMostOne p -> secondLargest(p.bits());
                                case Penalty.Fixed f -> clearing(f.bit());
                                case Penalty.Exclusive e ->
                                        Math.min(clearing(e.left()), clearing(e.right()));
                                case Penalty.ProductOf p -> gap;
                                case Penalty.Valid v -> gap;
                            };
                    case CHOOSE -> choosing((Penalty.Square) penalty);
                };
    }

    /** The weight of one pair of which at most one bit is set. */
    double ofPair(int left, int right) {
        return margin + (repair == Repair.CLEAR ? Math.min(clearing(left), clearing(right)) : gap);
    }

    /** Auxiliary bits cost nothing. */
    private double clearing(int bit) {
        return bit < clearing.length ? Math.max(0, clearing[bit]) : 0;
    }

    private double clearing(int[] bits, int count) {
        double most = 0;
        for (int k = 0; k < count; k++) {
            most = Math.max(most, clearing(bits[k]));
        }
        return most;
    }

    private double secondLargest(int[] bits) {
        double[] sorted = Arrays.stream(bits).mapToDouble(this::clearing).sorted().toArray();
        return sorted[sorted.length - 2];
    }

    private double choosing(Penalty.Square oneHot) {
        double cheapest = Double.POSITIVE_INFINITY;
        for (int bit : oneHot.bits()) {
            cheapest = Math.min(cheapest, setting[bit]);
        }
        return Math.max(Math.max(0, cheapest), clearing(oneHot.bits(), oneHot.members()));
    }
}
