package org.jaket.annealing.constrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jaket.annealing.polynomial.Expression.sum;
import static org.jaket.annealing.polynomial.Variable.binaries;
import static org.jaket.annealing.polynomial.Variable.binary;
import static org.jaket.annealing.polynomial.Variable.integer;
import static org.jaket.annealing.polynomial.Variable.real;
import static org.jaket.annealing.polynomial.Variable.spin;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.polynomial.Comparison;
import org.jaket.annealing.polynomial.Expression;
import org.jaket.annealing.polynomial.Sense;
import org.jaket.annealing.polynomial.Variable;
import org.jaket.annealing.polynomial.VariableKind;
import org.jaket.annealing.sampler.Exhaustive;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

class BoundTighteningTest {
    private static final double LARGEST = (1L << 53) - 1;

    private static Set<List<Double>> solutions(ConstrainedModel model) {
        return ExhaustiveSolver.solve(model, Integer.MAX_VALUE).feasible().stream()
                .map(s -> Arrays.stream(s.values()).boxed().toList())
                .collect(Collectors.toSet());
    }

    /** All assignments are tried in both models; a refused model has no solution. */
    private static void assertSameSolutions(ConstrainedModel model) {
        Set<List<Double>> expected = solutions(model);
        ConstrainedModel tightened;
        try {
            tightened = model.tightened();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("no assignment fulfils constraint");
            assertThat(expected).as(e.getMessage()).isEmpty();
            return;
        }
        assertThat(solutions(tightened)).isEqualTo(expected);
        assertThat(tightened.variables()).isEqualTo(model.variables());
        for (int v = 0; v < model.size(); v++) {
            assertThat(tightened.variable(v).lower())
                    .isGreaterThanOrEqualTo(model.variable(v).lower());
            assertThat(tightened.variable(v).upper())
                    .isLessThanOrEqualTo(model.variable(v).upper());
        }
        for (List<Double> solution : expected) {
            double[] values = solution.stream().mapToDouble(d -> d).toArray();
            assertThat(tightened.check(values).energy()).isEqualTo(model.check(values).energy());
        }
    }

    @Property(seed = "1", tries = 3000)
    void theSolutionsStayTheSame(@ForAll long seed) {
        assertSameSolutions(new RandomModels(seed).next(true, true));
    }

    /** Real coefficients of all sizes, squares and products, bounds that are no whole numbers. */
    @Property(seed = "1", tries = 3000)
    void theSolutionsStayTheSameWithManyConstraints(@ForAll long seed) {
        Random random = new Random(seed);
        List<Variable> variables = new ArrayList<>();
        for (int k = 0; k < 1 + random.nextInt(4); k++) {
            double low = random.nextInt(-40, 20) / 10.0;
            variables.add(
                    switch (random.nextInt(4)) {
                        case 0 -> binary(k);
                        case 1 -> spin(k);
                        default -> integer(k, low, low + 1 + random.nextInt(6));
                    });
        }
        ConstrainedModelBuilder builder = ConstrainedModel.builder();
        variables.forEach(builder::variable);
        double scale = Math.pow(10, random.nextInt(-4, 5));
        for (int c = 0; c < 1 + random.nextInt(4); c++) {
            List<Expression> terms = new ArrayList<>();
            for (Variable v : variables) {
                terms.add(v.times(scale * random.nextInt(-3, 4)));
                if (random.nextInt(3) == 0) {
                    Variable w = variables.get(random.nextInt(variables.size()));
                    terms.add(v.times(w).times(scale * random.nextInt(-3, 4) / 10));
                }
            }
            Sense sense = Sense.values()[random.nextInt(3)];
            // Cancelled terms may leave a number that is compared with another.
            Expression left = sum(terms).plus(variables.getFirst().times(1e-3 * scale));
            builder.subjectTo(new Comparison(left, sense, scale * random.nextInt(-60, 60) / 10));
        }
        assertSameSolutions(builder.build());
    }

    @Test
    void integersAreBoundedByConstraints() {
        Variable n = integer("n", 0, LARGEST);
        Variable m = integer("m", -LARGEST, LARGEST);
        Variable k = integer("k", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        ConstrainedModel tightened =
                ConstrainedModel.builder()
                        .subjectTo("sum", n.times(3).plus(m.times(2)).atMost(21))
                        .subjectTo("order", m.atLeast(n))
                        .subjectTo("square", k.squared().plus(n).atMost(10))
                        .build()
                        .tightened();
        // 5 n <= 21, and 2 m <= 21 while n >= 0.
        assertThat(tightened.variable(0)).isEqualTo(integer("n", 0, 7));
        assertThat(tightened.variable(1)).isEqualTo(integer("m", 0, 10));
        assertThat(tightened.variable(2)).isEqualTo(integer("k", -3, 3));
        assertThat(tightened.constraints()).hasSize(3);
    }

    /** With such bounds alone 53 bits and squares of them would be needed. */
    @Test
    void whatConstraintsBoundBecomesAPenaltyForm() {
        Variable n = integer("n", 0, LARGEST);
        Variable m = integer("m", 0, Double.POSITIVE_INFINITY);
        ConstrainedModel model =
                ConstrainedModel.builder()
                        .maximize(n.times(3).plus(m.times(2)))
                        .subjectTo("a", n.times(2).plus(m).atMost(9))
                        .subjectTo("b", n.plus(m.times(2)).atMost(9))
                        .build();
        assertThatThrownBy(() -> PenaltyForm.of(model, PenaltyOptions.DEFAULT.tightened(false)))
                .hasMessageContaining("has no upper bound");
        PenaltyForm form = PenaltyForm.of(model);
        assertThat(form.isExact()).isTrue();
        ConstrainedSample best =
                form.sample(new Exhaustive(), SamplingOptions.reads(1).seed(1)).best();
        // Both are tight at n = m = 3.
        assertThat(best.values()).containsExactly(3, 3);
        assertThat(best.energy()).isEqualTo(-15);
    }

    @Test
    void forcedBinariesAreFixedAndWhatAlwaysHoldsGoes() {
        Variable x = binary("x");
        Variable y = binary("y");
        Variable s = spin("s");
        ConstrainedModel tightened =
                ConstrainedModel.builder()
                        .minimize(x.plus(y).plus(s))
                        .subjectTo("large", x.times(5).plus(y.times(2)).atMost(4))
                        .subjectTo("both", y.times(s).atLeast(1))
                        .subjectTo("loose", x.plus(y).plus(s).atMost(3))
                        .build()
                        .tightened();
        assertThat(tightened.variable(0)).isEqualTo(integer("x", 0, 0));
        assertThat(tightened.variable(1)).isEqualTo(integer("y", 1, 1));
        assertThat(tightened.variable(2)).isEqualTo(integer("s", 1, 1));
        assertThat(tightened.constraints()).isEmpty();
        assertThat(solutions(tightened)).containsExactly(List.of(0.0, 1.0, 1.0));
    }

    @Test
    void aChoiceAmongFewerIsStillOneHot() {
        List<Variable> x = binaries("x", 4);
        ConstrainedModel model =
                ConstrainedModel.builder()
                        .oneHot("choice", x)
                        .subjectTo("not the first", x.get(0).atMost(0))
                        .build();
        Constraint choice = model.tightened().constraint("choice");
        assertThat(choice.oneHot()).isTrue();
        assertThat(choice.left().linearTerms()).isEqualTo(3);
        ConstrainedModel decided =
                model.toBuilder()
                        .subjectTo("the second", x.get(1).atLeast(0.5))
                        .build()
                        .tightened();
        assertThat(decided.constraints()).isEmpty();
        assertThat(decided.variable(3).kind()).isEqualTo(VariableKind.INTEGER);
    }

    /** A model that constraints decide has no bits: samplers are not asked. */
    @Test
    void nothingIsLeftToSample() {
        Variable x = binary("x");
        PenaltyForm form =
                PenaltyForm.of(
                        ConstrainedModel.builder()
                                .minimize(x)
                                .subjectTo("on", x.equalTo(1))
                                .build());
        assertThat(form.model().size()).isZero();
        ConstrainedSampleSet found = form.sample(new Exhaustive(), SamplingOptions.reads(3));
        assertThat(found.best().value("x")).isEqualTo(1);
        assertThat(found.best().energy()).isEqualTo(1);
    }

    /** Steps are counted over the range that a real was given. */
    @Test
    void realsOnlyGetBoundsThatTheyHadNot() {
        Variable t = real("t", 0, 10);
        Variable u = real("u", Double.NEGATIVE_INFINITY, 8);
        ConstrainedModel tightened =
                ConstrainedModel.builder()
                        .subjectTo("t", t.atMost(7))
                        .subjectTo("u", u.plus(t).atLeast(1))
                        .build()
                        .tightened();
        assertThat(tightened.variable(0)).isEqualTo(t);
        assertThat(tightened.variable(1)).isEqualTo(real("u", -6, 8));
        // It does not follow from the bounds that t has.
        assertThat(tightened.constraints()).hasSize(2);
    }

    @Test
    void contradictionsAreNamed() {
        Variable n = integer("n", 0, LARGEST);
        Variable m = integer("m", 0, LARGEST);
        assertThatThrownBy(
                        () ->
                                ConstrainedModel.builder()
                                        .subjectTo("few", n.atMost(3))
                                        .subjectTo("many", n.plus(m).atLeast(9))
                                        .subjectTo("small", m.atMost(5))
                                        .build()
                                        .tightened())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "no assignment fulfils constraint small: its left side is from 6.0 to 9.007199254740991E15, and should be <= 5.0, where m >= 6.0 by constraint many");
        assertThatThrownBy(
                        () ->
                                ConstrainedModel.builder()
                                        .subjectTo("few", n.times(2).atMost(7))
                                        .subjectTo("odd", n.times(3).equalTo(8))
                                        .build()
                                        .tightened())
                .hasMessageStartingWith(
                        "no assignment fulfils constraint odd: it needs a value of n from 2.666")
                .hasMessageEndingWith(", and n <= 3.0 by constraint few");
    }

    /** x &lt; y and y &lt; x raise each other's bounds without end; the rounds have one. */
    @Test
    void slowContradictionsAreGivenUp() {
        Variable n = integer("n", 0, LARGEST);
        Variable m = integer("m", 0, LARGEST);
        ConstrainedModel tightened =
                ConstrainedModel.builder()
                        .subjectTo("a", n.plus(1).atMost(m))
                        .subjectTo("b", m.plus(1).atMost(n))
                        .build()
                        .tightened();
        assertThat(tightened.variable(0).lower()).isBetween(50.0, 200.0);
    }
}
