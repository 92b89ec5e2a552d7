package org.jaket.circuit.expression;

import org.jspecify.annotations.Nullable;

import java.util.function.UnaryOperator;

/**
 * A named run of a circuit's classical bits. A register of a numeric type is a classical variable;
 * one without a type is a plain bit register, which may be of any length and whose bits are the
 * circuit's results.
 *
 * <p>As an expression it is its value: for plain registers an unsigned number, bit 0 least
 * significant.
 *
 * @param name unique in the circuit
 * @param valueType the type of a variable, or null for a plain bit register
 * @param first index of its bit 0 among all register bits of the circuit
 * @param size number of bits
 */
public record ClassicalRegister(String name, @Nullable Type valueType, int first, int size)
        implements Expression {
    /** Checks name and size. */
    public ClassicalRegister {
        if (name.isBlank() || first < 0 || size < 1) {
            throw new IllegalArgumentException(
                    "a classical register needs a name and at least one bit: \""
                            + name
                            + "\" of "
                            + size);
        }
        if (valueType != null && valueType.width() != size) {
            throw new IllegalArgumentException(
                    "variable "
                            + name
                            + " of type "
                            + valueType
                            + " has "
                            + valueType.width()
                            + " bits, not "
                            + size);
        }
    }

    /** Bit {@code index} of this register. */
    public Bit bit(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException(
                    "register " + name + " has bits 0 to " + (size - 1) + ", not " + index);
        }
        return new Bit(first + index);
    }

    /** Whether this is a plain bit register, whose bits are results. */
    public boolean isResult() {
        return valueType == null;
    }

    @Override
    public Type type() {
        if (valueType != null) {
            return valueType;
        }
        if (size > Type.MAX_WIDTH) {
            throw new IllegalStateException(
                    "register "
                            + name
                            + " has "
                            + size
                            + " bits: too many to read as one number"
                            + " (limit "
                            + Type.MAX_WIDTH
                            + "). Maybe compare slices of it.");
        }
        return Type.bits(size);
    }

    @Override
    public long evaluate(ClassicalMemory memory) {
        return type().wrap(memory.read(first, size));
    }

    @Override
    public Expression map(UnaryOperator<Expression> replace) {
        return this;
    }

    @Override
    public String toString() {
        return name;
    }
}
