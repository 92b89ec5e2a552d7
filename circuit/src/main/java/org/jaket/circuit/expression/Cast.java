package org.jaket.circuit.expression;

import java.util.function.UnaryOperator;

/**
 * A value converted to another type: whole numbers wrap, floats truncate towards zero, floats to
 * angles round to the nearest step, angles to bits keep the bits, angles change width by keeping
 * the high bits.
 *
 * @param type the new type
 * @param operand the value
 */
public record Cast(Type type, Expression operand) implements Expression {
    /** A conversion, or the operand itself when it has the type already; constants fold. */
    public static Expression of(Type type, Expression operand) {
        if (operand instanceof Constant c) {
            return new Constant(type, convert(c.type(), type, c.raw()));
        }
        return operand.type().equals(type) ? operand : new Cast(type, operand);
    }

    private static long convert(Type from, Type to, long raw) {
        if (from.equals(to)) {
            return raw;
        }
        if (to.kind() == Type.Kind.BOOL) {
            return (from.isFloat() ? Double.longBitsToDouble(raw) != 0 : raw != 0) ? 1 : 0;
        }
        if (from.kind() == Type.Kind.ANGLE && to.kind() == Type.Kind.ANGLE) {
            return to.wrap(
                    to.width() >= from.width()
                            ? raw << to.width() - from.width()
                            : raw >>> from.width() - to.width());
        }
        boolean bitsToBits = !from.isFloat() && !to.isFloat();
        return bitsToBits ? to.wrap(raw) : to.fromDouble(from.toDouble(raw));
    }

    @Override
    public long evaluate(ClassicalMemory memory) {
        return convert(operand.type(), type, operand.evaluate(memory));
    }

    @Override
    public Expression map(UnaryOperator<Expression> replace) {
        return of(type, replace.apply(operand));
    }

    @Override
    public String toString() {
        return type + "(" + operand + ")";
    }
}
