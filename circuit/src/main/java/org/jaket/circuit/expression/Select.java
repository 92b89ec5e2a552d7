package org.jaket.circuit.expression;

import java.util.function.UnaryOperator;

/**
 * One of two values by a condition; only the chosen one is evaluated.
 *
 * @param condition decides
 * @param whenTrue its type is the result's type
 * @param whenFalse converted to that type
 */
public record Select(Expression condition, Expression whenTrue, Expression whenFalse)
        implements Expression {
    /** A choice; a constant condition chooses at once. */
    public static Expression of(Expression condition, Expression whenTrue, Expression whenFalse) {
        Expression other = Cast.of(whenTrue.type(), whenFalse);
        Double known = condition.constant();
        if (known != null) {
            return known != 0 ? whenTrue : other;
        }
        return new Select(condition, whenTrue, other);
    }

    @Override
    public Type type() {
        return whenTrue.type();
    }

    @Override
    public long evaluate(ClassicalMemory memory) {
        return condition.isTrue(memory) ? whenTrue.evaluate(memory) : whenFalse.evaluate(memory);
    }

    @Override
    public Expression map(UnaryOperator<Expression> replace) {
        return of(replace.apply(condition), replace.apply(whenTrue), replace.apply(whenFalse));
    }
}
