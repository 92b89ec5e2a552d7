package org.jaket.annealing.constrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jaket.annealing.polynomial.Expression.sum;
import static org.jaket.annealing.polynomial.Expression.weightedSum;
import static org.jaket.annealing.polynomial.Variable.binaries;
import static org.jaket.annealing.polynomial.Variable.integer;
import static org.jaket.annealing.polynomial.Variable.real;
import static org.jaket.annealing.polynomial.Variable.spin;

import org.jaket.annealing.polynomial.Variable;
import org.jaket.execution.Progress;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CancellationException;

class ExhaustiveSolverTest {
    /**
     * Five items of worth 5, 4, 3, 2, 1 and weight 5, 4, 3, 2, 1 in room 7: worth 7, three ways.
     */
    @Test
    void allOptimaAreFound() {
        List<Variable> take = binaries("take", 5);
        double[] worth = {5, 4, 3, 2, 1};
        ConstrainedModel model =
                ConstrainedModel.builder()
                        .maximize(weightedSum(worth, take))
                        .subjectTo(weightedSum(worth, take).atMost(7))
                        .build();
        ConstrainedSampleSet found = ExhaustiveSolver.solve(model, 4);
        assertThat(found.feasible())
                .extracting(ConstrainedSample::energy)
                // 5+2, 4+3, 4+2+1, and then 6.
                .containsExactly(-7.0, -7.0, -7.0, -6.0);
        assertThat(ExhaustiveSolver.solve(model, 1).best().energy()).isEqualTo(-7);
        // 2^5 subsets, of which 19 weigh at most 7: there are as many partitions of 0 to 7 into
        // different parts up to 5: 1, 1, 1, 2, 2, 3, 3, 3, and 16 of them.
        assertThat(ExhaustiveSolver.solve(model, 1000).feasible()).hasSize(16);
    }

    @Test
    void allKindsOfValuesAreTried() {
        ConstrainedModel model =
                ConstrainedModel.builder()
                        .minimize(
                                integer("n", -1.5, 2.5)
                                        .plus(spin("s").times(10))
                                        .plus(real("fixed", 3, 3)))
                        .build();
        ConstrainedSampleSet found = ExhaustiveSolver.solve(model, 100);
        // n from -1 to 2 and two values of s.
        assertThat(found.feasible()).hasSize(8);
        assertThat(found.best().energy()).isEqualTo(-1 - 10 + 3);
    }

    @Test
    void aModelWithoutSolutionsHasNone() {
        Variable n = integer("n", 0, 5);
        ConstrainedSampleSet found =
                ExhaustiveSolver.solve(
                        ConstrainedModel.builder().subjectTo(n.times(2).equalTo(3)).build(), 1);
        assertThat(found.isFeasible()).isFalse();
        assertThatThrownBy(found::best).hasMessage("exhaustive search found no assignment at all");
    }

    @Test
    void limitsAreStated() {
        assertThatThrownBy(
                        () ->
                                ExhaustiveSolver.solve(
                                        ConstrainedModel.builder()
                                                .minimize(sum(binaries("x", 40)))
                                                .build(),
                                        1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.1e+12 assignments");
        assertThatThrownBy(
                        () ->
                                ExhaustiveSolver.solve(
                                        ConstrainedModel.builder()
                                                .minimize(integer("n", 0, Double.POSITIVE_INFINITY))
                                                .build(),
                                        1))
                .hasMessageContaining("more than");
        assertThatThrownBy(
                        () ->
                                ExhaustiveSolver.solve(
                                        ConstrainedModel.builder()
                                                .minimize(integer("n", Double.NEGATIVE_INFINITY, 0))
                                                .build(),
                                        1))
                .hasMessageContaining("more than");
        assertThatThrownBy(
                        () ->
                                ExhaustiveSolver.solve(
                                        ConstrainedModel.builder()
                                                .minimize(real("r", 0, 1))
                                                .build(),
                                        1))
                .hasMessageContaining("r is real");
    }

    @Test
    void itCanBeCancelled() {
        ConstrainedModel model =
                ConstrainedModel.builder().minimize(sum(binaries("x", 20))).build();
        Progress cancelled =
                new Progress() {
                    @Override
                    public void report(long done, long total) {
                        assertThat(done).isEqualTo(1 << 16);
                        assertThat(total).isEqualTo(1 << 20);
                    }

                    @Override
                    public boolean isCancelled() {
                        return true;
                    }
                };
        assertThatThrownBy(() -> ExhaustiveSolver.solve(model, 1, cancelled))
                .isInstanceOf(CancellationException.class);
    }
}
