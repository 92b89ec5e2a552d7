package org.jaket.circuit.expression;

import java.util.function.UnaryOperator;

/**
 * One classical bit of a circuit, as a truth value.
 *
 * @param index its place among all register bits of the circuit
 */
public record Bit(int index) implements Expression {
    /** Checks the index. */
    public Bit {
        if (index < 0) {
            throw new IllegalArgumentException("a classical bit's index is not negative: " + index);
        }
    }

    @Override
    public Type type() {
        return Type.BOOL;
    }

    @Override
    public long evaluate(ClassicalMemory memory) {
        return memory.bit(index) ? 1 : 0;
    }

    @Override
    public Expression map(UnaryOperator<Expression> replace) {
        return this;
    }

    @Override
    public String toString() {
        return "bit " + index;
    }
}
