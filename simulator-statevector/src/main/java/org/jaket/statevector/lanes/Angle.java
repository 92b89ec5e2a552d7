package org.jaket.statevector.lanes;

import org.jaket.circuit.expression.Binary;
import org.jaket.circuit.expression.ClassicalMemory;
import org.jaket.circuit.expression.Constant;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.expression.Unary;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A gate's parameter as a function of the circuit's parameters. */
sealed interface Angle {
    /** Its value, given one value for each parameter of the circuit, in their order. */
    double at(double[] values);

    /** {@code constant + sum of slopes[k] values[k]}, where the slopes that are not zero stand. */
    record Affine(double constant, int[] places, double[] slopes) implements Angle {
        @Override
        public double at(double[] values) {
            double sum = constant;
            for (int k = 0; k < places.length; k++) {
                sum += slopes[k] * values[places[k]];
            }
            return sum;
        }
    }

    /** Anything else, evaluated as it stands. */
    record General(Expression expression, Map<Parameter, Integer> places) implements Angle {
        @Override
        public double at(double[] values) {
            return expression
                    .substitute(
                            leaf ->
                                    leaf instanceof Parameter p
                                            ? Expression.of(values[places.getOrDefault(p, -1)])
                                            : leaf)
                    .toDouble(new ClassicalMemory(0));
        }

        /**
         * Its derivatives, by the places of the parameters that occur.
         *
         * @throws ArithmeticException if a parameter moves it in steps
         */
        Map<Integer, Angle> derivatives() {
            Map<Integer, Angle> derivatives = new LinkedHashMap<>();
            expression.substitute(
                    leaf -> {
                        if (leaf instanceof Parameter p) {
                            derivatives.computeIfAbsent(
                                    places.getOrDefault(p, -1),
                                    k -> new General(expression.derivative(p), places));
                        }
                        return leaf;
                    });
            return derivatives;
        }
    }

    /**
     * An expression as an angle.
     *
     * @param places the place of each parameter in a binding
     * @return null if the expression reads classical bits
     */
    static @Nullable Angle of(Expression expression, Map<Parameter, Integer> places) {
        boolean[] known = {true};
        Expression checked =
                expression.substitute(
                        leaf -> {
                            known[0] &= leaf instanceof Parameter || leaf instanceof Constant;
                            return leaf;
                        });
        if (!known[0]) {
            return null;
        }
        double[] row = affine(checked, places);
        if (row == null) {
            return new General(checked, places);
        }
        int[] used = new int[places.size()];
        double[] slopes = new double[places.size()];
        int count = 0;
        for (int k = 0; k < places.size(); k++) {
            if (row[k] != 0) {
                used[count] = k;
                slopes[count++] = row[k];
            }
        }
        return new Affine(
                row[places.size()], Arrays.copyOf(used, count), Arrays.copyOf(slopes, count));
    }

    /** One slope a parameter and then the constant; null where the expression is not affine. */
    private static double @Nullable [] affine(Expression e, Map<Parameter, Integer> places) {
        return switch (e) {
            case Constant c -> {
                double[] row = new double[places.size() + 1];
                row[places.size()] = c.type().toDouble(c.raw());
                yield row;
            }
            case Parameter p -> {
                double[] row = new double[places.size() + 1];
                row[places.getOrDefault(p, -1)] = 1;
                yield row;
            }
            case Unary u when u.operator() == Unary.Operator.NEGATE && u.type().isFloat() ->
                    scaled(affine(u.operand(), places), -1);
            case Binary b when b.type().isFloat() -> affine(b, places);
            default -> null;
        };
    }

    private static double @Nullable [] affine(Binary b, Map<Parameter, Integer> places) {
        double[] left = affine(b.left(), places);
        double[] right = affine(b.right(), places);
        if (left == null || right == null) {
            return null;
        }
        Double first = b.left().constant();
        Double second = b.right().constant();
        return switch (b.operator()) {
            case ADD -> sum(left, right);
            case SUBTRACT -> sum(left, scaled(right, -1));
            case MULTIPLY ->
                    first != null
                            ? scaled(right, first)
                            : second != null ? scaled(left, second) : null;
            case DIVIDE -> second != null ? scaled(left, 1 / second) : null;
            default -> null;
        };
    }

    private static double @Nullable [] sum(double[] a, double @Nullable [] b) {
        if (b == null) {
            return null;
        }
        double[] sum = a.clone();
        for (int k = 0; k < sum.length; k++) {
            sum[k] += b[k];
        }
        return sum;
    }

    private static double @Nullable [] scaled(double @Nullable [] a, double factor) {
        if (a == null) {
            return null;
        }
        double[] scaled = a.clone();
        for (int k = 0; k < scaled.length; k++) {
            scaled[k] *= factor;
        }
        return scaled;
    }
}
