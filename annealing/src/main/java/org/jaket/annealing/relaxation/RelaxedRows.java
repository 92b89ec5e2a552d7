package org.jaket.annealing.relaxation;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.constrained.Constraint;
import org.jaket.annealing.constrained.QuadraticFunction;
import org.jaket.annealing.polynomial.Sense;
import org.jaket.annealing.polynomial.VariableKind;

/**
 * The constraints as rows {@code a x - b} that are to be at most 0, or 0, each divided by its
 * largest coefficient so that one step length suits all.
 */
final class RelaxedRows {
    final ConstrainedModel model;

    /** How many rows. */
    final int size;

    final int[][] variables;
    final double[][] coefficients;
    final double[] right;

    /** Whether a row is to be 0; its multiplier may be negative. */
    final boolean[] equation;

    /** The largest change that one variable can make in the objective; 1 if that is 0. */
    final double unit;

    /** What a row was divided by. */
    private final double[] scale;

    private final BinaryQuadraticModel objective;

    RelaxedRows(ConstrainedModel model) {
        this.model = model;
        int n = model.size();
        if (n == 0) {
            throw new IllegalArgumentException(
                    "the model has no variables, so there is nothing to sample");
        }
        for (int k = 0; k < n; k++) {
            if (model.variable(k).kind() != VariableKind.BINARY) {
                throw new IllegalArgumentException(
                        "variable %s is %s: only binary variables can be relaxed without encoding; PenaltyForm encodes others in bits"
                                .formatted(model.variable(k), model.variable(k).kind()));
            }
        }
        size = model.constraints().size();
        variables = new int[size][];
        coefficients = new double[size][];
        right = new double[size];
        equation = new boolean[size];
        scale = new double[size];
        for (int r = 0; r < size; r++) {
            read(r, model.constraints().get(r));
        }
        objective = binary(model.objective(), n).build();
        unit = unit(objective);
    }

    private void read(int r, Constraint constraint) {
        QuadraticFunction left = constraint.left();
        if (!left.isLinear()) {
            throw new IllegalArgumentException(
                    "constraint %s has products of variables: only linear constraints can be relaxed; PenaltyForm turns others into penalties"
                            .formatted(constraint.label()));
        }
        if (!constraint.isHard()) {
            throw new IllegalArgumentException(
                    "constraint %s is soft, so it has a price already: add it to the objective, or use PenaltyForm"
                            .formatted(constraint.label()));
        }
        int terms = left.linearTerms();
        double largest = 0;
        for (int t = 0; t < terms; t++) {
            largest = Math.max(largest, Math.abs(left.coefficient(t)));
        }
        scale[r] = largest == 0 ? 1 : largest;
        double factor = (constraint.sense() == Sense.AT_LEAST ? -1 : 1) / scale[r];
        variables[r] = new int[terms];
        coefficients[r] = new double[terms];
        for (int t = 0; t < terms; t++) {
            variables[r][t] = left.variable(t);
            coefficients[r][t] = factor * left.coefficient(t);
        }
        right[r] = factor * (constraint.right() - left.offset());
        equation[r] = constraint.sense() == Sense.EQUAL;
    }

    /** The square of a binary variable is itself. */
    private static BinaryQuadraticModel.Builder binary(QuadraticFunction f, int n) {
        var builder = BinaryQuadraticModel.builder(Vartype.BINARY);
        builder.addLinear(n - 1, 0);
        builder.addOffset(f.offset());
        for (int t = 0; t < f.linearTerms(); t++) {
            builder.addLinear(f.variable(t), f.coefficient(t));
        }
        f.forEachProduct(
                (i, j, weight) -> {
                    if (i == j) {
                        builder.addLinear(i, weight);
                    } else {
                        builder.addQuadratic(i, j, weight);
                    }
                });
        return builder;
    }

    private static double unit(BinaryQuadraticModel f) {
        double most = 0;
        for (int k = 0; k < f.size(); k++) {
            double low = f.linear(k);
            double high = low;
            for (int d = 0; d < f.degree(k); d++) {
                low += Math.min(0, f.weight(k, d));
                high += Math.max(0, f.weight(k, d));
            }
            most = Math.max(most, Math.max(-low, high));
        }
        return most == 0 ? 1 : most;
    }

    BinaryQuadraticModel objective() {
        return objective;
    }

    /** {@code f + sum of lambda row + squares row^2}. */
    BinaryQuadraticModel relaxed(double[] lambda, double[] squares) {
        BinaryQuadraticModel.Builder builder = objective.toBuilder();
        for (int r = 0; r < size; r++) {
            int[] at = variables[r];
            double[] a = coefficients[r];
            if (lambda[r] != 0) {
                builder.addOffset(-lambda[r] * right[r]);
                for (int t = 0; t < at.length; t++) {
                    builder.addLinear(at[t], lambda[r] * a[t]);
                }
            }
            if (squares[r] != 0) {
                builder.addOffset(squares[r] * right[r] * right[r]);
                for (int t = 0; t < at.length; t++) {
                    builder.addLinear(at[t], squares[r] * a[t] * (a[t] - 2 * right[r]));
                    for (int u = t + 1; u < at.length; u++) {
                        builder.addQuadratic(at[t], at[u], 2 * squares[r] * a[t] * a[u]);
                    }
                }
            }
        }
        return builder.build().withVariables(model.variables());
    }

    /** The rows' values: the supergradient of the dual function where the state is the minimum. */
    double[] values(byte[] state) {
        double[] values = new double[size];
        for (int r = 0; r < size; r++) {
            double sum = -right[r];
            for (int t = 0; t < variables[r].length; t++) {
                sum += coefficients[r][t] * state[variables[r][t]];
            }
            values[r] = sum;
        }
        return values;
    }

    /** By how much row values break the constraints, in the model's units. */
    double violation(double[] values) {
        double sum = 0;
        for (int r = 0; r < size; r++) {
            sum += scale[r] * (equation[r] ? Math.abs(values[r]) : Math.max(0, values[r]));
        }
        return sum;
    }

    /** Multipliers for the model's own constraints. */
    double[] inUnits(double[] lambda) {
        double[] own = new double[size];
        for (int r = 0; r < size; r++) {
            own[r] = lambda[r] / scale[r];
        }
        return own;
    }

    /** Multipliers for rows. */
    double[] fromUnits(double[] own) {
        double[] lambda = new double[size];
        for (int r = 0; r < size; r++) {
            lambda[r] = own[r] * scale[r];
        }
        return lambda;
    }

    /** The nearest allowed multiplier. */
    double allowed(int row, double lambda) {
        return equation[row] ? lambda : Math.max(0, lambda);
    }
}
