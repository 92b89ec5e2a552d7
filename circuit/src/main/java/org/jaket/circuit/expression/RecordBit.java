package org.jaket.circuit.expression;

import java.util.function.UnaryOperator;

/**
 * A result of the measurement record, counted from its end: Stim's {@code rec[-k]}.
 *
 * @param lookback at least 1, the latest result
 */
public record RecordBit(int lookback) implements Expression {
    /** Checks the look-back. */
    public RecordBit {
        if (lookback < 1) {
            throw new IllegalArgumentException("rec[-k] needs k of at least 1, not " + lookback);
        }
    }

    @Override
    public Type type() {
        return Type.BOOL;
    }

    @Override
    public long evaluate(ClassicalMemory memory) {
        return memory.lookback(lookback) ? 1 : 0;
    }

    @Override
    public Expression map(UnaryOperator<Expression> replace) {
        return this;
    }

    @Override
    public String toString() {
        return "rec[-" + lookback + "]";
    }
}
