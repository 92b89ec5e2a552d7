package org.jaket.circuit.qasm;

import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Operation;
import org.jaket.circuit.expression.Binary;
import org.jaket.circuit.expression.Bit;
import org.jaket.circuit.expression.Bits;
import org.jaket.circuit.expression.Cast;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.expression.Constant;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.expression.RecordBit;
import org.jaket.circuit.expression.Select;
import org.jaket.circuit.expression.Type;
import org.jaket.circuit.expression.Unary;

import java.util.function.Function;

/** Writes the expression of one operation so that it reads back node for node. */
final class ExpressionWriter {
    private static final int UNARY = 12;
    private static final int POWER = 13;
    private static final int PRIMARY = 14;

    private final int version;
    private final Operation operation;
    private final Function<Expression, String> leaves;
    private final StringBuilder text = new StringBuilder();

    private ExpressionWriter(
            int version, Operation operation, Function<Expression, String> leaves) {
        this.version = version;
        this.operation = operation;
        this.leaves = leaves;
    }

    /**
     * An expression as text.
     *
     * @param operation the operation that it belongs to, for messages
     * @param leaves how parameters, bits and registers are spelled
     * @throws CircuitException if the language has no such expression
     */
    static String text(
            int version,
            Operation operation,
            Expression expression,
            Function<Expression, String> leaves) {
        var writer = new ExpressionWriter(version, operation, leaves);
        writer.append(expression, 0, 1);
        return writer.text.toString();
    }

    /** A gate's parameter: numbers are angles. */
    static String parameter(
            int version,
            Operation operation,
            Expression expression,
            Function<Expression, String> leaves) {
        Double known = expression.constant();
        return known != null ? Numbers.angle(known) : text(version, operation, expression, leaves);
    }

    private CircuitException unsupported(String why) {
        return new CircuitException(
                operation, "cannot be written as OpenQASM " + version + ": " + why + ".");
    }

    /**
     * Appends an expression, in parentheses when it binds weaker than its place asks for.
     *
     * @param depth how deep the reader will count it
     * @return the depth at which the reader stands behind it
     */
    private int append(Expression e, int weakest, int depth) {
        if (depth > Expressions.MAX_DEPTH) {
            throw unsupported(
                    "an expression is deeper than "
                            + Expressions.MAX_DEPTH
                            + " operators and parentheses");
        }
        if (strength(e) < weakest) {
            text.append('(');
            append(e, 0, depth + 2);
            text.append(')');
            return depth;
        }
        switch (e) {
            case Constant c -> constant(c);
            case Parameter p -> text.append(leaves.apply(p));
            case Bit b -> text.append(leaves.apply(b));
            case Bits b -> text.append(leaves.apply(b));
            case ClassicalRegister r -> text.append(leaves.apply(r));
            case RecordBit r ->
                    throw unsupported(
                            r
                                    + " looks back into the measurement record, which OpenQASM does"
                                    + " not have. Maybe measure into classical bits");
            case Select s -> throw unsupported("it has no expression that chooses between values");
            case Cast c -> {
                requireVersion3(c.type() + "(...)");
                text.append(c.type()).append('(');
                append(c.operand(), 0, depth + 1);
                text.append(')');
            }
            case Unary u -> unary(u, depth);
            case Binary b -> {
                return binary(b, depth);
            }
        }
        return depth;
    }

    private static int strength(Expression e) {
        return switch (e) {
            case Binary b when b.operator() == Binary.Operator.POWER -> POWER;
            case Binary b when b.operator().strength() > 0 -> b.operator().strength();
            case Unary u when isPrefix(u.operator()) -> UNARY;
            case Constant c when c.type().kind() == Type.Kind.INT && c.type().width() == 64 ->
                    c.raw() < 0 ? UNARY : PRIMARY;
            case Constant c when c.type().isFloat() ->
                    Math.copySign(1, c.type().toDouble(c.raw())) < 0 ? UNARY : PRIMARY;
            default -> PRIMARY;
        };
    }

    private static boolean isPrefix(Unary.Operator operator) {
        return switch (operator) {
            case NEGATE, NOT, BIT_NOT -> true;
            default -> false;
        };
    }

    private void requireVersion3(String what) {
        if (version == 2) {
            throw unsupported("it has no " + what + ". Maybe write OpenQASM 3");
        }
    }

    private void unary(Unary u, int depth) {
        boolean known2 =
                switch (u.operator()) {
                    case NEGATE, SIN, COS, TAN, EXP, LOG, SQRT -> true;
                    default -> false;
                };
        if (!known2) {
            requireVersion3(u.operator().symbol());
        }
        boolean ln = version == 2 && u.operator() == Unary.Operator.LOG;
        text.append(ln ? "ln" : u.operator().symbol());
        if (isPrefix(u.operator())) {
            append(u.operand(), PRIMARY, depth + 1);
        } else {
            text.append('(');
            append(u.operand(), 0, depth + 1);
            text.append(')');
        }
    }

    private int binary(Binary b, int depth) {
        boolean known2 =
                switch (b.operator()) {
                    case ADD, SUBTRACT, MULTIPLY, DIVIDE, POWER -> true;
                    default -> false;
                };
        if (!known2) {
            requireVersion3(b.operator().symbol());
        }
        if (b.operator().strength() == 0) {
            text.append(b.operator().symbol()).append('(');
            append(b.left(), 0, depth + 1);
            text.append(", ");
            append(b.right(), 0, depth + 1);
            text.append(')');
            return depth;
        }
        boolean power = b.operator() == Binary.Operator.POWER;
        int strength = strength(b);
        int behind = append(b.left(), power ? PRIMARY : strength, depth) + 1;
        text.append(' ').append(power && version == 2 ? "^" : b.operator().symbol()).append(' ');
        append(b.right(), power ? PRIMARY : strength + 1, behind + 1);
        return behind;
    }

    private void constant(Constant c) {
        switch (c.type().kind()) {
            case FLOAT -> {
                double value = c.type().toDouble(c.raw());
                if (!Double.isFinite(value)) {
                    throw unsupported("it has no number " + value);
                }
                text.append(value);
            }
            case INT -> {
                if (version == 2 || c.type().width() == 64) {
                    text.append(c.raw());
                } else {
                    text.append(c.type()).append('(').append(c.raw()).append(')');
                }
            }
            case UINT -> {
                String digits = Long.toUnsignedString(c.raw());
                if (version == 2 || c.type().width() == 64 && c.raw() < 0) {
                    text.append(digits);
                } else {
                    text.append(c.type()).append('(').append(digits).append(')');
                }
            }
            case BOOL -> {
                requireVersion3("truth values");
                text.append(c.raw() != 0);
            }
            case BITS -> {
                requireVersion3("bit strings");
                bitString(c);
            }
            case ANGLE -> {
                requireVersion3("type angle");
                text.append(c.type()).append('(');
                bitString(c);
                text.append(')');
            }
        }
    }

    private void bitString(Constant c) {
        text.append('"');
        for (int k = c.type().width() - 1; k >= 0; k--) {
            text.append(c.raw() >>> k & 1);
        }
        text.append('"');
    }
}
