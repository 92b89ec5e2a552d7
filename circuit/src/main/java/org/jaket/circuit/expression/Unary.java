package org.jaket.circuit.expression;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * An operator or function of one value.
 *
 * @param operator what is done
 * @param operand the value
 */
public record Unary(Operator operator, Expression operand) implements Expression {
    /** The operators. Functions work on real numbers, angles in radians. */
    public enum Operator {
        /** {@code -a}. */
        NEGATE("-", a -> -a),
        /** {@code !a}. */
        NOT("!", a -> a == 0 ? 1 : 0),
        /** {@code ~a}, on whole numbers and bits. */
        BIT_NOT(
                "~",
                a -> {
                    throw new ArithmeticException("~ needs bits or a whole number");
                }),
        /** Sine. */
        SIN("sin", Math::sin),
        /** Cosine. */
        COS("cos", Math::cos),
        /** Tangent. */
        TAN("tan", Math::tan),
        /** Inverse sine. */
        ARCSIN("arcsin", Math::asin),
        /** Inverse cosine. */
        ARCCOS("arccos", Math::acos),
        /** Inverse tangent. */
        ARCTAN("arctan", Math::atan),
        /** Exponential. */
        EXP("exp", Math::exp),
        /** Natural logarithm. */
        LOG("log", Math::log),
        /** Square root. */
        SQRT("sqrt", Math::sqrt),
        /** Rounds towards minus infinity. */
        FLOOR("floor", Math::floor),
        /** Rounds towards plus infinity. */
        CEILING("ceiling", Math::ceil),
        /** How many bits are set. */
        POPCOUNT(
                "popcount",
                a -> {
                    throw new ArithmeticException("popcount needs bits or a whole number");
                });

        private final String symbol;
        private final DoubleUnaryOperator real;

        Operator(String symbol, DoubleUnaryOperator real) {
            this.symbol = symbol;
            this.real = real;
        }

        /** The OpenQASM 3 spelling. */
        public String symbol() {
            return symbol;
        }
    }

    /** An operation; constants fold. */
    public static Expression of(Operator operator, Expression operand) {
        var result = new Unary(operator, operand);
        return operand instanceof Constant
                ? new Constant(result.type(), result.evaluate(new ClassicalMemory(0)))
                : result;
    }

    @Override
    public Type type() {
        return switch (operator) {
            case NOT -> Type.BOOL;
            case POPCOUNT -> Type.unsigned(32);
            case BIT_NOT -> operand.type();
            case NEGATE ->
                    switch (operand.type().kind()) {
                        case BOOL, BITS, UINT -> Type.integer(64);
                        default -> operand.type();
                    };
            default -> Type.FLOAT;
        };
    }

    @Override
    public long evaluate(ClassicalMemory memory) {
        long raw = operand.evaluate(memory);
        boolean whole = !operand.type().isFloat();
        return switch (operator) {
            case NOT -> operand.type().toDouble(raw) == 0 ? 1 : 0;
            case POPCOUNT ->
                    Long.bitCount(
                            operand.type().width() == 64
                                    ? raw
                                    : raw & (1L << operand.type().width()) - 1);
            case BIT_NOT -> {
                if (!whole) {
                    throw new ArithmeticException(
                            "~ needs bits or a whole number, not " + operand.type());
                }
                yield operand.type().wrap(~raw);
            }
            case NEGATE ->
                    whole
                            ? type().wrap(-raw)
                            : Double.doubleToRawLongBits(-Double.longBitsToDouble(raw));
            default ->
                    Double.doubleToRawLongBits(
                            operator.real.applyAsDouble(operand.type().toDouble(raw)));
        };
    }

    @Override
    public Expression map(UnaryOperator<Expression> replace) {
        return of(operator, replace.apply(operand));
    }

    @Override
    public String toString() {
        return switch (operator) {
            case NEGATE, NOT, BIT_NOT ->
                    operator.symbol + (operand instanceof Binary ? "(" + operand + ")" : operand);
            default -> operator.symbol + "(" + operand + ")";
        };
    }
}
