package org.jaket.annealing.constrained;

import java.util.Arrays;

/** Gathers the terms of a quadratic function in arrays that grow. */
final class NumberedTerms {
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
        if (singles == variables.length) {
            variables = Arrays.copyOf(variables, 2 * singles);
            linear = Arrays.copyOf(linear, 2 * singles);
        }
        variables[singles] = variable;
        linear[singles++] = coefficient;
    }

    void add(int i, int j, double weight) {
        if (products == first.length) {
            first = Arrays.copyOf(first, 2 * products);
            second = Arrays.copyOf(second, 2 * products);
            weights = Arrays.copyOf(weights, 2 * products);
        }
        first[products] = i;
        second[products] = j;
        weights[products++] = weight;
    }

    QuadraticFunction function() {
        return QuadraticFunction.of(
                offset,
                Arrays.copyOf(variables, singles),
                Arrays.copyOf(linear, singles),
                Arrays.copyOf(first, products),
                Arrays.copyOf(second, products),
                Arrays.copyOf(weights, products));
    }
}
