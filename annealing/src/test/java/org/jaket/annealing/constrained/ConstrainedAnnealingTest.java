package org.jaket.annealing.constrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.jaket.annealing.polynomial.Expression.sum;
import static org.jaket.annealing.polynomial.Expression.weightedSum;
import static org.jaket.annealing.polynomial.Variable.binaries;
import static org.jaket.annealing.polynomial.Variable.integer;
import static org.jaket.annealing.polynomial.Variable.real;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.polynomial.Expression;
import org.jaket.annealing.polynomial.Variable;
import org.jaket.execution.Progress;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;

class ConstrainedAnnealingTest {
    private static final ConstrainedAnnealing ANNEALING = new ConstrainedAnnealing();

    /** All kinds of constraints and whole variables; exhaustive search knows the optimum. */
    @Property(tries = 150)
    void theOptimumOfSmallModelsIsFound(@ForAll @LongRange(min = 0, max = 1L << 40) long seed) {
        ConstrainedModel model = new RandomModels(seed).next(true, true);
        ConstrainedSampleSet exact = ExhaustiveSolver.solve(model, 1);
        ConstrainedSampleSet found =
                ANNEALING.sample(model, SamplingOptions.reads(12).sweeps(150).seed(seed));
        assertThat(found.isFeasible()).isEqualTo(exact.isFeasible());
        if (exact.isFeasible()) {
            assertThat(found.best().energy()).isCloseTo(exact.best().energy(), within(1e-9));
        }
    }

    /**
     * The point of the half plane x + y &lt;= 2 that is nearest to (2, 1) is its projection (1.5,
     * 0.5), at the squared distance 1/2.
     */
    @Test
    void aConvexProblemOfRealsComesToItsOptimum() {
        Variable x = real("x", -10, 10);
        Variable y = real("y", -10, Double.POSITIVE_INFINITY);
        ConstrainedModel model =
                ConstrainedModel.builder()
                        .minimize(x.minus(2).squared().plus(y.minus(1).squared()))
                        .subjectTo(x.plus(y).atMost(2))
                        .build();
        ConstrainedSample best = ANNEALING.sample(model, SamplingOptions.reads(4).seed(1)).best();
        assertThat(best.energy()).isCloseTo(0.5, within(1e-4));
        assertThat(best.value("x")).isCloseTo(1.5, within(1e-2));
    }

    /**
     * Shares that sum to 1 and the least sum of their squares times 1, 2, 3, 4: Lagrange gives
     * shares in proportion to 1, 1/2, 1/3, 1/4, so the value is 1 / (1 + 1/2 + 1/3 + 1/4) = 12/25.
     */
    @Test
    void anEquationOfRealsIsMet() {
        List<Variable> share = new ArrayList<>();
        List<Expression> risk = new ArrayList<>();
        for (int k = 0; k < 4; k++) {
            share.add(real("share" + k, 0, 1));
            risk.add(share.get(k).squared().times(k + 1));
        }
        ConstrainedModel model =
                ConstrainedModel.builder()
                        .minimize(sum(risk))
                        .subjectTo(sum(share).equalTo(1))
                        .build();
        ConstrainedSample best = ANNEALING.sample(model, SamplingOptions.reads(4).seed(2)).best();
        assertThat(best.energy()).isCloseTo(12.0 / 25, within(1e-4));
    }

    /** In the disc x^2 + y^2 &lt;= 25 the least 3x + 4y is -25, at (-3, -4). */
    @Test
    void quadraticConstraintsHold() {
        Variable x = real("x", -10, 10);
        Variable y = real("y", -10, 10);
        ConstrainedModel model =
                ConstrainedModel.builder()
                        .minimize(x.times(3).plus(y.times(4)))
                        .subjectTo(x.squared().plus(y.squared()).atMost(25))
                        .build();
        assertThat(ANNEALING.sample(model, SamplingOptions.reads(4).seed(3)).best().energy())
                .isCloseTo(-25, within(1e-3));
    }

    /** The reverse assignment costs 0, every other more: 8 rows, 8 columns, 64 binary variables. */
    @Test
    void anAssignmentOfRowsToColumnsIsFound() {
        int n = 8;
        ConstrainedModelBuilder builder = ConstrainedModel.builder();
        List<Variable> all = binaries("x", n * n);
        double[] cost = new double[n * n];
        for (int i = 0; i < n; i++) {
            int row = i;
            builder.oneHot("row" + i, all.subList(i * n, i * n + n));
            List<Variable> column = new ArrayList<>();
            for (int j = 0; j < n; j++) {
                cost[i * n + j] = Math.abs(n - 1 - row - j);
                column.add(all.get(j * n + i));
            }
            builder.oneHot("column" + i, column);
        }
        ConstrainedModel model = builder.minimize(weightedSum(cost, all)).build();
        assertThat(
                        ANNEALING
                                .sample(model, SamplingOptions.reads(4).sweeps(300).seed(4))
                                .best()
                                .energy())
                .isZero();
    }

    /** 2n = 3 has no whole solution: the nearest are n = 1 and n = 2, which miss it by 1. */
    @Test
    void aModelWithoutSolutionsSaysWhatIsBroken() {
        Variable n = integer("n", 0, 5);
        ConstrainedModel model =
                ConstrainedModel.builder().subjectTo("odd", n.times(2).equalTo(3)).build();
        ConstrainedSampleSet found =
                ANNEALING.sample(model, SamplingOptions.reads(3).sweeps(50).seed(5));
        assertThat(found.isFeasible()).isFalse();
        assertThat(found.infeasible().getFirst().totalViolation()).isEqualTo(1);
        assertThatThrownBy(found::best).hasMessageContaining("odd");
    }

    @Test
    void threadsDoNotChangeTheSamples() {
        ConstrainedModel model = knapsack(60);
        SamplingOptions options = SamplingOptions.reads(7).sweeps(40).seed(11);
        ConstrainedSampleSet one = ANNEALING.sample(model, options.threads(1));
        assertThat(ANNEALING.sample(model, options.threads(3)).samples()).isEqualTo(one.samples());
        assertThat(ANNEALING.sample(model, options.seed(12)).samples()).isNotEqualTo(one.samples());
    }

    @Test
    void aLimitOfTimeStillGivesAnAssignment() {
        ConstrainedModel model = knapsack(5000);
        for (Duration limit : List.of(Duration.ZERO, Duration.ofMillis(50))) {
            long start = System.nanoTime();
            ConstrainedSampleSet found =
                    ANNEALING.sample(
                            model, SamplingOptions.reads(1000).sweeps(1_000_000).limit(limit));
            assertThat(found.samples()).isNotEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void workCanBeCancelled() {
        Progress cancelled =
                new Progress() {
                    @Override
                    public void report(long done, long total) {}

                    @Override
                    public boolean isCancelled() {
                        return true;
                    }
                };
        ConstrainedModel model = knapsack(500);
        SamplingOptions options = SamplingOptions.reads(4).sweeps(100_000).progress(cancelled);
        assertThatThrownBy(() -> ANNEALING.sample(model, options))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void aModelWithoutVariablesHasOneAssignment() {
        ConstrainedModel empty = ConstrainedModel.builder().build();
        assertThat(ANNEALING.sample(empty, SamplingOptions.reads(2)).best().energy()).isZero();
    }

    private static ConstrainedModel knapsack(int items) {
        SplittableRandom random = new SplittableRandom(items);
        double[] worth = random.doubles(items, 1, 10).toArray();
        double[] weight = random.doubles(items, 1, 10).toArray();
        List<Variable> take = binaries("take", items);
        return ConstrainedModel.builder()
                .maximize(weightedSum(worth, take))
                .subjectTo("weight", weightedSum(weight, take).atMost(2.0 * items))
                .build();
    }
}
