package org.jaket.annealing.polynomial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjDoubleConsumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collector;

/**
 * A formula: a polynomial of any degree in variables.
 *
 * <pre>{@code
 * Variable x = binary("x"), y = binary("y"), n = integer("n", 0, 10);
 * Expression cost = x.times(y).plus(n.times(3)).minus(1);
 * Comparison limit = sum(x, y, n).atMost(8);
 * }</pre>
 *
 * <p>Immutable. Every operation takes constant time and remembers what was asked; the formula is
 * multiplied out when its terms are read. So a sum that grows term by term in a loop costs time in
 * proportion to its terms. When terms are read, like ones add up, {@code x x} is {@code x} for
 * binary variables and {@code s s} is 1 for spins. Composed formulas are equal only to themselves:
 * compare their {@link #terms()}.
 */
public sealed interface Expression permits Variable, Composite {
    /**
     * A number.
     *
     * @throws IllegalArgumentException if it is not finite
     */
    static Expression constant(double value) {
        return new Composite.Constant(value);
    }

    /** The sum of formulas, 0 without any. */
    static Expression sum(Expression... parts) {
        return new Composite.Sum(parts.clone());
    }

    /** The sum of formulas, 0 without any. */
    static Expression sum(Iterable<? extends Expression> parts) {
        List<Expression> list = new ArrayList<>();
        parts.forEach(list::add);
        return new Composite.Sum(list.toArray(Expression[]::new));
    }

    /** Sums a stream of formulas. */
    static Collector<Expression, ?, Expression> summing() {
        return Collector.of(
                ArrayList<Expression>::new,
                List::add,
                (a, b) -> {
                    a.addAll(b);
                    return a;
                },
                Expression::sum);
    }

    /**
     * The sum of numbers times formulas.
     *
     * @throws IllegalArgumentException if there are not as many numbers as formulas
     */
    static Expression weightedSum(double[] weights, List<? extends Expression> parts) {
        if (weights.length != parts.size()) {
            throw new IllegalArgumentException(
                    "%d weights for %d formulas".formatted(weights.length, parts.size()));
        }
        Expression[] scaled = new Expression[weights.length];
        Arrays.setAll(scaled, k -> parts.get(k).times(weights[k]));
        return new Composite.Sum(scaled);
    }

    /** The product of formulas, 1 without any. */
    static Expression product(Iterable<? extends Expression> factors) {
        Expression product = constant(1);
        for (Expression factor : factors) {
            product = product.times(factor);
        }
        return product;
    }

    /** The sum of both. */
    default Expression plus(Expression other) {
        return new Composite.Sum(new Expression[] {this, other});
    }

    /** The sum with a number. */
    default Expression plus(double number) {
        return plus(constant(number));
    }

    /** The difference of both. */
    default Expression minus(Expression other) {
        return plus(other.negated());
    }

    /** The difference with a number. */
    default Expression minus(double number) {
        return plus(-number);
    }

    /** The product of both. */
    default Expression times(Expression other) {
        return new Composite.Product(this, other);
    }

    /** The product with a number. */
    default Expression times(double number) {
        return new Composite.Scaled(number, this);
    }

    /** This formula with the other sign. */
    default Expression negated() {
        return times(-1);
    }

    /** This formula times itself. */
    default Expression squared() {
        return times(this);
    }

    /**
     * A power.
     *
     * @throws IllegalArgumentException if the exponent is negative
     */
    default Expression power(int exponent) {
        if (exponent < 0) {
            throw new IllegalArgumentException(
                    "a polynomial has no negative powers such as " + exponent);
        }
        Expression power = exponent == 0 ? constant(1) : this;
        for (int k = 1; k < exponent; k++) {
            power = power.times(this);
        }
        return power;
    }

    /** The demand that this is at most a number. */
    default Comparison atMost(double number) {
        return new Comparison(this, Sense.AT_MOST, number);
    }

    /** The demand that this is at most another formula. */
    default Comparison atMost(Expression other) {
        return minus(other).atMost(0);
    }

    /** The demand that this is at least a number. */
    default Comparison atLeast(double number) {
        return new Comparison(this, Sense.AT_LEAST, number);
    }

    /** The demand that this is at least another formula. */
    default Comparison atLeast(Expression other) {
        return minus(other).atLeast(0);
    }

    /** The demand that this equals a number. */
    default Comparison equalTo(double number) {
        return new Comparison(this, Sense.EQUAL, number);
    }

    /** The demand that this equals another formula. */
    default Comparison equalTo(Expression other) {
        return minus(other).equalTo(0);
    }

    /**
     * The formula multiplied out: different products of variables with coefficients other than 0,
     * in the order in which they appear first. Takes time and memory in proportion to the products
     * that multiplying out gives.
     *
     * @throws IllegalArgumentException if one label stands for different variables, or a
     *     coefficient grows beyond all numbers
     */
    default List<Term> terms() {
        List<Term> terms = new ArrayList<>();
        forEachTerm((variables, coefficient) -> terms.add(new Term(coefficient, variables)));
        return List.copyOf(terms);
    }

    /** Tells the {@link #terms()} one by one, the list of factors with the coefficient. */
    default void forEachTerm(ObjDoubleConsumer<List<Variable>> consumer) {
        Expansion.of(this).forEach(consumer);
    }

    /** The most factors that a term has, 0 for a constant. */
    default int degree() {
        int[] degree = {0};
        forEachTerm((factors, coefficient) -> degree[0] = Math.max(degree[0], factors.size()));
        return degree[0];
    }

    /** The different variables, in the order in which they appear first. */
    default List<Variable> variables() {
        return Expansion.of(this).variables();
    }

    /** The value of the formula where each variable has a value. */
    default double value(ToDoubleFunction<Variable> values) {
        double[] sum = {0};
        forEachTerm(
                (factors, coefficient) -> {
                    double term = coefficient;
                    for (Variable factor : factors) {
                        term *= values.applyAsDouble(factor);
                    }
                    sum[0] += term;
                });
        return sum[0];
    }
}
