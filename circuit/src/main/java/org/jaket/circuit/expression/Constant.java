package org.jaket.circuit.expression;

import java.util.function.UnaryOperator;

/**
 * A known value.
 *
 * @param type how to read the raw value
 * @param raw the value in the type's raw form, cut to its width
 */
public record Constant(Type type, long raw) implements Expression {
    /** Cuts the value to the type's width. */
    public Constant {
        raw = type.wrap(raw);
    }

    /** A real number. */
    public static Constant of(double value) {
        return new Constant(Type.FLOAT, Double.doubleToRawLongBits(value));
    }

    @Override
    public long evaluate(ClassicalMemory memory) {
        return raw;
    }

    @Override
    public Expression map(UnaryOperator<Expression> replace) {
        return this;
    }

    @Override
    public String toString() {
        return switch (type.kind()) {
            case FLOAT -> String.valueOf(type.toDouble(raw));
            case BOOL -> String.valueOf(raw != 0);
            case ANGLE -> String.valueOf(type.toDouble(raw));
            case INT -> String.valueOf(raw);
            case BITS, UINT -> Long.toUnsignedString(raw);
        };
    }
}
