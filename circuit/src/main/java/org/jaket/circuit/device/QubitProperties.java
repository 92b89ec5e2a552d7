package org.jaket.circuit.device;

import org.jaket.circuit.noise.ReadoutError;

/**
 * What is known of a qubit.
 *
 * @param t1 longitudinal relaxation time in seconds; infinite where it is not known
 * @param t2 transverse relaxation time in seconds; infinite where it is not known. Measured values
 *     may exceed 2 T1; {@link #physicalT2} is what a model can use
 * @param frequency of the transition from |0> to |1> in hertz; NaN where it is not known
 * @param readout how often it is read wrongly
 * @param readoutLength how long a readout takes, in seconds; NaN where it is not known
 */
public record QubitProperties(
        double t1, double t2, double frequency, ReadoutError readout, double readoutLength) {
    /** Checks that times are positive and durations not negative. */
    public QubitProperties {
        if (!(t1 > 0) || !(t2 > 0)) {
            throw new IllegalArgumentException(
                    "T1 and T2 of a qubit are positive, not " + t1 + " and " + t2);
        }
        if (frequency < 0 || readoutLength < 0 || Double.isInfinite(readoutLength)) {
            throw new IllegalArgumentException(
                    "the frequency and readout length of a qubit are not negative, not "
                            + frequency
                            + " and "
                            + readoutLength);
        }
    }

    /** T2, cut to 2 T1 as measurement errors may make it longer. */
    public double physicalT2() {
        return Math.min(t2, 2 * t1);
    }

    /**
     * The population of |1> in equilibrium at a temperature in kelvin, {@code 1 / (1 + exp(h f / k
     * T))}; 0 at zero temperature and where the frequency is not known.
     */
    public double excitedPopulation(double temperature) {
        if (!(temperature > 0) || Double.isNaN(frequency)) {
            return 0;
        }
        // Exact values of the SI since 2019.
        double planck = 6.62607015e-34;
        double boltzmann = 1.380649e-23;
        return 1 / (1 + Math.exp(planck * frequency / (boltzmann * temperature)));
    }
}
