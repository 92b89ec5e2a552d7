package org.jaket.annealing.relaxation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.jaket.annealing.polynomial.Expression.weightedSum;
import static org.jaket.annealing.polynomial.Variable.binaries;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.polynomial.Variable;
import org.jaket.annealing.sampler.Exhaustive;
import org.jaket.annealing.sampler.TreeDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.util.List;

class LagrangianBoundTest {
    static final List<MultiplierUpdate> MASTERS =
            List.of(MultiplierUpdate.BUNDLE, MultiplierUpdate.CUTTING_PLANE);

    private static final SamplingOptions OPTIONS = SamplingOptions.reads(4).seed(3).threads(1);

    /** Profits 6 and 5, weights 5 and 4, capacity 6: the best is to take the first, worth 6. */
    private static ConstrainedModel twoItems() {
        List<Variable> x = binaries("x", 2);
        return ConstrainedModel.builder()
                .maximize(weightedSum(new double[] {6, 5}, x))
                .subjectTo("weight", weightedSum(new double[] {5, 4}, x).atMost(6))
                .build();
    }

    /** M. L. Fisher, "An applications oriented guide to Lagrangian relaxation", 1985. */
    private static ConstrainedModel fisher() {
        List<Variable> x = binaries("x", 4);
        return ConstrainedModel.builder()
                .maximize(weightedSum(new double[] {16, 10, 0, 4}, x))
                .subjectTo("budget", weightedSum(new double[] {8, 2, 1, 4}, x).atMost(10))
                .subjectTo("first", weightedSum(new double[] {1, 1, 0, 0}, x).atMost(1))
                .subjectTo("second", weightedSum(new double[] {0, 0, 1, 1}, x).atMost(1))
                .build();
    }

    @Test
    void theDualFunctionOfTwoItemsIsTheOneWorkedByHand() {
        LagrangianRelaxation relaxation = LagrangianRelaxation.of(twoItems());

        // -(max(0, 6 - 5 p) + max(0, 5 - 4 p) + 6 p)
        assertThat(relaxation.bound(0).value()).isCloseTo(-11, within(1e-9));
        assertThat(relaxation.bound(1).value()).isCloseTo(-8, within(1e-9));
        assertThat(relaxation.bound(1.2).value()).isCloseTo(-7.4, within(1e-9));
        assertThat(relaxation.bound(2).value()).isCloseTo(-12, within(1e-9));
    }

    /** Its largest value is at p = 6/5, where the linear relaxation has 5 + 2/5 of 6 = 7.4. */
    @ParameterizedTest
    @FieldSource("MASTERS")
    void theBestBoundOfTwoItemsIsThatOfTheLinearRelaxation(MultiplierUpdate update) {
        RelaxationResult result =
                LagrangianRelaxation.of(twoItems()).update(update).solve(new Exhaustive(), OPTIONS);

        assertThat(result.bound().value()).isCloseTo(-7.4, within(1e-4));
        assertThat(result.converged()).isTrue();
        assertThat(result.best().energy()).isEqualTo(-6);
        assertThat(result.gap()).isCloseTo(1.4 / 6, within(1e-4));
    }

    /** The paper's bound is 18 and its optimum 16; relaxing all rows gives no less, and no more. */
    @ParameterizedTest
    @FieldSource("MASTERS")
    void fishersExampleHasTheBoundOfHisPaper(MultiplierUpdate update) {
        RelaxationResult result =
                LagrangianRelaxation.of(fisher())
                        .update(update)
                        .solve(new TreeDecomposition(), OPTIONS);

        assertThat(result.dual()).isInstanceOf(LowerBound.Proven.class);
        assertThat(result.bound().value()).isCloseTo(-18, within(1e-3));
        assertThat(result.best().energy()).isEqualTo(-16);
    }

    @Property(tries = 60)
    void noSolutionIsBelowTheBound(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
            @ForAll @IntRange(min = 0, max = 4) int update) {
        ConstrainedModel model = Cases.random(seed);
        double optimum = Cases.optimum(model);

        RelaxationResult result =
                LagrangianRelaxation.of(model)
                        .update(Cases.UPDATES.get(update))
                        .rounds(20)
                        .solve(new Exhaustive(), OPTIONS);

        assertThat(result.bound().value()).isLessThanOrEqualTo(optimum + 1e-6);
        assertThat(result.dual()).isInstanceOf(LowerBound.Proven.class);
        if (result.isFeasible()) {
            assertThat(result.best().energy()).isGreaterThanOrEqualTo(optimum);
            assertThat(model.check(result.best().values()).isFeasible()).isTrue();
        }
    }

    @Property(tries = 60)
    void theBoundHoldsForASamplerThatIsWrong(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
            @ForAll @IntRange(min = 0, max = 4) int update) {
        ConstrainedModel model = Cases.random(seed);

        RelaxationResult result =
                LagrangianRelaxation.of(model)
                        .update(Cases.UPDATES.get(update))
                        .rounds(10)
                        .solve(Cases.blind(), OPTIONS);

        assertThat(result.bound().value()).isLessThanOrEqualTo(Cases.optimum(model) + 1e-6);
        assertThat(result.bound().proof()).isEqualTo(LowerBound.Proof.ROOF_DUALITY);
        assertThat(result.dual()).isInstanceOf(LowerBound.Estimated.class);
    }

    @Property(tries = 40)
    void bundleAndCuttingPlanesFindTheSameDualOptimum(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        LagrangianRelaxation relaxation = LagrangianRelaxation.of(Cases.random(seed)).rounds(300);

        double bundle =
                relaxation
                        .update(MultiplierUpdate.BUNDLE)
                        .solve(new Exhaustive(), OPTIONS)
                        .bound()
                        .value();
        double planes =
                relaxation
                        .update(MultiplierUpdate.CUTTING_PLANE)
                        .solve(new Exhaustive(), OPTIONS)
                        .bound()
                        .value();

        assertThat(bundle).isCloseTo(planes, within(1e-2));
    }

    @Property(tries = 40)
    void theTraceTellsMultipliersInTheUnitsOfTheModel(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
            @ForAll @IntRange(min = 0, max = 3) int update) {
        LagrangianRelaxation relaxation =
                LagrangianRelaxation.of(Cases.random(seed))
                        .update(Cases.UPDATES.get(update))
                        .rounds(8);

        RelaxationResult result = relaxation.solve(new Exhaustive(), OPTIONS);

        for (RelaxationRound round : result.trace()) {
            BinaryQuadraticModel model = relaxation.relaxed(round.multipliers());
            assertThat(model.size()).isEqualTo(relaxation.qubits());
            assertThat(new Exhaustive().sample(model, OPTIONS).best().energy())
                    .isCloseTo(round.minimum(), within(1e-6 * (1 + Math.abs(round.minimum()))));
        }
    }
}
