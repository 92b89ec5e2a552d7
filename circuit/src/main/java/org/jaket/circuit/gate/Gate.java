package org.jaket.circuit.gate;

import org.jaket.circuit.expression.Expression;

import java.util.List;

/**
 * A unitary operation on a fixed number of qubits, with a fixed number of real parameters.
 *
 * <p>Gates are data: the named ones are rows of {@link StandardGate}; the others are built from a
 * matrix, from a body of gates, or from another gate by control and by power. Two gates are equal
 * when they were built alike.
 */
public sealed interface Gate
        permits StandardGate, MatrixGate, ControlledGate, PowerGate, DefinedGate {
    /** The largest number of qubits for which {@link #matrix} builds a dense matrix. */
    int MAX_MATRIX_QUBITS = 12;

    /** The gate's name in messages and drawings. */
    String label();

    /** How many qubits one application takes; 0 for a global phase. */
    int qubits();

    /** How many real parameters the gate takes. */
    int parameters();

    /**
     * The unitary matrix, 2<sup>n</sup> x 2<sup>n</sup>, first target least significant.
     *
     * @param values one value a parameter, angles in radians
     * @throws IllegalArgumentException if the number of values is wrong, one is not finite, or the
     *     gate has more than {@link #MAX_MATRIX_QUBITS} qubits
     */
    ComplexMatrix matrix(double... values);

    /** The gate {@code g'} with which {@code g'(inverseParameters(p))} undoes {@code g(p)}. */
    Gate inverse();

    /** The parameters that go with {@link #inverse()}. */
    List<Expression> inverseParameters(List<Expression> parameters);

    /** This gate with one more control in front of its targets: applied when the control is 1. */
    default Gate controlled() {
        return ControlledGate.of(this, 1, 1);
    }

    /**
     * This gate with {@code controls} controls in front of its targets.
     *
     * @param pattern bit k says whether control k must be 1 (set) or 0 (clear)
     */
    default Gate controlled(int controls, long pattern) {
        return ControlledGate.of(this, controls, pattern);
    }

    /** This gate raised to a real power: the principal one, eigenphases in (-pi, pi]. */
    default Gate power(double exponent) {
        return PowerGate.of(this, exponent);
    }

    /** Checks the number and finiteness of parameter values. */
    static void checkParameters(Gate gate, double[] values) {
        if (values.length != gate.parameters()) {
            throw new IllegalArgumentException(
                    gate.label()
                            + " takes "
                            + gate.parameters()
                            + " parameters, got "
                            + values.length);
        }
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        gate.label() + " has a parameter that is not finite: " + value);
            }
        }
        if (gate.qubits() > MAX_MATRIX_QUBITS) {
            throw new IllegalArgumentException(
                    "the matrix of "
                            + gate.label()
                            + " on "
                            + gate.qubits()
                            + " qubits is too large to write out (limit "
                            + MAX_MATRIX_QUBITS
                            + " qubits)");
        }
    }
}
