package org.jaket.circuit.expression;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A number or truth value that may depend on parameters (known when the circuit is bound) and on
 * classical bits (known when it runs). Gate angles, conditions and assignments are expressions.
 *
 * <p>An expression has a {@link Type}, and a value in that type's raw form given a {@link
 * ClassicalMemory}. Building one folds constants, so that {@code Expression.of(2).times(3)} is the
 * constant 6.
 */
public sealed interface Expression
        permits Constant,
                Parameter,
                Bit,
                Bits,
                ClassicalRegister,
                RecordBit,
                Unary,
                Binary,
                Select,
                Cast {
    /** A real number. */
    static Expression of(double value) {
        return Constant.of(value);
    }

    /** A 64-bit signed whole number. */
    static Expression of(long value) {
        return new Constant(Type.integer(64), value);
    }

    /** A truth value. */
    static Expression of(boolean value) {
        return new Constant(Type.BOOL, value ? 1 : 0);
    }

    /** The type of the value. */
    Type type();

    /**
     * The raw value.
     *
     * @throws IllegalStateException if a parameter is not bound
     */
    long evaluate(ClassicalMemory memory);

    /** The value as a number, angles in radians. */
    default double toDouble(ClassicalMemory memory) {
        return type().toDouble(evaluate(memory));
    }

    /** The value as a truth value: not zero. */
    default boolean isTrue(ClassicalMemory memory) {
        long raw = evaluate(memory);
        return type().isFloat() ? Double.longBitsToDouble(raw) != 0 : raw != 0;
    }

    /** The same expression with its immediate operands replaced; constants fold. */
    Expression map(UnaryOperator<Expression> replace);

    /**
     * Replaces every leaf (parameters, bits, registers) by what the function says; other nodes are
     * rebuilt.
     */
    default Expression substitute(UnaryOperator<Expression> leaf) {
        return switch (this) {
            case Unary u -> u.map(e -> e.substitute(leaf));
            case Binary b -> b.map(e -> e.substitute(leaf));
            case Select s -> s.map(e -> e.substitute(leaf));
            case Cast c -> c.map(e -> e.substitute(leaf));
            default -> leaf.apply(this);
        };
    }

    /** Replaces parameters by numbers; names that are absent stay. */
    default Expression bind(Map<String, Double> values) {
        return substitute(
                leaf -> {
                    Double value = leaf instanceof Parameter p ? values.get(p.name()) : null;
                    return value == null ? leaf : of((double) value);
                });
    }

    /**
     * The derivative by a parameter; what is read from bits counts as constant.
     *
     * @throws ArithmeticException if the parameter is rounded, compared or otherwise moves the
     *     value in steps
     */
    default Expression derivative(Parameter by) {
        return new Derivative(by).of(this);
    }

    /** The value when it is a constant, otherwise null. */
    default @Nullable Double constant() {
        return this instanceof Constant c ? c.type().toDouble(c.raw()) : null;
    }

    /** {@code this + other}. */
    default Expression plus(Expression other) {
        return Binary.of(Binary.Operator.ADD, this, other);
    }

    /** {@code this + other}. */
    default Expression plus(double other) {
        return plus(of(other));
    }

    /** {@code this - other}. */
    default Expression minus(Expression other) {
        return Binary.of(Binary.Operator.SUBTRACT, this, other);
    }

    /** {@code this - other}. */
    default Expression minus(double other) {
        return minus(of(other));
    }

    /** {@code this * other}. */
    default Expression times(Expression other) {
        return Binary.of(Binary.Operator.MULTIPLY, this, other);
    }

    /** {@code this * other}. */
    default Expression times(double other) {
        return times(of(other));
    }

    /**
     * {@code this / other}; whole numbers divide as in Java, and a zero divisor is an
     * ArithmeticException.
     */
    default Expression dividedBy(Expression other) {
        return Binary.of(Binary.Operator.DIVIDE, this, other);
    }

    /** {@code this / other}. */
    default Expression dividedBy(double other) {
        return dividedBy(of(other));
    }

    /** {@code -this}. */
    default Expression negate() {
        return Unary.of(Unary.Operator.NEGATE, this);
    }

    /** Logical not. */
    default Expression not() {
        return Unary.of(Unary.Operator.NOT, this);
    }

    /** Logical and. */
    default Expression and(Expression other) {
        return Binary.of(Binary.Operator.AND, this, other);
    }

    /** Logical or. */
    default Expression or(Expression other) {
        return Binary.of(Binary.Operator.OR, this, other);
    }

    /** Bitwise exclusive or; of two bits, their parity. */
    default Expression xor(Expression other) {
        return Binary.of(Binary.Operator.BIT_XOR, this, other);
    }

    /** Whether both are equal. */
    default Expression isEqualTo(Expression other) {
        return Binary.of(Binary.Operator.EQUAL, this, other);
    }

    /** Whether the value equals a whole number. */
    default Expression isEqualTo(long other) {
        return isEqualTo(of(other));
    }

    /** {@code this < other}. */
    default Expression isLessThan(Expression other) {
        return Binary.of(Binary.Operator.LESS, this, other);
    }
}
