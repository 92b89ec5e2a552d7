package org.jaket.annealing.polynomial;

import java.util.List;

/**
 * A number times variables.
 *
 * @param coefficient the number
 * @param variables the factors, none for a constant; the square of a variable names it twice
 */
public record Term(double coefficient, List<Variable> variables) {
    /** Keeps the factors. */
    public Term {
        variables = List.copyOf(variables);
    }

    /** How many factors there are. */
    public int degree() {
        return variables.size();
    }
}
