package org.jaket.circuit.noise;

import org.jaket.circuit.Measurement;

/**
 * How often the readout of a qubit is wrong.
 *
 * @param falseOne the probability of reading 1 from a qubit in |0>
 * @param falseZero the probability of reading 0 from a qubit in |1>
 */
public record ReadoutError(double falseOne, double falseZero) {
    /** A readout without errors. */
    public static final ReadoutError NONE = new ReadoutError(0, 0);

    /** Checks the probabilities. */
    public ReadoutError {
        for (double p : new double[] {falseOne, falseZero}) {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException(
                        "a readout error needs probabilities from 0 to 1, not " + p);
            }
        }
    }

    /** A readout that is wrong with the same probability in both states. */
    public static ReadoutError symmetric(double p) {
        return new ReadoutError(p, p);
    }

    /** The error of a readout whose result is then inverted. */
    public ReadoutError inverted() {
        return new ReadoutError(/* falseOne= */ falseZero, /* falseZero= */ falseOne);
    }

    /** A measurement with these errors on top of its own. */
    public Measurement on(Measurement m) {
        return m.withErrors(
                m.falseOne() * (1 - falseZero) + (1 - m.falseOne()) * falseOne,
                m.falseZero() * (1 - falseOne) + (1 - m.falseZero()) * falseZero);
    }
}
