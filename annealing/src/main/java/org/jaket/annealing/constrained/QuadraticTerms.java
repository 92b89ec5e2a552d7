package org.jaket.annealing.constrained;

import java.util.Arrays;

/**
 * Gathers the terms of a quadratic function of numbered variables, in arrays that grow with them.
 * Not thread-safe.
 */
public final class QuadraticTerms {
    private double offset;
    private int[] variables = new int[8];
    private double[] linear = new double[8];
    private int singles;
    private int[] first = new int[8];
    private int[] second = new int[8];
    private double[] weights = new double[8];
    private int products;

    /** Gathers from nothing on. */
    public QuadraticTerms() {}

    /** Adds a constant. */
    public void add(double more) {
        offset += more;
    }

    /** Adds a multiple of a variable. */
    public void add(int variable, double coefficient) {
        if (singles == variables.length) {
            int longer = longer(singles);
            variables = Arrays.copyOf(variables, longer);
            linear = Arrays.copyOf(linear, longer);
        }
        variables[singles] = variable;
        linear[singles++] = coefficient;
    }

    /** Adds a multiple of a product. */
    public void add(int i, int j, double weight) {
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

    /**
     * The function; like terms add up.
     *
     * @throws IllegalArgumentException if a coefficient is not a finite number
     */
    public QuadraticFunction function() {
        return QuadraticFunction.of(
                offset,
                Arrays.copyOf(variables, singles),
                Arrays.copyOf(linear, singles),
                Arrays.copyOf(first, products),
                Arrays.copyOf(second, products),
                Arrays.copyOf(weights, products));
    }
}
