package org.jaket.annealing.file;

import org.jaket.annealing.constrained.QuadraticFunction;

import java.util.Arrays;

/**
 * Gathers a quadratic function from a file in arrays that grow with what is there. Linear
 * coefficients of 0 are dropped: formats have them where they only name a variable.
 */
final class FunctionTerms {
    private double offset;
    private int[] variables = new int[8];
    private double[] linear = new double[8];
    private int singles;
    private int[] first = new int[8];
    private int[] second = new int[8];
    private double[] weights = new double[8];
    private int products;

    void add(double more) {
        offset += more;
    }

    void add(int variable, double coefficient) {
        if (coefficient == 0) {
            return;
        }
        if (singles == variables.length) {
            int longer = longer(singles);
            variables = Arrays.copyOf(variables, longer);
            linear = Arrays.copyOf(linear, longer);
        }
        variables[singles] = variable;
        linear[singles++] = coefficient;
    }

    void add(int i, int j, double weight) {
        if (products == first.length) {
            int longer = longer(products);
            first = Arrays.copyOf(first, longer);
            second = Arrays.copyOf(second, longer);
            weights = Arrays.copyOf(weights, longer);
        }
        first[products] = i;
        second[products] = j;
        weights[products++] = weight;
    }

    private static int longer(int size) {
        int longer = (int) Math.min(Integer.MAX_VALUE - 8, 2L * size);
        if (longer == size) {
            throw new IllegalArgumentException("more than %d terms".formatted(size));
        }
        return longer;
    }

    /** The function; like terms add up. */
    QuadraticFunction function() {
        return QuadraticFunction.of(
                offset,
                Arrays.copyOf(variables, singles),
                Arrays.copyOf(linear, singles),
                Arrays.copyOf(first, products),
                Arrays.copyOf(second, products),
                Arrays.copyOf(weights, products));
    }

    /** A function without its constant. */
    static QuadraticFunction withoutOffset(QuadraticFunction f) {
        FunctionTerms terms = new FunctionTerms();
        for (int t = 0; t < f.linearTerms(); t++) {
            terms.add(f.variable(t), f.coefficient(t));
        }
        f.forEachProduct(terms::add);
        return terms.function();
    }

    /** A function whose variable k is called {@code numbers[k]} now. */
    static QuadraticFunction renumbered(QuadraticFunction f, int[] numbers) {
        FunctionTerms terms = new FunctionTerms();
        terms.add(f.offset());
        for (int t = 0; t < f.linearTerms(); t++) {
            terms.add(numbers[f.variable(t)], f.coefficient(t));
        }
        f.forEachProduct((i, j, weight) -> terms.add(numbers[i], numbers[j], weight));
        return terms.function();
    }
}
