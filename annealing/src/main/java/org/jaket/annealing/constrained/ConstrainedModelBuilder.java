package org.jaket.annealing.constrained;

import org.jaket.annealing.polynomial.Comparison;
import org.jaket.annealing.polynomial.Expression;
import org.jaket.annealing.polynomial.Sense;
import org.jaket.annealing.polynomial.Variable;
import org.jaket.annealing.polynomial.VariableKind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gathers a {@link ConstrainedModel}, from formulas or from numbers and arrays. Not thread-safe.
 *
 * <p>A variable is added when a formula has it with a coefficient other than 0, or by {@link
 * #variable}. Squares of binary variables and spins are replaced when the model is built, so kinds
 * and bounds may be set last ({@link #redefine}), as files do.
 */
public final class ConstrainedModelBuilder {
    private final List<Variable> variables = new ArrayList<>();
    private final Map<Object, Integer> numbers = new HashMap<>();
    private QuadraticFunction objective = QuadraticFunction.ZERO;
    private final List<Constraint> constraints = new ArrayList<>();
    private final Set<Object> labels = new HashSet<>();

    ConstrainedModelBuilder() {}

    // ---- variables ------------------------------------------------------------------------

    /**
     * The number of a variable, which is added if its label is new.
     *
     * @throws IllegalArgumentException if there is one with the label and another kind or bounds
     */
    public int variable(Variable variable) {
        Integer known = numbers.putIfAbsent(variable.label(), variables.size());
        if (known == null) {
            variables.add(variable);
            return variables.size() - 1;
        }
        Variable before = variables.get(known);
        if (!before.equals(variable)) {
            throw new IllegalArgumentException(
                    "the model has a variable %s already, %s from %s to %s, not %s from %s to %s"
                            .formatted(
                                    variable.label(),
                                    before.kind(),
                                    before.lower(),
                                    before.upper(),
                                    variable.kind(),
                                    variable.lower(),
                                    variable.upper()));
        }
        return known;
    }

    /** The number of the variable with a label, or -1 if there is none. */
    public int indexOf(Object label) {
        return numbers.getOrDefault(label, -1);
    }

    /** How many variables there are so far. */
    public int size() {
        return variables.size();
    }

    /**
     * Changes the kind and the bounds of a variable; files tell them after they name it.
     *
     * @throws IllegalArgumentException if there is no variable with the number, or the bounds are
     *     none
     */
    public ConstrainedModelBuilder redefine(
            int number, VariableKind kind, double lower, double upper) {
        if (number < 0 || number >= variables.size()) {
            throw new IllegalArgumentException(
                    "no variable %d: there are %d".formatted(number, variables.size()));
        }
        variables.set(number, new Variable(variables.get(number).label(), kind, lower, upper));
        return this;
    }

    // ---- objective ------------------------------------------------------------------------

    /**
     * Sets what is minimised, in place of what was set before.
     *
     * @throws IllegalArgumentException if the formula has more than two factors in a term
     */
    public ConstrainedModelBuilder minimize(Expression formula) {
        return minimize(numbered(formula, "the objective"));
    }

    /** Sets what is maximised: minimises the formula with the other sign. */
    public ConstrainedModelBuilder maximize(Expression formula) {
        return minimize(formula.negated());
    }

    /** Sets what is minimised, a function of variable numbers. */
    public ConstrainedModelBuilder minimize(QuadraticFunction function) {
        objective = function;
        return this;
    }

    // ---- constraints ----------------------------------------------------------------------

    /** Adds a constraint that must hold, called c0, c1, ... by its place among the constraints. */
    public ConstrainedModelBuilder subjectTo(Comparison comparison) {
        int number = constraints.size();
        while (labels.contains("c" + number)) {
            number++;
        }
        return subjectTo("c" + number, comparison);
    }

    /**
     * Adds a constraint that must hold.
     *
     * @throws IllegalArgumentException if the label is taken or the formula is not quadratic
     */
    public ConstrainedModelBuilder subjectTo(Object label, Comparison comparison) {
        return add(label, comparison, Strictness.HARD);
    }

    /** Adds a constraint that costs something when it is broken. */
    public ConstrainedModelBuilder soft(
            Object label, Comparison comparison, double weight, Strictness.Growth growth) {
        return add(label, comparison, new Strictness.Soft(weight, growth));
    }

    /** Adds the demand that exactly one of some binary variables is 1. */
    public ConstrainedModelBuilder oneHot(Object label, Iterable<Variable> choices) {
        QuadraticFunction sum = numbered(Expression.sum(choices), "constraint " + label);
        return add(new Constraint(label, sum, Sense.EQUAL, 1, Strictness.HARD, true));
    }

    private ConstrainedModelBuilder add(
            Object label, Comparison comparison, Strictness strictness) {
        QuadraticFunction left = numbered(comparison.left(), "constraint " + label);
        return add(
                new Constraint(
                        label,
                        left.withoutOffset(),
                        comparison.sense(),
                        comparison.right() - left.offset(),
                        strictness,
                        false));
    }

    /**
     * Adds a constraint on variable numbers.
     *
     * @throws IllegalArgumentException if there is one with the label
     */
    public ConstrainedModelBuilder add(Constraint constraint) {
        if (!labels.add(constraint.label())) {
            throw new IllegalArgumentException(
                    "two constraints are called %s".formatted(constraint.label()));
        }
        constraints.add(constraint);
        return this;
    }

    private QuadraticFunction numbered(Expression formula, String where) {
        QuadraticTerms terms = new QuadraticTerms();
        formula.forEachTerm(
                (factors, coefficient) -> {
                    switch (factors.size()) {
                        case 0 -> terms.add(coefficient);
                        case 1 -> terms.add(variable(factors.get(0)), coefficient);
                        case 2 ->
                                terms.add(
                                        variable(factors.get(0)),
                                        variable(factors.get(1)),
                                        coefficient);
                        default ->
                                throw new IllegalArgumentException(
                                        "%s has the term %s of degree %d: a constrained model is at most quadratic. Polynomial reduces higher degrees where all variables are binary or spins"
                                                .formatted(where, factors, factors.size()));
                    }
                });
        return terms.function();
    }

    // ---- the model ------------------------------------------------------------------------

    /**
     * The model; the builder may go on.
     *
     * @throws IllegalArgumentException if a function names a variable that does not exist, a hard
     *     constraint without variables never holds (such as 0 &lt;= -1), or a one-hot mark stands
     *     on what is not the sum of different binary variables = 1
     */
    public ConstrainedModel build() {
        QuadraticFunction reducedObjective = reduced(objective, "the objective");
        List<Constraint> checked = new ArrayList<>(constraints.size());
        for (Constraint c : constraints) {
            QuadraticFunction left = reduced(c.left(), "constraint " + c.label());
            if (c.isHard() && left.isConstant()) {
                double violation = c.sense().violation(left.offset(), c.right());
                if (violation > ConstrainedModel.TOLERANCE * Math.max(1, Math.abs(c.right()))) {
                    throw new IllegalArgumentException(
                            "constraint %s says %s %s %s, which no assignment fulfils"
                                    .formatted(c.label(), left.offset(), c.sense(), c.right()));
                }
            }
            if (c.oneHot()) {
                checkOneHot(c);
            }
            checked.add(
                    new Constraint(
                            c.label(), left, c.sense(), c.right(), c.strictness(), c.oneHot()));
        }
        return new ConstrainedModel(variables, reducedObjective, checked);
    }

    private void checkOneHot(Constraint c) {
        QuadraticFunction f = c.left();
        boolean oneHot = f.isLinear() && c.sense() == Sense.EQUAL && c.right() - f.offset() == 1;
        for (int k = 0; k < f.linearTerms() && oneHot; k++) {
            oneHot =
                    f.coefficient(k) == 1
                            && variables.get(f.variable(k)).kind() == VariableKind.BINARY;
        }
        if (!oneHot) {
            throw new IllegalArgumentException(
                    "constraint %s is marked one-hot, but is not of the form: the sum of different binary variables = 1"
                            .formatted(c.label()));
        }
    }

    /** The same function, without squares of variables with two values. */
    private QuadraticFunction reduced(QuadraticFunction f, String where) {
        if (f.largestVariable() >= variables.size()) {
            throw new IllegalArgumentException(
                    "%s names variable %d, but there are only %d: add it first"
                            .formatted(where, f.largestVariable(), variables.size()));
        }
        boolean plain = true;
        for (int t = 0; t < f.quadraticTerms() && plain; t++) {
            plain = f.first(t) != f.second(t) || !variables.get(f.first(t)).kind().isTwoValued();
        }
        if (plain) {
            return f;
        }
        QuadraticTerms terms = new QuadraticTerms();
        terms.add(f.offset());
        for (int t = 0; t < f.linearTerms(); t++) {
            terms.add(f.variable(t), f.coefficient(t));
        }
        f.forEachProduct(
                (i, j, weight) -> {
                    switch (i == j ? variables.get(i).kind() : VariableKind.REAL) {
                        case BINARY -> terms.add(i, weight);
                        case SPIN -> terms.add(weight);
                        case INTEGER, REAL -> terms.add(i, j, weight);
                    }
                });
        return terms.function();
    }
}
