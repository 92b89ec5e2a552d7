package org.jaket.annealing.problem;

import org.jaket.annealing.BinaryQuadraticModel;

import java.util.Arrays;

/** Squares of linear expressions of binary variables, which penalties are made of. */
final class Squares {
    private int[] variable = new int[16];
    private double[] coefficient = new double[16];
    private int size;

    Squares add(int newVariable, double newCoefficient) {
        if (size == variable.length) {
            variable = Arrays.copyOf(variable, 2 * size);
            coefficient = Arrays.copyOf(coefficient, 2 * size);
        }
        variable[size] = newVariable;
        coefficient[size++] = newCoefficient;
        return this;
    }

    /** Adds {@code factor (sum + constant)^2} to a model, and forgets the sum. */
    void addTo(BinaryQuadraticModel.Builder builder, double constant, double factor) {
        builder.addOffset(factor * constant * constant);
        for (int i = 0; i < size; i++) {
            // x^2 is x.
            builder.addLinear(
                    variable[i], factor * coefficient[i] * (coefficient[i] + 2 * constant));
            for (int j = 0; j < i; j++) {
                builder.addQuadratic(
                        variable[i], variable[j], 2 * factor * coefficient[i] * coefficient[j]);
            }
        }
        size = 0;
    }

    /**
     * The coefficients of binary variables whose sums are the integers from 0 to a bound and
     * nothing else: powers of two, and what is left.
     */
    static long[] bounded(long bound) {
        long[] coefficients = new long[64 - Long.numberOfLeadingZeros(bound)];
        long left = bound;
        for (int k = 0; k < coefficients.length; k++) {
            coefficients[k] = Math.min(1L << k, left);
            left -= coefficients[k];
        }
        return coefficients;
    }

    /** Writes an integer in such coefficients, from a place of a state. */
    static void write(long value, long[] coefficients, byte[] state, int from) {
        long left = value;
        for (int k = coefficients.length - 1; k >= 0; k--) {
            if (coefficients[k] <= left) {
                state[from + k] = 1;
                left -= coefficients[k];
            }
        }
    }

    /** Refuses models that no machine holds, before they are begun. */
    static void limit(long interactions, String what) {
        if (interactions > MAX_INTERACTIONS) {
            throw new IllegalArgumentException(
                    "%s has some %d interactions, more than the %d that a model may have here"
                            .formatted(what, interactions, MAX_INTERACTIONS));
        }
    }

    private static final long MAX_INTERACTIONS = 1L << 28;
}
