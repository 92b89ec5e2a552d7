package org.jaket.circuit.expression;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Some classical bits read together as an unsigned number: a slice of a register or a
 * concatenation.
 *
 * @param bits 1 to 64 bits, the first one least significant
 */
public record Bits(List<Bit> bits) implements Expression {
    /** Copies the list and checks its length. */
    public Bits {
        bits = List.copyOf(bits);
        if (bits.isEmpty() || bits.size() > Type.MAX_WIDTH) {
            throw new IllegalArgumentException(
                    "1 to "
                            + Type.MAX_WIDTH
                            + " bits can be read as one number, not "
                            + bits.size());
        }
    }

    @Override
    public Type type() {
        return Type.bits(bits.size());
    }

    @Override
    public long evaluate(ClassicalMemory memory) {
        long value = 0;
        for (int k = 0; k < bits.size(); k++) {
            value |= bits.get(k).evaluate(memory) << k;
        }
        return value;
    }

    @Override
    public Expression map(UnaryOperator<Expression> replace) {
        return this;
    }
}
