package org.jaket.circuit.expression;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A real number that is not known yet: an angle of an ansatz, a strike of an option. Two parameters
 * are the same when their names are.
 *
 * @param name not blank
 */
public record Parameter(String name) implements Expression {
    /** Checks the name. */
    public Parameter {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a parameter needs a name");
        }
    }

    /** A parameter of the given name. */
    public static Parameter of(String name) {
        return new Parameter(name);
    }

    /** Parameters {@code name[0]} to {@code name[count-1]}. */
    public static List<Parameter> list(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(k -> new Parameter(name + "[" + k + "]"))
                .toList();
    }

    @Override
    public Type type() {
        return Type.FLOAT;
    }

    @Override
    public long evaluate(ClassicalMemory memory) {
        throw new IllegalStateException(
                "parameter " + name + " has no value. Maybe call circuit.bind(...) first.");
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
