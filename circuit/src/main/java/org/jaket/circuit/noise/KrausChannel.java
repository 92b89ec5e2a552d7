package org.jaket.circuit.noise;

import org.jaket.circuit.gate.ComplexMatrix;

import java.util.List;

/**
 * A quantum channel given by its Kraus operators: rho becomes the sum of K rho K<sup>dagger</sup>.
 *
 * @param label the name that messages and drawings use
 * @param operators square, of one size 2<sup>n</sup>, first target least significant, with
 *     K<sup>dagger</sup>K adding up to the identity to {@link #COMPLETENESS_TOLERANCE}
 */
public record KrausChannel(String label, List<ComplexMatrix> operators) {
    /** How far an entry of the sum of K<sup>dagger</sup>K may be from the identity. */
    public static final double COMPLETENESS_TOLERANCE = 1e-9;

    /** Copies the list; checks shapes and completeness. */
    public KrausChannel {
        operators = List.copyOf(operators);
        if (operators.isEmpty()) {
            throw new IllegalArgumentException("channel " + label + " has no Kraus operators");
        }
        int n = operators.getFirst().rows();
        ComplexMatrix sum = ComplexMatrix.identity(n).scale(0, 0);
        for (ComplexMatrix k : operators) {
            if (k.rows() != n || k.columns() != n || Integer.bitCount(n) != 1 || n < 2) {
                throw new IllegalArgumentException(
                        "channel "
                                + label
                                + " needs square Kraus operators of one size 2^n, got "
                                + k.rows()
                                + " x "
                                + k.columns());
            }
            sum = sum.plus(k.adjoint().times(k));
        }
        double error = sum.distance(ComplexMatrix.identity(n));
        if (error > COMPLETENESS_TOLERANCE) {
            throw new IllegalArgumentException(
                    "the Kraus operators of channel "
                            + label
                            + " do not preserve the trace: the sum of K^dagger K differs from the identity by "
                            + error);
        }
    }

    /** How many qubits the channel acts on. */
    public int qubits() {
        return Integer.numberOfTrailingZeros(operators.getFirst().rows());
    }

    /** Decay from |1> to |0> with probability gamma. */
    public static KrausChannel amplitudeDamping(double gamma) {
        checkProbability("amplitude damping", gamma);
        return new KrausChannel(
                "amplitude_damping(" + gamma + ")",
                List.of(
                        ComplexMatrix.real(1, 0, 0, Math.sqrt(1 - gamma)),
                        ComplexMatrix.real(0, Math.sqrt(gamma), 0, 0)));
    }

    /** Loss of phase: the off-diagonal entries shrink by the square root of 1 - gamma. */
    public static KrausChannel phaseDamping(double gamma) {
        checkProbability("phase damping", gamma);
        return new KrausChannel(
                "phase_damping(" + gamma + ")",
                List.of(
                        ComplexMatrix.real(1, 0, 0, Math.sqrt(1 - gamma)),
                        ComplexMatrix.real(0, 0, 0, Math.sqrt(gamma))));
    }

    private static void checkProbability(String what, double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException(what + " needs a probability from 0 to 1, not " + p);
        }
    }
}
