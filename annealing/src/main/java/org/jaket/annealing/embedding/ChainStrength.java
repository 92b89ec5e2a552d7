package org.jaket.annealing.embedding;

import org.jaket.annealing.BinaryQuadraticModel;

/**
 * How strongly the qubits of a chain are held together: a chain has the coupling {@code -strength s
 * s'} between its qubits, in spins. Too weak, and chains break; too strong, and the problem itself
 * drowns in noise, since processors scale all couplings to what they can do.
 */
public sealed interface ChainStrength {
    /** What is used unless something else is asked for: {@link UniformTorque} with 1.414. */
    ChainStrength DEFAULT = new UniformTorque(1.414);

    /** The strength for a model, positive. Takes time in proportion to the model. */
    double of(BinaryQuadraticModel model);

    /** Checks a factor. */
    private static void check(String what, double value) {
        if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "%s must be a positive number, not %s".formatted(what, value));
        }
    }

    /**
     * As strong as the random torque of the neighbours on a chain: {@code factor rms(J)
     * sqrt(average degree)} (Raymond, Stevanovic, Bernoudy and others, D-Wave technical report
     * 14-1041A-A). Couplings are taken in the model's spin form. A model without interactions has
     * strength 1.
     *
     * @param factor 1.414 serves most models
     */
    record UniformTorque(double factor) implements ChainStrength {
        /** Checks the factor. */
        public UniformTorque {
            check("the factor", factor);
        }

        @Override
        public double of(BinaryQuadraticModel model) {
            BinaryQuadraticModel spin = model.toSpin();
            double[] squares = {0};
            spin.forEachInteraction((i, j, weight) -> squares[0] += weight * weight);
            if (squares[0] == 0) {
                return 1;
            }
            double rms = Math.sqrt(squares[0] / spin.interactions());
            double degree = 2.0 * spin.interactions() / spin.size();
            return factor * rms * Math.sqrt(degree);
        }
    }

    /**
     * In proportion to the largest coefficient of the model's spin form, or 1 if all are 0.
     *
     * @param factor 1 makes chains as strong as the strongest term
     */
    record ScaledMaximum(double factor) implements ChainStrength {
        /** Checks the factor. */
        public ScaledMaximum {
            check("the factor", factor);
        }

        @Override
        public double of(BinaryQuadraticModel model) {
            BinaryQuadraticModel spin = model.toSpin();
            double[] largest = {0};
            for (int v = 0; v < spin.size(); v++) {
                largest[0] = Math.max(largest[0], Math.abs(spin.linear(v)));
            }
            spin.forEachInteraction((i, j, w) -> largest[0] = Math.max(largest[0], Math.abs(w)));
            return largest[0] == 0 ? 1 : factor * largest[0];
        }
    }

    /**
     * A number, whatever the model.
     *
     * @param strength in spins
     */
    record Fixed(double strength) implements ChainStrength {
        /** Checks the number. */
        public Fixed {
            check("the chain strength", strength);
        }

        @Override
        public double of(BinaryQuadraticModel model) {
            return strength;
        }
    }
}
