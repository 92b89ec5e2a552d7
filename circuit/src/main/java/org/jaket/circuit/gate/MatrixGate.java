package org.jaket.circuit.gate;

import org.jaket.circuit.expression.Expression;

import java.util.List;

/**
 * A gate given by its unitary matrix, first target least significant.
 *
 * @param label the name that messages and drawings use
 * @param unitary 2<sup>n</sup> x 2<sup>n</sup>, unitary to {@link #UNITARITY_TOLERANCE}
 */
public record MatrixGate(String label, ComplexMatrix unitary) implements Gate {
    /** How far an entry of {@code U U^dagger} may be from the identity. */
    public static final double UNITARITY_TOLERANCE = 1e-9;

    /** Checks size and unitarity. */
    public MatrixGate {
        int n = unitary.rows();
        if (n != unitary.columns() || Integer.bitCount(n) != 1 || n > 1 << MAX_MATRIX_QUBITS) {
            throw new IllegalArgumentException(
                    "gate "
                            + label
                            + " needs a square matrix with a power of two of rows (at"
                            + " most 2^"
                            + MAX_MATRIX_QUBITS
                            + "), got "
                            + n
                            + " x "
                            + unitary.columns());
        }
        if (!unitary.isUnitary(UNITARITY_TOLERANCE)) {
            throw new IllegalArgumentException(
                    "the matrix of gate "
                            + label
                            + " is not unitary: U U^dagger differs from"
                            + " the identity by "
                            + unitary.times(unitary.adjoint()).distance(ComplexMatrix.identity(n)));
        }
    }

    @Override
    public int qubits() {
        return Integer.numberOfTrailingZeros(unitary.rows());
    }

    @Override
    public int parameters() {
        return 0;
    }

    @Override
    public ComplexMatrix matrix(double... values) {
        Gate.checkParameters(this, values);
        return unitary;
    }

    @Override
    public Gate inverse() {
        return label.endsWith("^-1")
                ? new MatrixGate(label.substring(0, label.length() - 3), unitary.adjoint())
                : new MatrixGate(label + "^-1", unitary.adjoint());
    }

    @Override
    public List<Expression> inverseParameters(List<Expression> parameters) {
        return parameters;
    }
}
