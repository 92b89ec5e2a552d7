package org.jaket.annealing.constrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.jaket.annealing.polynomial.Expression.sum;
import static org.jaket.annealing.polynomial.Expression.weightedSum;
import static org.jaket.annealing.polynomial.Variable.binaries;
import static org.jaket.annealing.polynomial.Variable.binary;
import static org.jaket.annealing.polynomial.Variable.integer;
import static org.jaket.annealing.polynomial.Variable.real;
import static org.jaket.annealing.polynomial.Variable.spin;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.constrained.Strictness.Growth;
import org.jaket.annealing.polynomial.Expression;
import org.jaket.annealing.polynomial.Sense;
import org.jaket.annealing.polynomial.Variable;
import org.jaket.annealing.polynomial.VariableKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

class ConstrainedModelTest {
    private final Variable x = binary("x");
    private final Variable s = spin("s");
    private final Variable n = integer("n", 0, 10);
    private final Variable r = real("r", -1, 1);

    /** Values by hand: 2*1*3 - 4*0.5 + 1 = 5; n^2 = 9 is 1 above 8; x + n = 4 is 1 below 5. */
    @Test
    void assignmentsAreChecked() {
        ConstrainedModel model =
                ConstrainedModel.builder()
                        .minimize(x.times(n).times(2).minus(r.times(4)).plus(1))
                        .subjectTo("square", n.squared().atMost(8))
                        .subjectTo("sum", x.plus(n).atLeast(5))
                        .subjectTo("spin", s.equalTo(1))
                        .build();
        assertThat(model.variables()).containsExactly("x", "n", "r", "s");
        ConstrainedSample bad = model.check(1, 3, 0.5, 1);
        assertThat(bad.objective()).isEqualTo(5);
        assertThat(bad.violations()).containsExactly(1, 1, 0);
        assertThat(bad.isFeasible()).isFalse();
        assertThat(bad.broken())
                .extracting(Violation::toString)
                .containsExactly(
                        "constraint square: 9.0 should be <= 8.0",
                        "constraint sum: 4.0 should be >= 5.0");
        assertThat(bad.totalViolation()).isEqualTo(2);
        assertThat(model.check(Map.of("x", 1, "n", 3, "r", 0.5, "s", 1))).isEqualTo(bad);
        assertThatThrownBy(() -> model.check(Map.of("x", 1))).hasMessage("variable n has no value");
        assertThatThrownBy(() -> model.check(1)).hasMessage("an assignment has 4 values, not 1");
        assertThatThrownBy(() -> model.check(1, 3, Double.NaN, 1)).hasMessageContaining("finite");
    }

    @Test
    void valuesThatAVariableCannotHaveMakeTheAssignmentInfeasible() {
        ConstrainedModel model = ConstrainedModel.builder().minimize(sum(x, s, n, r)).build();
        assertThat(model.check(1, -1, 10, 0.3).isFeasible()).isTrue();
        assertThat(model.check(0.5, 0, 2.25, 1.5).broken())
                .extracting(Violation::amount)
                .containsExactly(0.5, 1.0, 0.25, 0.5);
        assertThat(model.check(2, 1, -1, 0).broken())
                .extracting(Violation::label)
                .containsExactly("x", "n");
        assertThat(model.check(1 + 1e-7, -1, 3 - 1e-7, 1 + 1e-7).isFeasible()).isTrue();
        assertThat(model.check(new double[] {1, -1, 3 - 1e-7, 1}, 1e-8).isFeasible()).isFalse();
    }

    /** n = 7 is 3 above 4: 2 * 3 and 2 * 3^2. */
    @Test
    void brokenSoftConstraintsCost() {
        ConstrainedModel linear =
                ConstrainedModel.builder()
                        .minimize(n)
                        .soft("small", n.atMost(4), 2, Growth.LINEAR)
                        .build();
        assertThat(linear.check(7).energy()).isEqualTo(13);
        assertThat(linear.check(7).isFeasible()).isTrue();
        assertThat(linear.check(3).energy()).isEqualTo(3);
        ConstrainedModel quadratic =
                ConstrainedModel.builder()
                        .minimize(n)
                        .soft("small", n.atMost(4), 2, Growth.QUADRATIC)
                        .build();
        assertThat(quadratic.check(7).penalty()).isEqualTo(18);
        assertThatThrownBy(() -> new Strictness.Soft(-1, Growth.LINEAR))
                .hasMessageContaining("at least 0");
        assertThatThrownBy(() -> new Strictness.Soft(Double.NaN, Growth.LINEAR))
                .hasMessageContaining("at least 0");
    }

    @Test
    void formulasAndNumbersGiveTheSameModel() {
        ConstrainedModel formulas =
                ConstrainedModel.builder()
                        .minimize(x.times(n).plus(n.squared().times(2)).minus(s))
                        .subjectTo("limit", x.plus(n).plus(2).atMost(7))
                        .oneHot("choice", List.of(x, binary("y")))
                        .build();
        ConstrainedModelBuilder b = ConstrainedModel.builder();
        int i = b.variable(x);
        int j = b.variable(n);
        int k = b.variable(s);
        int y = b.variable(binary("y"));
        assertThat(b.indexOf("s")).isEqualTo(k);
        assertThat(b.indexOf("nobody")).isEqualTo(-1);
        b.minimize(
                QuadraticFunction.of(
                        0,
                        new int[] {k},
                        new double[] {-1},
                        new int[] {j, j, j},
                        new int[] {i, j, j},
                        new double[] {1, 1.5, 0.5}));
        b.add(
                Constraint.hard(
                        "limit",
                        QuadraticFunction.linear(0, new int[] {j, i}, new double[] {1, 1}),
                        Sense.AT_MOST,
                        5));
        b.add(
                new Constraint(
                        "choice",
                        QuadraticFunction.linear(0, new int[] {i, y}, new double[] {1, 1}),
                        Sense.EQUAL,
                        1,
                        Strictness.HARD,
                        true));
        assertThat(b.build()).isEqualTo(formulas).hasSameHashCodeAs(formulas);
        assertThat(formulas.toBuilder().build()).isEqualTo(formulas);
        assertThat(formulas)
                .hasToString("4 variables (2 binary, 1 spin, 1 integer), 2 constraints");
        assertThat(formulas.constraint("limit").right()).isEqualTo(5);
        assertThatThrownBy(() -> formulas.constraint("c")).hasMessageContaining("no constraint c");
    }

    /** As in files, which name a variable before they tell what it is. */
    @Test
    void kindsMayBeToldLast() {
        ConstrainedModelBuilder b = ConstrainedModel.builder();
        int v = b.variable(real("v", 0, Double.POSITIVE_INFINITY));
        b.minimize(
                QuadraticFunction.of(
                        0,
                        new int[0],
                        new double[0],
                        new int[] {v},
                        new int[] {v},
                        new double[] {3}));
        assertThat(b.build().objective().quadraticTerms()).isEqualTo(1);
        ConstrainedModel binary = b.redefine(v, VariableKind.BINARY, 0, 1).build();
        assertThat(binary.objective())
                .isEqualTo(QuadraticFunction.linear(0, new int[] {v}, new double[] {3}));
        ConstrainedModel spin = b.redefine(v, VariableKind.SPIN, -1, 1).build();
        assertThat(spin.objective()).isEqualTo(QuadraticFunction.constant(3));
        assertThatThrownBy(() -> b.redefine(7, VariableKind.BINARY, 0, 1))
                .hasMessage("no variable 7: there are 1");
    }

    @Test
    void whatCannotHoldIsRefused() {
        assertThatThrownBy(
                        () ->
                                ConstrainedModel.builder()
                                        .subjectTo("never", x.minus(x).atMost(-1))
                                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("constraint never says 0.0 <= -1.0, which no assignment fulfils");
        assertThat(
                        ConstrainedModel.builder()
                                .subjectTo("always", x.minus(x).atMost(1))
                                .build()
                                .constraints())
                .hasSize(1);
        assertThatThrownBy(
                        () ->
                                ConstrainedModel.builder()
                                        .minimize(x.plus(n))
                                        .subjectTo(integer("n", 0, 5).atMost(2)))
                .hasMessageContaining("has a variable n already, INTEGER from 0.0 to 10.0");
        assertThatThrownBy(
                        () ->
                                ConstrainedModel.builder()
                                        .subjectTo("twice", x.atMost(0))
                                        .subjectTo("twice", x.atMost(1)))
                .hasMessage("two constraints are called twice");
        assertThatThrownBy(
                        () ->
                                ConstrainedModel.builder()
                                        .minimize(
                                                QuadraticFunction.linear(
                                                        0, new int[] {3}, new double[] {1}))
                                        .build())
                .hasMessageContaining("names variable 3, but there are only 0");
        assertThatThrownBy(() -> ConstrainedModel.builder().minimize(x.times(n).times(s)))
                .hasMessageContaining("degree 3");
        assertThatThrownBy(() -> ConstrainedModel.builder().oneHot("h", List.of(x, n)).build())
                .hasMessageContaining("marked one-hot");
        assertThatThrownBy(() -> ConstrainedModel.builder().oneHot("h", List.of(x, x)).build())
                .hasMessageContaining("marked one-hot");
    }

    @Test
    void functionsRefuseWhatIsNoFunction() {
        int[] one = {0};
        double[] nan = {Double.NaN};
        assertThatThrownBy(() -> QuadraticFunction.linear(0, one, nan))
                .hasMessage("the coefficient of variable 0 must be finite, not NaN");
        assertThatThrownBy(() -> QuadraticFunction.constant(Double.POSITIVE_INFINITY))
                .hasMessageContaining("finite");
        assertThatThrownBy(() -> QuadraticFunction.linear(0, new int[] {-1}, new double[] {1}))
                .hasMessageContaining("variable -1 does not exist");
        assertThatThrownBy(() -> QuadraticFunction.linear(0, one, new double[2]))
                .hasMessage("2 coefficients for 1 variables");
        assertThatThrownBy(() -> QuadraticFunction.of(0, one, new double[1], one, one, nan))
                .hasMessageContaining("the product of variables 0 and 0 must be finite, not NaN");
        assertThatThrownBy(
                        () ->
                                QuadraticFunction.linear(0, one, new double[] {Double.MAX_VALUE})
                                        .times(2))
                .hasMessageContaining("no finite number");
    }

    @Test
    void binaryQuadraticModelsGoThereAndBack() {
        for (Vartype vartype : Vartype.values()) {
            var builder = BinaryQuadraticModel.builder(vartype);
            builder.variable("a");
            builder.variable("b");
            builder.variable(7);
            BinaryQuadraticModel model =
                    builder.addLinear(0, 1).addQuadratic(0, 2, -2).addOffset(0.5).build();
            assertThat(ConstrainedModel.from(model).toBinaryQuadraticModel()).isEqualTo(model);
        }
        ConstrainedModel mixed =
                ConstrainedModel.builder().minimize(x.times(s).times(3).plus(s)).build();
        BinaryQuadraticModel binary = mixed.toBinaryQuadraticModel();
        for (int code = 0; code < 4; code++) {
            int left = code & 1;
            int right = code >> 1;
            assertThat(binary.energy(new byte[] {(byte) left, (byte) right}))
                    .isEqualTo(mixed.check(left, 2 * right - 1).energy());
        }
        assertThatThrownBy(
                        () ->
                                ConstrainedModel.builder()
                                        .minimize(n)
                                        .build()
                                        .toBinaryQuadraticModel())
                .hasMessageContaining("n is INTEGER");
        assertThatThrownBy(
                        () ->
                                ConstrainedModel.builder()
                                        .subjectTo("c", x.atMost(0))
                                        .build()
                                        .toBinaryQuadraticModel())
                .hasMessageContaining("PenaltyForm");
    }

    @Test
    void solutionsAndOthersAreKeptApart() {
        ConstrainedModel model =
                ConstrainedModel.builder()
                        .minimize(n)
                        .subjectTo("enough", n.atLeast(3))
                        .subjectTo("even", n.minus(integer("half", 0, 5).times(2)).equalTo(0))
                        .build();
        ConstrainedSampleSet set =
                ConstrainedSampleSet.of(
                        model,
                        List.of(
                                new double[] {6, 3},
                                new double[] {0, 0},
                                new double[] {4, 2},
                                new double[] {6, 3},
                                new double[] {4, 1},
                                new double[] {2, 1}),
                        "a test",
                        1,
                        Duration.ZERO);
        assertThat(set.best().value("n")).isEqualTo(4);
        assertThat(set.feasible()).extracting(ConstrainedSample::occurrences).containsExactly(1, 2);
        // n = 0 has the lowest energy, and is no solution; the nearest to one, n = 2, is 1 too
        // small.
        assertThat(set.infeasible())
                .extracting(ConstrainedSample::totalViolation)
                .containsExactly(1.0, 2.0, 3.0);
        assertThat(set.infeasible())
                .extracting(ConstrainedSample::energy)
                .containsExactly(2.0, 4.0, 0.0);
        assertThat(set.broken()).containsExactly(Map.entry("enough", 2), Map.entry("even", 1));
        assertThat(set.samples()).hasSize(5);
        ConstrainedSampleSet none =
                new ConstrainedSampleSet(List.of(), set.infeasible(), "a test", 1, Duration.ZERO);
        assertThat(none.isFeasible()).isFalse();
        assertThatThrownBy(none::best)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no solution among 3 assignments of a test")
                .hasMessageContaining("enough (2), even (1)")
                .hasMessageContaining("The nearest one: constraint enough: 2.0 should be >= 3.0");
        assertThat(none).asString().startsWith("no solution among 3");
        assertThatThrownBy(
                        () ->
                                new ConstrainedSampleSet(
                                        set.infeasible(), List.of(), "", 1, Duration.ZERO))
                .hasMessageContaining("is no solution");
        assertThatThrownBy(
                        () ->
                                new ConstrainedSampleSet(
                                        List.of(), set.feasible(), "", 1, Duration.ZERO))
                .hasMessageContaining("a solution stands among");
    }

    /** 300,000 products and 1000 constraints of 100 terms are built in about a second. */
    @Test
    @Timeout(20)
    void largeModelsAreBuiltInGoodTime() {
        Random random = new Random(1);
        List<Variable> b = binaries("b", 3000);
        List<Expression> terms = new ArrayList<>();
        for (int k = 0; k < 300_000; k++) {
            int i = random.nextInt(2999);
            terms.add(b.get(i).times(b.get(i + 1 + random.nextInt(2999 - i))).times(2));
        }
        ConstrainedModelBuilder builder = ConstrainedModel.builder().minimize(sum(terms));
        double[] ones = new double[100];
        Arrays.fill(ones, 1);
        for (int c = 0; c < 1000; c++) {
            builder.subjectTo(weightedSum(ones, b.subList(2 * c, 2 * c + 100)).atMost(c % 100));
        }
        ConstrainedModel model = builder.build();
        double[] all = new double[model.size()];
        Arrays.fill(all, 1);
        ConstrainedSample sample = model.check(all);
        assertThat(sample.objective()).isCloseTo(600_000, within(0.0));
        // Every constraint allows at most 99 of 100.
        assertThat(sample.broken()).hasSize(1000);
    }
}
