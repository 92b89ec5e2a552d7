package org.jaket.circuit.gate;

import org.jaket.circuit.expression.Expression;

import java.util.List;

/**
 * A gate raised to a real power, {@code exp(k log U)} with the principal logarithm (eigenphases in
 * (-pi, pi]), as OpenQASM 3 defines {@code pow(k) @ U}. The power -1 is the inverse.
 *
 * @param base the gate that is raised
 * @param exponent a finite number
 */
public record PowerGate(Gate base, double exponent) implements Gate {
    /** Checks that the exponent is finite. */
    public PowerGate {
        if (!Double.isFinite(exponent)) {
            throw new IllegalArgumentException(
                    "cannot raise " + base.label() + " to the power " + exponent);
        }
    }

    /**
     * A power in its plainest shape: the gate itself for 1, its named inverse for -1, otherwise a
     * PowerGate.
     */
    public static Gate of(Gate gate, double exponent) {
        if (exponent == 1) {
            return gate;
        }
        if (exponent == -1 && gate instanceof StandardGate named && named.parameters() == 0) {
            return named.inverse();
        }
        return new PowerGate(gate, exponent);
    }

    @Override
    public String label() {
        return base.label()
                + "^"
                + (exponent == Math.rint(exponent)
                        ? String.valueOf((long) exponent)
                        : String.valueOf(exponent));
    }

    @Override
    public int qubits() {
        return base.qubits();
    }

    @Override
    public int parameters() {
        return base.parameters();
    }

    @Override
    public ComplexMatrix matrix(double... values) {
        Gate.checkParameters(this, values);
        return UnitaryPower.power(base.matrix(values), exponent);
    }

    @Override
    public Gate inverse() {
        return of(base, -exponent);
    }

    @Override
    public List<Expression> inverseParameters(List<Expression> parameters) {
        return parameters;
    }

    @Override
    public String toString() {
        return label();
    }
}
