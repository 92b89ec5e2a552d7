package org.jaket.circuit.expression;

/** Derivatives of expressions by the rules of calculus. */
final class Derivative {
    private static final Expression ZERO = Expression.of(0.0);
    private static final Expression ONE = Expression.of(1.0);

    private final Parameter by;

    Derivative(Parameter by) {
        this.by = by;
    }

    Expression of(Expression e) {
        return switch (e) {
            case Parameter p -> p.equals(by) ? ONE : ZERO;
            case Unary u -> unary(u);
            case Binary b -> binary(b);
            case Select s -> select(s);
            case Cast c -> isReal(c.type()) ? of(c.operand()) : constant(c, c.operand());
            case Constant c -> ZERO;
            case Bit b -> ZERO;
            case Bits b -> ZERO;
            case ClassicalRegister r -> ZERO;
            case RecordBit r -> ZERO;
        };
    }

    /** An angle is a real number cut to so many bits; its steps are rounding. */
    private static boolean isReal(Type type) {
        return type.isFloat() || type.kind() == Type.Kind.ANGLE;
    }

    private Expression unary(Unary u) {
        Expression a = u.operand();
        Expression inner = of(a);
        if (inner.equals(ZERO)) {
            return ZERO;
        }
        return switch (u.operator()) {
            case NEGATE -> inner.negate();
            case SIN -> times(function(Unary.Operator.COS, a), inner);
            case COS -> times(function(Unary.Operator.SIN, a).negate(), inner);
            case TAN -> inner.dividedBy(square(function(Unary.Operator.COS, a)));
            case ARCSIN -> inner.dividedBy(root(ONE.minus(square(a))));
            case ARCCOS -> inner.negate().dividedBy(root(ONE.minus(square(a))));
            case ARCTAN -> inner.dividedBy(ONE.plus(square(a)));
            case EXP -> times(u, inner);
            case LOG -> inner.dividedBy(a);
            case SQRT -> inner.dividedBy(u.times(2));
            case NOT, BIT_NOT, FLOOR, CEILING, POPCOUNT -> constant(u, a);
        };
    }

    private Expression binary(Binary b) {
        Expression f = b.left();
        Expression g = b.right();
        Expression left = of(f);
        Expression right = of(g);
        if (left.equals(ZERO) && right.equals(ZERO)) {
            return ZERO;
        }
        return switch (b.operator()) {
            case ADD -> plus(left, right);
            case SUBTRACT -> plus(left, right.negate());
            case MULTIPLY -> plus(times(left, g), times(f, right));
            case DIVIDE -> plus(left.dividedBy(g), times(f, right).negate().dividedBy(square(g)));
            case POWER -> power(b, left, right);
            case MODULO -> {
                if (!right.equals(ZERO)) {
                    throw notSmooth(b);
                }
                yield left;
            }
            default -> throw notSmooth(b);
        };
    }

    private static Expression power(Binary b, Expression left, Expression right) {
        Expression f = b.left();
        Expression g = b.right();
        Expression base = times(times(g, Binary.of(Binary.Operator.POWER, f, g.minus(1))), left);
        if (right.equals(ZERO)) {
            return base;
        }
        return plus(base, times(times(b, function(Unary.Operator.LOG, f)), right));
    }

    private Expression select(Select s) {
        return Select.of(s.condition(), of(s.whenTrue()), of(s.whenFalse()));
    }

    /** Steps are flat only where they do not depend on the parameter at all. */
    private Expression constant(Expression step, Expression operand) {
        if (!of(operand).equals(ZERO)) {
            throw notSmooth(step);
        }
        return ZERO;
    }

    private ArithmeticException notSmooth(Expression e) {
        return new ArithmeticException(
                e
                        + " has no derivative by "
                        + by
                        + ": it moves in steps. Maybe leave out the step.");
    }

    private static Expression function(Unary.Operator operator, Expression a) {
        return Unary.of(operator, a);
    }

    private static Expression root(Expression a) {
        return function(Unary.Operator.SQRT, a);
    }

    private static Expression square(Expression a) {
        return a.times(a);
    }

    private static Expression plus(Expression a, Expression b) {
        return a.equals(ZERO) ? b : b.equals(ZERO) ? a : a.plus(b);
    }

    private static Expression times(Expression a, Expression b) {
        if (a.equals(ZERO) || b.equals(ZERO)) {
            return ZERO;
        }
        return a.equals(ONE) ? b : b.equals(ONE) ? a : a.times(b);
    }
}
