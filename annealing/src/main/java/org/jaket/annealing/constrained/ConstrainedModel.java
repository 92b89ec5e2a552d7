package org.jaket.annealing.constrained;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Variables;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.polynomial.Sense;
import org.jaket.annealing.polynomial.Variable;
import org.jaket.annealing.polynomial.VariableKind;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A quadratic objective to be minimised, and linear and quadratic constraints, over binary, spin,
 * integer and real variables.
 *
 * <pre>{@code
 * List<Variable> take = binaries("take", 3);
 * ConstrainedModel model =
 *         ConstrainedModel.builder()
 *                 .maximize(weightedSum(new double[] {5, 4, 3}, take))
 *                 .subjectTo("weight", weightedSum(new double[] {4, 3, 2}, take).atMost(6))
 *                 .build();
 * model.check(1, 0, 1).energy(); // -8: what is maximised has the other sign
 * }</pre>
 *
 * <p>Immutable; variables are numbered from 0 in the order in which the builder met them.
 */
public final class ConstrainedModel {
    /** How much a constraint may be broken unless the caller says otherwise. */
    public static final double TOLERANCE = 1e-6;

    private final Variables labels;
    private final List<Variable> variables;
    private final QuadraticFunction objective;
    private final List<Constraint> constraints;
    private final Variables constraintLabels;

    ConstrainedModel(
            List<Variable> variables, QuadraticFunction objective, List<Constraint> constraints) {
        this.variables = List.copyOf(variables);
        this.labels = Variables.of(variables.stream().map(Variable::label).toList());
        this.objective = objective;
        this.constraints = List.copyOf(constraints);
        this.constraintLabels = Variables.of(constraints.stream().map(Constraint::label).toList());
    }

    /** A builder without variables. */
    public static ConstrainedModelBuilder builder() {
        return new ConstrainedModelBuilder();
    }

    /** A binary quadratic model as one without constraints; variables keep numbers and labels. */
    public static ConstrainedModel from(BinaryQuadraticModel model) {
        ConstrainedModelBuilder builder = builder();
        for (Object label : model.variables()) {
            builder.variable(
                    model.vartype() == Vartype.SPIN
                            ? Variable.spin(label)
                            : Variable.binary(label));
        }
        int[] all = new int[model.size()];
        double[] linear = new double[model.size()];
        for (int k = 0; k < all.length; k++) {
            all[k] = k;
            linear[k] = model.linear(k);
        }
        int[] first = new int[model.interactions()];
        int[] second = new int[first.length];
        double[] weights = new double[first.length];
        int[] at = {0};
        model.forEachInteraction(
                (i, j, weight) -> {
                    first[at[0]] = i;
                    second[at[0]] = j;
                    weights[at[0]++] = weight;
                });
        return builder.minimize(
                        QuadraticFunction.of(model.offset(), all, linear, first, second, weights))
                .build();
    }

    /**
     * The objective as a binary quadratic model, of spins if there is no binary variable; variables
     * keep numbers and labels.
     *
     * @throws IllegalArgumentException if there are constraints, or variables that are neither
     *     binary nor spins; {@link PenaltyForm} is for these
     */
    public BinaryQuadraticModel toBinaryQuadraticModel() {
        for (Variable variable : variables) {
            if (!variable.kind().isTwoValued()) {
                throw new IllegalArgumentException(
                        "variable %s is %s: a binary quadratic model needs it encoded in bits, which PenaltyForm does"
                                .formatted(variable, variable.kind()));
            }
        }
        if (!constraints.isEmpty()) {
            throw new IllegalArgumentException(
                    "a binary quadratic model has no constraints such as %s: PenaltyForm turns them into penalties"
                            .formatted(constraints.getFirst().label()));
        }
        return TwoValuedObjective.of(this);
    }

    /** The labels of the variables, by number. */
    public Variables variables() {
        return labels;
    }

    /** How many variables there are. */
    public int size() {
        return variables.size();
    }

    /** A variable with its kind and bounds. */
    public Variable variable(int number) {
        return variables.get(number);
    }

    /** What is minimised. */
    public QuadraticFunction objective() {
        return objective;
    }

    /** The constraints, in the order in which they were added. */
    public List<Constraint> constraints() {
        return constraints;
    }

    /**
     * The constraint with a label.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Constraint constraint(Object label) {
        int number = constraintLabels.indexOf(label);
        if (number < 0) {
            throw new IllegalArgumentException("the model has no constraint " + label);
        }
        return constraints.get(number);
    }

    /**
     * What an assignment is worth; see {@link #check(double[], double)}.
     *
     * @param values a value for each variable, by number
     */
    public ConstrainedSample check(double... values) {
        return check(values, TOLERANCE);
    }

    /**
     * What an assignment is worth, by labels.
     *
     * @throws IllegalArgumentException if a variable has no value, or a label is of no variable
     */
    public ConstrainedSample check(Map<?, ? extends Number> values) {
        double[] all = new double[size()];
        boolean[] given = new boolean[size()];
        values.forEach(
                (label, value) -> {
                    int number = labels.number(label);
                    all[number] = value.doubleValue();
                    given[number] = true;
                });
        for (int k = 0; k < given.length; k++) {
            if (!given[k]) {
                throw new IllegalArgumentException(
                        "variable %s has no value".formatted(labels.get(k)));
            }
        }
        return check(all);
    }

    /**
     * What an assignment is worth. A value that a variable cannot have is no error: it makes the
     * assignment infeasible. Takes time in proportion to the terms of the model.
     *
     * @param values a value for each variable, by number
     * @param tolerance by how much a constraint, a bound or a whole number may be missed, times the
     *     right side or the bound where that is larger than 1
     * @throws IllegalArgumentException if there are not as many values as variables, a value is not
     *     a finite number, or the tolerance is negative
     */
    public ConstrainedSample check(double[] values, double tolerance) {
        if (values.length != size()) {
            throw new IllegalArgumentException(
                    "an assignment has %d values, not %d".formatted(size(), values.length));
        }
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException("the tolerance cannot be " + tolerance);
        }
        List<Violation> broken = new ArrayList<>();
        for (int k = 0; k < values.length; k++) {
            checkValue(variables.get(k), values[k], tolerance, broken);
        }
        double[] violations = new double[constraints.size()];
        double penalty = 0;
        for (int c = 0; c < violations.length; c++) {
            Constraint constraint = constraints.get(c);
            double left = constraint.left().value(values);
            violations[c] = constraint.sense().violation(left, constraint.right());
            if (constraint.strictness() instanceof Strictness.Soft soft) {
                penalty += soft.cost(violations[c]);
            } else if (!(violations[c] <= tolerance * Math.max(1, Math.abs(constraint.right())))) {
                broken.add(
                        new Violation.OfConstraint(
                                constraint.label(),
                                left,
                                constraint.sense(),
                                constraint.right(),
                                violations[c]));
            }
        }
        return new ConstrainedSample(
                labels, values.clone(), objective.value(values), penalty, violations, broken, 1);
    }

    private static void checkValue(
            Variable variable, double value, double tolerance, List<Violation> broken) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "the value of %s must be a finite number, not %s".formatted(variable, value));
        }
        double low = Sense.AT_LEAST.violation(value, variable.lower());
        double high = Sense.AT_MOST.violation(value, variable.upper());
        boolean outside =
                low > tolerance * Math.max(1, Math.abs(variable.lower()))
                        || high > tolerance * Math.max(1, Math.abs(variable.upper()));
        double fraction =
                switch (variable.kind()) {
                    case BINARY, INTEGER -> Math.abs(value - Math.rint(value));
                    case SPIN -> Math.abs(Math.abs(value) - 1);
                    case REAL -> 0;
                };
        if (outside || fraction > tolerance) {
            broken.add(
                    new Violation.OfVariable(
                            variable.label(),
                            value,
                            Math.max(fraction, Math.max(low, high)),
                            demand(variable)));
        }
    }

    private static String demand(Variable variable) {
        return switch (variable.kind()) {
            case BINARY -> "0 or 1";
            case SPIN -> "-1 or 1";
            case INTEGER ->
                    "a whole number from %s to %s".formatted(variable.lower(), variable.upper());
            case REAL -> "from %s to %s".formatted(variable.lower(), variable.upper());
        };
    }

    /**
     * The same model with the bounds that its constraints imply. Variables keep their numbers and
     * labels, and the solutions and their energies are the same.
     *
     * <p>Integers have the closest bounds that show in some 50 rounds through all hard constraints,
     * each taken by itself; reals get a bound where they had none. A binary variable or spin with
     * one possible value becomes an integer with this value alone. Hard constraints that always
     * hold within the bounds are left out, and known values are put into the others. Takes time in
     * proportion to the terms, in each round.
     *
     * @throws IllegalArgumentException if a constraint cannot hold, which is named
     */
    public ConstrainedModel tightened() {
        return BoundTightening.of(this);
    }

    /** A builder that holds this model. */
    public ConstrainedModelBuilder toBuilder() {
        ConstrainedModelBuilder builder = builder();
        variables.forEach(builder::variable);
        builder.minimize(objective);
        constraints.forEach(builder::add);
        return builder;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConstrainedModel m
                && variables.equals(m.variables)
                && objective.equals(m.objective)
                && constraints.equals(m.constraints);
    }

    @Override
    public int hashCode() {
        return 31 * variables.hashCode() + objective.hashCode();
    }

    /** The size, such as {@code 4 variables (3 binary, 1 integer), 2 constraints}. */
    @Override
    public String toString() {
        String kinds =
                Arrays.stream(VariableKind.values())
                        .map(kind -> count(kind) + " " + kind.name().toLowerCase(Locale.ROOT))
                        .filter(text -> !text.startsWith("0 "))
                        .collect(Collectors.joining(", "));
        return "%d variables (%s), %d constraints".formatted(size(), kinds, constraints.size());
    }

    private long count(VariableKind kind) {
        return variables.stream().filter(v -> v.kind() == kind).count();
    }
}
