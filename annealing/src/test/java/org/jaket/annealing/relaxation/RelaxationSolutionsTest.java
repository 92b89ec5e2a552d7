package org.jaket.annealing.relaxation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.polynomial.Variable;
import org.jaket.annealing.problem.Graph;
import org.jaket.annealing.problem.MaximumIndependentSet;
import org.jaket.annealing.problem.MultidimensionalKnapsack;
import org.jaket.annealing.problem.TravellingSalesman;
import org.jaket.annealing.sampler.Exhaustive;
import org.jaket.annealing.sampler.ParallelTempering;
import org.jaket.annealing.sampler.SimulatedAnnealing;
import org.jaket.execution.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

class RelaxationSolutionsTest {
    static final List<MultiplierUpdate> UPDATES = Cases.UPDATES;

    private static final SamplingOptions OPTIONS =
            SamplingOptions.reads(8).sweeps(100).seed(11).threads(1);

    /** 0-1-2-3-4-0 has length 5; every other tour uses a way of length 3 or more. */
    private static TravellingSalesman ring() {
        double[][] distance = new double[5][5];
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                distance[i][j] = i == j ? 0 : Math.floorMod(i - j, 5) % 3 == 1 ? 1 : 3;
                distance[i][j] = Math.abs(i - j) == 1 || Math.abs(i - j) == 4 ? 1 : distance[i][j];
            }
        }
        return new TravellingSalesman(distance);
    }

    @ParameterizedTest
    @FieldSource("UPDATES")
    void knapsacksComeWithinTwoPercentOfDynamicProgramming(MultiplierUpdate update) {
        for (long seed = 0; seed < 4; seed++) {
            MultidimensionalKnapsack problem = Cases.knapsack(30, seed);
            double optimum = Cases.bellman(problem);

            RelaxationResult result =
                    LagrangianRelaxation.of(problem.constrainedModel())
                            .update(update)
                            .rounds(60)
                            .solve(new SimulatedAnnealing(), OPTIONS);

            assertThat(-result.best().energy()).isBetween(0.98 * optimum, optimum);
            // One capacity: the linear relaxation is above by less than the largest profit, 40.
            // Squares give worse multipliers than the other rules.
            boolean squares = update instanceof MultiplierUpdate.AugmentedLagrangian;
            assertThat(-result.bound().value())
                    .isBetween(optimum - 1e-6, optimum + (squares ? 0.3 * optimum : 40));
        }
    }

    @ParameterizedTest
    @FieldSource("UPDATES")
    void aSamplerWithoutASenseOfEnergyStillGetsSolutions(MultiplierUpdate update) {
        List<ConstrainedModel> models =
                List.of(
                        Cases.knapsack(12, 5).constrainedModel(),
                        new MaximumIndependentSet(Graph.random(20, 0.3, 5)).constrainedModel(),
                        ring().constrainedModel());
        for (ConstrainedModel model : models) {
            RelaxationResult result =
                    LagrangianRelaxation.of(model)
                            .update(update)
                            .rounds(5)
                            .solve(Cases.blind(), OPTIONS);

            assertThat(result.isFeasible()).isTrue();
            assertThat(model.check(result.best().values()).broken()).isEmpty();
        }
    }

    /** The empty knapsack breaks nothing, so no multiplier would ever move. */
    @ParameterizedTest
    @FieldSource("UPDATES")
    void aWrongMinimumDoesNotEndTheSearch(MultiplierUpdate update) {
        Sampler nothing =
                (model, options) ->
                        SampleSet.of(
                                model,
                                List.of(new byte[model.size()]),
                                "nothing",
                                options.seed(),
                                Duration.ZERO);

        RelaxationResult result =
                LagrangianRelaxation.of(Cases.knapsack(12, 5).constrainedModel())
                        .update(update)
                        .rounds(6)
                        .solve(nothing, OPTIONS);

        assertThat(result.trace()).hasSize(6);
        assertThat(result.converged()).isFalse();
    }

    @Test
    void theSquaresOfEquationsKeepMinimaBelowTheOptimumOfARoundTrip() {
        TravellingSalesman problem = ring();

        RelaxationResult result =
                LagrangianRelaxation.of(problem.constrainedModel())
                        .update(MultiplierUpdate.AUGMENTED)
                        .solve(new Exhaustive(), OPTIONS);

        assertThat(result.qubits()).isEqualTo(16);
        assertThat(result.best().energy()).isEqualTo(5);
        assertThat(result.bound().value()).isCloseTo(5, within(1e-6));
        assertThat(result.bound().proof()).isEqualTo(LowerBound.Proof.EXACT_MINIMUM);
        assertThat(result.trace()).noneMatch(RelaxationRound::squares);
    }

    @Test
    void solutionsOfTheRoundTripAreToursOfTheSameLength() {
        TravellingSalesman problem = ring();
        ConstrainedModel model = problem.constrainedModel();

        RelaxationResult result =
                LagrangianRelaxation.of(model).rounds(5).solve(Cases.blind(), OPTIONS);

        byte[] state = new byte[model.size()];
        for (int k = 0; k < state.length; k++) {
            state[k] = (byte) result.best().values()[k];
        }
        assertThat(problem.value(problem.decode(state).orElseThrow()))
                .isEqualTo(result.best().energy());
    }

    @Test
    void squaresOfInequalitiesAreMarkedAndProveNothing() {
        MultidimensionalKnapsack problem = Cases.knapsack(10, 2);

        RelaxationResult result =
                LagrangianRelaxation.of(problem.constrainedModel())
                        .update(MultiplierUpdate.AUGMENTED)
                        .rounds(30)
                        .solve(new Exhaustive(), OPTIONS);

        assertThat(result.trace()).anyMatch(RelaxationRound::squares);
        assertThat(result.bound().value()).isLessThanOrEqualTo(-Cases.bellman(problem) + 1e-6);
    }

    @Test
    void noSlackIsSampled() {
        LagrangianRelaxation relaxation =
                LagrangianRelaxation.of(Cases.knapsack(30, 1).constrainedModel());

        assertThat(relaxation.qubits()).isEqualTo(30);
        // Capacities from 256 to 511 need slack of nine bits.
        assertThat(Cases.knapsack(30, 1).capacity(0)).isBetween(256L, 511L);
        assertThat(relaxation.savedQubits()).isEqualTo(9);
    }

    @ParameterizedTest
    @FieldSource("UPDATES")
    void theSameSeedGivesTheSameRoundsOnAnyNumberOfThreads(MultiplierUpdate update) {
        LagrangianRelaxation relaxation =
                LagrangianRelaxation.of(Cases.knapsack(20, 9).constrainedModel())
                        .update(update)
                        .rounds(10);

        RelaxationResult one = relaxation.solve(new ParallelTempering(), OPTIONS.withReads(3));
        RelaxationResult two =
                relaxation.solve(new ParallelTempering(), OPTIONS.withReads(3).threads(2));

        assertThat(two.samples().samples()).isEqualTo(one.samples().samples());
        assertThat(two.trace().toString()).isEqualTo(one.trace().toString());
    }

    @Test
    void theTimeIsKept() {
        long begin = System.nanoTime();

        RelaxationResult result =
                LagrangianRelaxation.of(Cases.knapsack(30, 1).constrainedModel())
                        .update(MultiplierUpdate.DUAL_ASCENT)
                        .rounds(1_000_000)
                        .solve(new SimulatedAnnealing(), OPTIONS.limit(Duration.ofMillis(200)));

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(200), Duration.ofSeconds(3));
        assertThat(result.trace()).hasSizeBetween(1, 999_999);
        assertThat(result.isFeasible()).isTrue();
    }

    @Test
    void noTimeAtAllStillGivesARound() {
        RelaxationResult result =
                LagrangianRelaxation.of(Cases.knapsack(30, 1).constrainedModel())
                        .solve(new SimulatedAnnealing(), OPTIONS.limit(Duration.ZERO));

        assertThat(result.trace()).hasSize(1);
        assertThat(result.bound().value()).isFinite();
    }

    @Test
    void progressCountsRounds() {
        List<String> told = new ArrayList<>();

        LagrangianRelaxation.of(Cases.knapsack(8, 1).constrainedModel())
                .update(MultiplierUpdate.DUAL_ASCENT)
                .rounds(3)
                .solve(
                        Cases.blind(),
                        OPTIONS.progress((done, total) -> told.add(done + "/" + total)));

        assertThat(told).containsExactly("0/3", "1/3", "2/3", "3/3");
    }

    @Test
    void theWorkCanBeCancelled() {
        Progress cancelled =
                new Progress() {
                    @Override
                    public void report(long done, long total) {}

                    @Override
                    public boolean isCancelled() {
                        return true;
                    }
                };
        LagrangianRelaxation relaxation =
                LagrangianRelaxation.of(Cases.knapsack(8, 1).constrainedModel());

        assertThatThrownBy(() -> relaxation.solve(Cases.blind(), OPTIONS.progress(cancelled)))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void whatCannotBeRelaxedIsNamed() {
        Variable x = Variable.binary("x");
        Variable y = Variable.binary("y");
        Variable n = Variable.integer("n", 0, 3);

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                LagrangianRelaxation.of(
                                        ConstrainedModel.builder().minimize(x.plus(n)).build()))
                .withMessageContaining("variable n is INTEGER")
                .withMessageContaining("PenaltyForm");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                LagrangianRelaxation.of(
                                        ConstrainedModel.builder()
                                                .minimize(x.plus(y))
                                                .subjectTo("both", x.times(y).atLeast(1))
                                                .build()))
                .withMessageContaining("constraint both has products");
        LagrangianRelaxation one =
                LagrangianRelaxation.of(
                        ConstrainedModel.builder()
                                .minimize(x.plus(y))
                                .subjectTo("some", x.plus(y).atLeast(1))
                                .build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one.bound(-1))
                .withMessageContaining("the multiplier of some cannot be -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one.bound())
                .withMessage("0 multipliers for 1 constraints");
        assertThatIllegalArgumentException().isThrownBy(() -> one.rounds(0));
    }
}
