package org.jaket.annealing.file;

import org.jaket.annealing.constrained.QuadraticFunction;
import org.jaket.annealing.constrained.QuadraticTerms;

/**
 * Gathers a quadratic function from a file. Linear coefficients of 0 are dropped: formats have them
 * where they only name a variable.
 */
final class FunctionTerms {
    private final QuadraticTerms terms = new QuadraticTerms();

    void add(double more) {
        terms.add(more);
    }

    void add(int variable, double coefficient) {
        if (coefficient != 0) {
            terms.add(variable, coefficient);
        }
    }

    void add(int i, int j, double weight) {
        terms.add(i, j, weight);
    }

    /** Adds all terms of a function, times a factor. */
    void add(QuadraticFunction f, double factor) {
        add(factor * f.offset());
        for (int t = 0; t < f.linearTerms(); t++) {
            add(f.variable(t), factor * f.coefficient(t));
        }
        f.forEachProduct((i, j, weight) -> add(i, j, factor * weight));
    }

    /** The function; like terms add up. */
    QuadraticFunction function() {
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
