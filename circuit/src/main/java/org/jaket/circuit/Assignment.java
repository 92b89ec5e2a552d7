package org.jaket.circuit;

import org.jaket.circuit.expression.Bit;
import org.jaket.circuit.expression.Bits;
import org.jaket.circuit.expression.Cast;
import org.jaket.circuit.expression.ClassicalMemory;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Type;

import java.util.function.UnaryOperator;

/**
 * Computes a classical value and stores it.
 *
 * @param destination a {@link Bit}, {@link Bits} or {@link ClassicalRegister} of at most 64 bits
 * @param value converted to the destination's type
 * @param tag free text
 */
public record Assignment(Expression destination, Expression value, String tag)
        implements Operation {
    /** Checks that the destination can be stored to, and converts the value to its type. */
    public Assignment {
        if (!(destination instanceof Bit
                || destination instanceof Bits
                || destination instanceof ClassicalRegister)) {
            throw new CircuitException(
                    "cannot assign to " + destination + ": it is not a bit, slice or register");
        }
        value = Cast.of(destination.type(), value);
    }

    /** Carries the assignment out. */
    public void execute(ClassicalMemory memory) {
        long raw = value.evaluate(memory);
        switch (destination) {
            case Bit bit -> memory.set(bit.index(), raw != 0);
            case ClassicalRegister register -> memory.write(register.first(), register.size(), raw);
            case Bits bits -> {
                for (int k = 0; k < bits.bits().size(); k++) {
                    memory.set(bits.bits().get(k).index(), (raw >>> k & 1) != 0);
                }
            }
            default -> throw new AssertionError(destination);
        }
    }

    /** The type of the destination. */
    public Type type() {
        return destination.type();
    }

    @Override
    public Assignment mapExpressions(UnaryOperator<Expression> replace) {
        return new Assignment(destination, replace.apply(value), tag);
    }

    @Override
    public Assignment withTargets(Targets newTargets) {
        return this;
    }

    @Override
    public String describe() {
        return destination + " = " + Operation.abbreviated(value.toString());
    }
}
