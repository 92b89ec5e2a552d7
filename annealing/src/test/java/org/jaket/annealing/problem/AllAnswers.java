package org.jaket.annealing.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.annealing.BinaryQuadraticModel;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** All answers of small instances, and what is asked of every problem's model. */
final class AllAnswers {
    private AllAnswers() {}

    static List<BitSet> subsets(int n) {
        List<BitSet> all = new ArrayList<>();
        for (int code = 0; code < 1 << n; code++) {
            all.add(BitSet.valueOf(new long[] {code}));
        }
        return all;
    }

    /** All ways to choose one of k for each of n. */
    static List<int[]> choices(int n, int k) {
        List<int[]> all = new ArrayList<>(List.of(new int[n]));
        for (int i = 0; i < n; i++) {
            List<int[]> longer = new ArrayList<>();
            for (int[] choice : all) {
                for (int c = 0; c < k; c++) {
                    int[] next = choice.clone();
                    next[i] = c;
                    longer.add(next);
                }
            }
            all = longer;
        }
        return all;
    }

    /** All permutations among the choices of n from n. */
    static List<int[]> permutations(int n) {
        return choices(n, n).stream()
                .filter(p -> Answers.permutation(p, n, "number").isEmpty())
                .toList();
    }

    /**
     * Minima are optima, feasible answers have the energies that their values say, and what is not
     * feasible is refused.
     *
     * @param energy the energy of a value
     */
    static <A> void check(Problem<A> problem, List<A> answers, DoubleUnaryOperator energy) {
        BinaryQuadraticModel model = problem.model();
        double best = Double.NaN;
        for (A answer : answers) {
            if (!problem.isFeasible(answer)) {
                assertThatThrownBy(() -> problem.value(answer))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("not feasible: ");
                assertThatThrownBy(() -> problem.encode(answer))
                        .isInstanceOf(IllegalArgumentException.class);
                continue;
            }
            double value = problem.value(answer);
            byte[] state = problem.encode(answer);
            assertThat(model.energy(state)).isCloseTo(energy.applyAsDouble(value), within(1e-6));
            A decoded = problem.decode(state).orElseThrow();
            assertThat(problem.encode(decoded)).isEqualTo(state);
            boolean better = problem.isMaximum() ? value > best : value < best;
            best = Double.isNaN(best) || better ? value : best;
        }
        for (byte[] minimum : ExhaustiveSearch.minima(model)) {
            assertThat(problem.decode(minimum)).isPresent();
            assertThat(problem.value(problem.decode(minimum).get())).isCloseTo(best, within(1e-9));
        }
        assertThatThrownBy(() -> problem.decode(new byte[model.size() + 1]))
                .hasMessageContaining("values, not");
    }
}
