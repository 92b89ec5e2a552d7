package org.jaket.circuit.expression;

import java.util.function.UnaryOperator;

/**
 * An operator of two values. Types meet as in OpenQASM 3: a float makes the result a float, an
 * angle with a whole number an angle, otherwise whole numbers of the greater width, unsigned when
 * one of them is.
 *
 * @param operator what is done
 * @param left the first operand
 * @param right the second operand
 */
public record Binary(Operator operator, Expression left, Expression right) implements Expression {
    /** The operators, with OpenQASM 3's spelling and binding strength (greater binds tighter). */
    public enum Operator {
        /** Logical or. */
        OR("||", 1),
        /** Logical and. */
        AND("&&", 2),
        /** Bitwise or. */
        BIT_OR("|", 3),
        /** Bitwise exclusive or. */
        BIT_XOR("^", 4),
        /** Bitwise and. */
        BIT_AND("&", 5),
        /** Equal. */
        EQUAL("==", 6),
        /** Not equal. */
        NOT_EQUAL("!=", 6),
        /** Less. */
        LESS("<", 7),
        /** Less or equal. */
        LESS_EQUAL("<=", 7),
        /** Greater. */
        GREATER(">", 7),
        /** Greater or equal. */
        GREATER_EQUAL(">=", 7),
        /** Shift to higher bits. */
        SHIFT_LEFT("<<", 8),
        /** Shift to lower bits, filling with zeros. */
        SHIFT_RIGHT(">>", 8),
        /** Sum. */
        ADD("+", 9),
        /** Difference. */
        SUBTRACT("-", 9),
        /** Product. */
        MULTIPLY("*", 10),
        /** Quotient. */
        DIVIDE("/", 10),
        /** Remainder. */
        MODULO("%", 10),
        /** Power. */
        POWER("**", 11),
        /** Cyclic rotation to higher bits. */
        ROTATE_LEFT("rotl", 0),
        /** Cyclic rotation to lower bits. */
        ROTATE_RIGHT("rotr", 0);

        private final String symbol;
        private final int strength;

        Operator(String symbol, int strength) {
            this.symbol = symbol;
            this.strength = strength;
        }

        /** The OpenQASM 3 spelling. */
        public String symbol() {
            return symbol;
        }

        /** Binding strength: greater binds tighter; 0 for functions. */
        public int strength() {
            return strength;
        }
    }

    /** An operation; constants fold. */
    public static Expression of(Operator operator, Expression left, Expression right) {
        var result = new Binary(operator, left, right);
        boolean known = left instanceof Constant && right instanceof Constant;
        return known
                ? new Constant(result.type(), result.evaluate(new ClassicalMemory(0)))
                : result;
    }

    @Override
    public Type type() {
        return switch (operator) {
            case OR, AND, EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> Type.BOOL;
            case SHIFT_LEFT, SHIFT_RIGHT, ROTATE_LEFT, ROTATE_RIGHT -> left.type();
            case DIVIDE -> {
                Type a = left.type();
                Type b = right.type();
                boolean angles = a.kind() == Type.Kind.ANGLE && b.kind() == Type.Kind.ANGLE;
                yield angles ? Type.unsigned(a.width()) : common(a, b);
            }
            default -> common(left.type(), right.type());
        };
    }

    private static boolean isAngle(Expression e) {
        return e.type().kind() == Type.Kind.ANGLE;
    }

    /** The type in which operands of two types meet. Each is asked once: chains may be long. */
    private Type common(Type a, Type b) {
        if (a.isFloat() || b.isFloat()) {
            return Type.FLOAT;
        }
        boolean angleA = a.kind() == Type.Kind.ANGLE;
        boolean angleB = b.kind() == Type.Kind.ANGLE;
        if (angleA || angleB) {
            return Type.angle(Math.max(angleA ? a.width() : 1, angleB ? b.width() : 1));
        }
        if (a.kind() == Type.Kind.BOOL && b.kind() == Type.Kind.BOOL) {
            return switch (operator) {
                case BIT_AND, BIT_OR, BIT_XOR -> Type.BOOL;
                default -> Type.integer(64);
            };
        }
        int width = Math.max(a.width(), b.width());
        if (a.kind() == Type.Kind.BITS && b.kind() == Type.Kind.BITS) {
            return Type.bits(width);
        }
        boolean signed = a.kind() == Type.Kind.INT || b.kind() == Type.Kind.INT;
        return signed ? Type.integer(width) : Type.unsigned(width);
    }

    @Override
    public long evaluate(ClassicalMemory memory) {
        switch (operator) {
            case AND -> {
                return left.isTrue(memory) && right.isTrue(memory) ? 1 : 0;
            }
            case OR -> {
                return left.isTrue(memory) || right.isTrue(memory) ? 1 : 0;
            }
            default -> {}
        }
        Type meeting = common(left.type(), right.type());
        if (meeting.isFloat()) {
            return real(left.toDouble(memory), right.toDouble(memory));
        }
        long a = left.evaluate(memory);
        long b = right.evaluate(memory);
        if (meeting.kind() == Type.Kind.ANGLE) {
            // Angles of different widths meet at the wider one: raise the narrow one's step.
            a = isAngle(left) ? a << meeting.width() - left.type().width() : a;
            b = isAngle(right) ? b << meeting.width() - right.type().width() : b;
        }
        return whole(a, b, meeting);
    }

    private long real(double a, double b) {
        return switch (operator) {
            case EQUAL -> a == b ? 1 : 0;
            case NOT_EQUAL -> a != b ? 1 : 0;
            case LESS -> a < b ? 1 : 0;
            case LESS_EQUAL -> a <= b ? 1 : 0;
            case GREATER -> a > b ? 1 : 0;
            case GREATER_EQUAL -> a >= b ? 1 : 0;
            case ADD -> Double.doubleToRawLongBits(a + b);
            case SUBTRACT -> Double.doubleToRawLongBits(a - b);
            case MULTIPLY -> Double.doubleToRawLongBits(a * b);
            case DIVIDE -> Double.doubleToRawLongBits(a / b);
            case MODULO -> Double.doubleToRawLongBits(a % b);
            case POWER -> Double.doubleToRawLongBits(Math.pow(a, b));
            default ->
                    throw new ArithmeticException(
                            operator.symbol
                                    + " needs bits or whole numbers, not "
                                    + left.type()
                                    + " and "
                                    + right.type());
        };
    }

    private long whole(long a, long b, Type meeting) {
        boolean signed =
                left.type().kind() == Type.Kind.INT || right.type().kind() == Type.Kind.INT;
        int order = signed ? Long.compare(a, b) : Long.compareUnsigned(a, b);
        Type result = type();
        int width = result.width();
        return switch (operator) {
            case EQUAL -> a == b ? 1 : 0;
            case NOT_EQUAL -> a != b ? 1 : 0;
            case LESS -> order < 0 ? 1 : 0;
            case LESS_EQUAL -> order <= 0 ? 1 : 0;
            case GREATER -> order > 0 ? 1 : 0;
            case GREATER_EQUAL -> order >= 0 ? 1 : 0;
            case BIT_OR -> result.wrap(a | b);
            case BIT_XOR -> result.wrap(a ^ b);
            case BIT_AND -> result.wrap(a & b);
            case SHIFT_LEFT -> b < 0 || b >= 64 ? 0 : result.wrap(a << b);
            case SHIFT_RIGHT -> b < 0 || b >= 64 ? 0 : result.wrap(mask(a, width) >>> b);
            case ROTATE_LEFT -> rotate(a, b, width, result);
            case ROTATE_RIGHT -> rotate(a, -b, width, result);
            case ADD -> meeting.wrap(a + b);
            case SUBTRACT -> meeting.wrap(a - b);
            case MULTIPLY -> meeting.wrap(a * b);
            case DIVIDE -> result.wrap(signed ? a / b : Long.divideUnsigned(a, b));
            case MODULO -> result.wrap(signed ? a % b : Long.remainderUnsigned(a, b));
            case POWER -> power(a, b, result);
            case AND, OR -> throw new AssertionError(operator);
        };
    }

    private static long mask(long value, int width) {
        return width == 64 ? value : value & (1L << width) - 1;
    }

    private static long rotate(long value, long by, int width, Type result) {
        int shift = Math.floorMod(by, width);
        long bits = mask(value, width);
        return shift == 0 ? result.wrap(bits) : result.wrap(bits << shift | bits >>> width - shift);
    }

    private static long power(long base, long exponent, Type result) {
        if (exponent < 0) {
            throw new ArithmeticException("a whole number to the negative power " + exponent);
        }
        long value = 1;
        long square = base;
        for (long e = exponent; e > 0; e >>= 1) {
            if ((e & 1) == 1) {
                value *= square;
            }
            square *= square;
        }
        return result.wrap(value);
    }

    @Override
    public Expression map(UnaryOperator<Expression> replace) {
        return of(operator, replace.apply(left), replace.apply(right));
    }

    @Override
    public String toString() {
        if (operator.strength == 0) {
            return operator.symbol + "(" + left + ", " + right + ")";
        }
        return parenthesised(left, false)
                + " "
                + operator.symbol
                + " "
                + parenthesised(right, true);
    }

    private String parenthesised(Expression operand, boolean strict) {
        boolean weak =
                operand instanceof Binary b
                        && b.operator.strength > 0
                        && (strict
                                ? b.operator.strength <= operator.strength
                                : b.operator.strength < operator.strength);
        return weak ? "(" + operand + ")" : operand.toString();
    }
}
