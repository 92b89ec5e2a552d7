package org.jaket.execution;

import org.jaket.circuit.expression.Parameter;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An expectation value and how it changes with each parameter of the circuit.
 *
 * @param value the expectation value
 * @param derivatives its derivative by each parameter, in the order of {@link
 *     org.jaket.circuit.Circuit#parameters()}
 */
public record Gradient(Estimate value, Map<Parameter, Estimate> derivatives) {
    /** Keeps the order of the parameters. */
    public Gradient {
        derivatives = Collections.unmodifiableMap(new LinkedHashMap<>(derivatives));
    }

    /**
     * The derivative by a parameter.
     *
     * @throws IllegalArgumentException if the circuit has no such parameter
     */
    public double by(Parameter parameter) {
        Estimate derivative = derivatives.get(parameter);
        if (derivative == null) {
            throw new IllegalArgumentException(
                    "the circuit has no parameter " + parameter + ", only " + derivatives.keySet());
        }
        return derivative.value();
    }

    /** The derivatives as numbers, in the order of the parameters. */
    public double[] toArray() {
        return derivatives.values().stream().mapToDouble(Estimate::value).toArray();
    }
}
