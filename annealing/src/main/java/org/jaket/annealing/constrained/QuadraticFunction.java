package org.jaket.annealing.constrained;

import org.jaket.annealing.BinaryQuadraticModel.Interactions;

import java.util.Arrays;

/**
 * A quadratic function of numbered variables: {@code offset + sum of linear[k] x[variables[k]] +
 * sum of weight[k] x[first[k]] x[second[k]]}, kept as flat arrays of the terms that there are.
 * Immutable. Terms stand in ascending order, each once; a coefficient may be 0 where a file or a
 * user named it.
 */
public final class QuadraticFunction {
    /** Zero. */
    public static final QuadraticFunction ZERO = constant(0);

    private final double offset;
    private final int[] variables;
    private final double[] linear;

    /** Both variables of a product, the smaller number in the upper half. */
    private final long[] pairs;

    private final double[] weights;

    private QuadraticFunction(
            double offset, int[] variables, double[] linear, long[] pairs, double[] weights) {
        this.offset = offset;
        this.variables = variables;
        this.linear = linear;
        this.pairs = pairs;
        this.weights = weights;
    }

    /** A number. */
    public static QuadraticFunction constant(double offset) {
        return of(offset, new int[0], new double[0], new int[0], new int[0], new double[0]);
    }

    /** A linear function; see {@link #of}. */
    public static QuadraticFunction linear(double offset, int[] variables, double[] linear) {
        return of(offset, variables, linear, new int[0], new int[0], new double[0]);
    }

    /**
     * The function with these terms, in any order; like ones add up. Takes time n log n in the
     * number of terms.
     *
     * @param variables numbers of the variables with linear terms
     * @param linear their coefficients
     * @param first the first variables of the products
     * @param second the second variables; equal to the first for a square
     * @param weights the coefficients of the products
     * @throws IllegalArgumentException if a number is negative, a coefficient is not finite, or
     *     arrays that belong together differ in length
     */
    public static QuadraticFunction of(
            double offset,
            int[] variables,
            double[] linear,
            int[] first,
            int[] second,
            double[] weights) {
        if (variables.length != linear.length) {
            throw new IllegalArgumentException(
                    "%d coefficients for %d variables".formatted(linear.length, variables.length));
        }
        if (first.length != second.length || first.length != weights.length) {
            throw new IllegalArgumentException(
                    "%d coefficients for products of %d first and %d second variables"
                            .formatted(weights.length, first.length, second.length));
        }
        if (!Double.isFinite(offset)) {
            throw new IllegalArgumentException("the constant must be finite, not " + offset);
        }
        int[] singles = distinct(variables);
        double[] coefficients = new double[singles.length];
        for (int k = 0; k < variables.length; k++) {
            int at = Arrays.binarySearch(singles, variables[k]);
            coefficients[at] += linear[k];
            if (variables[k] < 0 || !Double.isFinite(coefficients[at])) {
                throw bad("variable " + variables[k], linear[k], coefficients[at]);
            }
        }
        long[] keys = new long[first.length];
        for (int k = 0; k < keys.length; k++) {
            int low = Math.min(first[k], second[k]);
            keys[k] = (long) low << 32 | Math.max(first[k], second[k]);
            if (low < 0) {
                throw bad("variable " + low, weights[k], weights[k]);
            }
        }
        long[] pairs = distinct(keys);
        double[] products = new double[pairs.length];
        for (int k = 0; k < keys.length; k++) {
            int at = Arrays.binarySearch(pairs, keys[k]);
            products[at] += weights[k];
            if (!Double.isFinite(products[at])) {
                throw bad(
                        "the product of variables %d and %d".formatted(first[k], second[k]),
                        weights[k],
                        products[at]);
            }
        }
        return new QuadraticFunction(offset, singles, coefficients, pairs, products);
    }

    private static IllegalArgumentException bad(String what, double more, double sum) {
        return new IllegalArgumentException(
                Double.isFinite(sum)
                        ? what + " does not exist: variables are numbered from 0"
                        : "the coefficient of %s must be finite, not %s"
                                .formatted(what, Double.isFinite(more) ? sum : more));
    }

    private static int[] distinct(int[] of) {
        int[] sorted = of.clone();
        Arrays.sort(sorted);
        int to = 0;
        for (int value : sorted) {
            if (to == 0 || sorted[to - 1] != value) {
                sorted[to++] = value;
            }
        }
        return Arrays.copyOf(sorted, to);
    }

    private static long[] distinct(long[] of) {
        long[] sorted = of.clone();
        Arrays.sort(sorted);
        int to = 0;
        for (long value : sorted) {
            if (to == 0 || sorted[to - 1] != value) {
                sorted[to++] = value;
            }
        }
        return Arrays.copyOf(sorted, to);
    }

    /** What does not depend on the variables. */
    public double offset() {
        return offset;
    }

    /** How many variables have linear terms. */
    public int linearTerms() {
        return linear.length;
    }

    /** The number of the variable of a linear term. */
    public int variable(int term) {
        return variables[term];
    }

    /** The coefficient of a linear term. */
    public double coefficient(int term) {
        return linear[term];
    }

    /** How many products there are, squares among them. */
    public int quadraticTerms() {
        return weights.length;
    }

    /** The number of a product's first variable, at most that of the second. */
    public int first(int term) {
        return (int) (pairs[term] >>> 32);
    }

    /** The number of a product's second variable. */
    public int second(int term) {
        return (int) pairs[term];
    }

    /** The coefficient of a product. */
    public double weight(int term) {
        return weights[term];
    }

    /** Whether there are no products. */
    public boolean isLinear() {
        return weights.length == 0;
    }

    /** Whether no variable has a coefficient other than 0. */
    public boolean isConstant() {
        return Arrays.stream(linear).allMatch(c -> c == 0)
                && Arrays.stream(weights).allMatch(c -> c == 0);
    }

    /** The largest number of a variable, -1 without any. */
    public int largestVariable() {
        int largest = variables.length == 0 ? -1 : variables[variables.length - 1];
        for (long pair : pairs) {
            largest = Math.max(largest, (int) pair);
        }
        return largest;
    }

    /** Tells every product once. */
    public void forEachProduct(Interactions consumer) {
        for (int term = 0; term < weights.length; term++) {
            consumer.accept(first(term), second(term), weights[term]);
        }
    }

    /** The value where variable k has the value {@code values[k]}. */
    public double value(double[] values) {
        double sum = offset;
        for (int term = 0; term < linear.length; term++) {
            sum += linear[term] * values[variables[term]];
        }
        for (int term = 0; term < weights.length; term++) {
            sum += weights[term] * values[first(term)] * values[second(term)];
        }
        return sum;
    }

    /** This function times a number. */
    public QuadraticFunction times(double factor) {
        QuadraticFunction scaled =
                new QuadraticFunction(
                        offset * factor,
                        variables,
                        Arrays.stream(linear).map(c -> c * factor).toArray(),
                        pairs,
                        Arrays.stream(weights).map(c -> c * factor).toArray());
        if (!Double.isFinite(scaled.offset)
                || !Arrays.stream(scaled.linear).allMatch(Double::isFinite)
                || !Arrays.stream(scaled.weights).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "times %s a coefficient is no finite number".formatted(factor));
        }
        return scaled;
    }

    /** Without its constant. */
    QuadraticFunction withoutOffset() {
        return new QuadraticFunction(0, variables, linear, pairs, weights);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QuadraticFunction f
                && offset == f.offset
                && Arrays.equals(variables, f.variables)
                && Arrays.equals(linear, f.linear)
                && Arrays.equals(pairs, f.pairs)
                && Arrays.equals(weights, f.weights);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(linear) + Arrays.hashCode(weights);
    }

    /** The size, such as {@code 3 linear and 2 quadratic terms}. */
    @Override
    public String toString() {
        return "%d linear and %d quadratic terms, constant %s"
                .formatted(linear.length, weights.length, offset);
    }
}
