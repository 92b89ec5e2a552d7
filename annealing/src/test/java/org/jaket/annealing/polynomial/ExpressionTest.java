package org.jaket.annealing.polynomial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.jaket.annealing.polynomial.Expression.constant;
import static org.jaket.annealing.polynomial.Expression.product;
import static org.jaket.annealing.polynomial.Expression.sum;
import static org.jaket.annealing.polynomial.Expression.weightedSum;
import static org.jaket.annealing.polynomial.Variable.binaries;
import static org.jaket.annealing.polynomial.Variable.binary;
import static org.jaket.annealing.polynomial.Variable.integer;
import static org.jaket.annealing.polynomial.Variable.real;
import static org.jaket.annealing.polynomial.Variable.spin;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

class ExpressionTest {
    private final Variable x = binary("x");
    private final Variable y = binary("y");
    private final Variable z = binary("z");
    private final Variable s = spin("s");
    private final Variable n = integer("n", 0, 10);

    @Test
    void formulasReadLikeOnPaper() {
        assertThat(x.times(y).plus(z.times(3)).minus(1)).hasToString("x*y + 3*z - 1");
        assertThat(sum(x, y, z).atMost(2)).hasToString("x + y + z <= 2.0");
        assertThat(n.times(2).atLeast(x.plus(0.5))).hasToString("2*n - x - 0.5 >= 0.0");
        assertThat(x.minus(x)).hasToString("0");
        assertThat(x.negated().plus(constant(2))).hasToString("-x + 2");
        assertThat(sum(binaries("b", 30))).asString().endsWith("b[19] + ... (30 terms)");
    }

    @Test
    void squaresFollowTheKindOfTheVariable() {
        assertThat(x.squared().terms()).containsExactly(new Term(1, List.of(x)));
        assertThat(s.squared().terms()).containsExactly(new Term(1, List.of()));
        assertThat(s.power(5).terms()).containsExactly(new Term(1, List.of(s)));
        assertThat(n.power(3).terms()).containsExactly(new Term(1, List.of(n, n, n)));
        assertThat(n.power(0).terms()).containsExactly(new Term(1, List.of()));
    }

    @Test
    void likeTermsAddUpAndThoseThatCancelAreGone() {
        Expression e = x.times(y).plus(y.times(x)).plus(z).minus(z);
        assertThat(e.terms()).containsExactly(new Term(2, List.of(x, y)));
        assertThat(e.degree()).isEqualTo(2);
        assertThat(e.variables()).containsExactly(x, y, z);
    }

    /** (x + y + z - 1)^2 over binary variables: x + 2xy and so on, minus 2x and so on, plus 1. */
    @Test
    void squaredSumsAreMultipliedOut() {
        assertThat(sum(x, y, z).minus(1).squared())
                .hasToString("-x + 2*x*y + 2*x*z - y + 2*y*z - z + 1");
    }

    /** Random formula trees against arithmetic on numbers, done in the order of the tree. */
    @Property(tries = 300)
    void valuesAreThoseOfTheArithmetic(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 14) int steps) {
        Random random = new Random(seed);
        List<Variable> variables =
                List.of(x, y, s, spin("t"), n, integer("m", -3, 3), real("r", -1, 1));
        Map<Variable, Double> values = new HashMap<>();
        variables.forEach(v -> values.put(v, randomValue(v, random)));
        List<Expression> formulas = new ArrayList<>(variables);
        List<Double> numbers = new ArrayList<>(variables.stream().map(values::get).toList());
        for (int k = 0; k < steps; k++) {
            int a = random.nextInt(formulas.size());
            int b = random.nextInt(formulas.size());
            Expression e = formulas.get(a);
            Expression f = formulas.get(b);
            double u = numbers.get(a);
            double v = numbers.get(b);
            int operation = random.nextInt(7);
            if (e.degree() + f.degree() > 12) {
                operation %= 3;
            }
            formulas.add(
                    switch (operation) {
                        case 0 -> e.plus(f);
                        case 1 -> e.minus(f);
                        case 2 -> e.times(-0.5).plus(3);
                        case 3 -> e.times(f);
                        case 4 -> e.squared();
                        case 5 -> e.minus(f).squared();
                        default -> product(List.of(e, f, x));
                    });
            numbers.add(
                    switch (operation) {
                        case 0 -> u + v;
                        case 1 -> u - v;
                        case 2 -> -0.5 * u + 3;
                        case 3 -> u * v;
                        case 4 -> u * u;
                        case 5 -> (u - v) * (u - v);
                        default -> u * v * values.getOrDefault(x, 0.0);
                    });
        }
        Expression last = formulas.getLast();
        double scale = 1;
        for (Term term : last.terms()) {
            double size = Math.abs(term.coefficient());
            for (Variable factor : term.variables()) {
                size *= Math.max(1, Math.abs(values.getOrDefault(factor, 0.0)));
            }
            scale += size;
        }
        // Terms may cancel: the error is bounded by what is added up, not by the result.
        assertThat(last.value(v -> values.getOrDefault(v, 0.0)))
                .isCloseTo(numbers.getLast(), within(1e-9 * scale));
        assertThat(last.terms()).doesNotHaveDuplicates().noneMatch(t -> t.coefficient() == 0);
    }

    private static double randomValue(Variable v, Random random) {
        return switch (v.kind()) {
            case BINARY -> random.nextInt(2);
            case SPIN -> 2 * random.nextInt(2) - 1;
            case INTEGER -> random.nextInt((int) v.lower(), (int) v.upper() + 1);
            case REAL -> random.nextDouble(v.lower(), v.upper());
        };
    }

    /** 300,000 times plus, one after the other: a tree as deep, and quadratic time would show. */
    @Test
    @Timeout(10)
    void aSumMayGrowTermByTerm() {
        int count = 300_000;
        List<Variable> b = binaries("b", 1000);
        Expression e = constant(0);
        for (int k = 0; k < count; k++) {
            e = e.plus(b.get(k % 1000).times(b.get((k / 1000 + k + 1) % 1000)));
        }
        double[] total = {0};
        e.forEachTerm((factors, coefficient) -> total[0] += coefficient);
        assertThat(total[0]).isEqualTo(count);
    }

    /** Horner's scheme: each step is a sum in a product in a sum. x is 0 or 1, so that x x is x. */
    @Test
    @Timeout(10)
    void formulasMayBeNestedDeeply() {
        Expression e = constant(0);
        for (int k = 0; k < 100_000; k++) {
            e = e.plus(1).times(x);
        }
        assertThat(e).hasToString("100000*x");
        Expression powers = n;
        for (int k = 0; k < 3; k++) {
            powers = powers.plus(1).times(n).times(powers.plus(1));
        }
        assertThat(powers.degree()).isEqualTo(15);
        // 1 -> 4 -> 25 -> 676, where f becomes (f + 1)^2 n.
        assertThat(powers.value(v -> 1)).isEqualTo(676);
    }

    @Test
    void streamsAndWeightsAddUp() {
        assertThat(List.of(x, y).stream().map(v -> v.times(2)).collect(Expression.summing()))
                .hasToString("2*x + 2*y");
        assertThat(weightedSum(new double[] {1.5, -1}, List.of(x, n))).hasToString("1.5*x - n");
        assertThat(sum()).hasToString("0");
        assertThatThrownBy(() -> weightedSum(new double[1], List.of(x, y)))
                .hasMessage("1 weights for 2 formulas");
    }

    @Test
    void oneLabelIsOneVariable() {
        assertThat(x.plus(binary("x"))).hasToString("2*x");
        Expression mixed = x.plus(spin("x"));
        assertThatThrownBy(mixed::terms)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two different labels");
    }

    @Test
    void whatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> x.times(Double.NaN)).hasMessageContaining("finite");
        assertThatThrownBy(() -> x.plus(Double.POSITIVE_INFINITY)).hasMessageContaining("finite");
        assertThatThrownBy(() -> x.atMost(Double.NaN)).hasMessageContaining("finite");
        assertThatThrownBy(() -> x.power(-1)).hasMessageContaining("negative");
        Expression large = x.times(Double.MAX_VALUE);
        assertThatThrownBy(() -> large.plus(large).terms()).hasMessageContaining("beyond");
    }

    @Test
    void boundsWithoutANumberBetweenThemAreRefused() {
        assertThatThrownBy(() -> integer("i", 2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the lower bound 2.0 of i is above its upper bound 1.0");
        assertThatThrownBy(() -> integer("i", 0.2, 0.8)).hasMessageContaining("no whole number");
        assertThatThrownBy(() -> real("r", Double.NaN, 1)).hasMessageContaining("must be numbers");
        assertThatThrownBy(() -> real("r", Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY))
                .hasMessageContaining("no number lies");
        assertThatThrownBy(() -> new Variable("b", VariableKind.BINARY, 0, 0))
                .hasMessageContaining("fix it by a constraint");
    }
}
