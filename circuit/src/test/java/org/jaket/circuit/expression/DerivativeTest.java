package org.jaket.circuit.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.Map;

/** Derivatives against central differences of the expression's own values. */
class DerivativeTest {
    private static final Parameter X = Parameter.of("x");
    private static final Parameter Y = Parameter.of("y");

    private static double value(Expression e, double x, double y) {
        return e.bind(Map.of("x", x, "y", y)).toDouble(new ClassicalMemory(0));
    }

    private static Expression f(Unary.Operator operator, Expression a) {
        return Unary.of(operator, a);
    }

    private static void check(Expression e) {
        for (double x : new double[] {0.3, 0.71}) {
            double y = 0.45;
            double h = 1e-5;
            double byX = (value(e, x + h, y) - value(e, x - h, y)) / (2 * h);
            double byY = (value(e, x, y + h) - value(e, x, y - h)) / (2 * h);
            assertThat(value(e.derivative(X), x, y)).as("%s by x", e).isCloseTo(byX, within(1e-8));
            assertThat(value(e.derivative(Y), x, y)).as("%s by y", e).isCloseTo(byY, within(1e-8));
        }
    }

    @Test
    void everyFunction() {
        for (Unary.Operator operator :
                new Unary.Operator[] {
                    Unary.Operator.NEGATE,
                    Unary.Operator.SIN,
                    Unary.Operator.COS,
                    Unary.Operator.TAN,
                    Unary.Operator.ARCSIN,
                    Unary.Operator.ARCCOS,
                    Unary.Operator.ARCTAN,
                    Unary.Operator.EXP,
                    Unary.Operator.LOG,
                    Unary.Operator.SQRT
                }) {
            check(f(operator, X.times(Y)));
        }
    }

    @Test
    void everyOperator() {
        check(X.plus(Y));
        check(X.minus(Y.times(X)));
        check(X.dividedBy(Y.plus(2)));
        check(Binary.of(Binary.Operator.POWER, X, Y));
        check(Binary.of(Binary.Operator.POWER, X, Expression.of(3.0)));
        check(Binary.of(Binary.Operator.POWER, Expression.of(2.0), Y));
        check(Binary.of(Binary.Operator.MODULO, X.times(3), Expression.of(5.0)));
        check(Select.of(X.isLessThan(Expression.of(0.5)), X.times(Y), Y));
        check(Cast.of(Type.angle(52), X.times(2)));
    }

    @Test
    void stepsHaveNone() {
        assertThatThrownBy(() -> f(Unary.Operator.FLOOR, X).derivative(X))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("floor(x) has no derivative by x");
        assertThat(f(Unary.Operator.FLOOR, Y).times(X).derivative(X).bind(Map.of("y", 2.5)))
                .isEqualTo(Expression.of(2.0));
    }
}
