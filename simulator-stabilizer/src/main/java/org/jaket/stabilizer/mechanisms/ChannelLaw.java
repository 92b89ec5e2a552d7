package org.jaket.stabilizer.mechanisms;

import org.jaket.circuit.noise.Noise;

/**
 * The probabilities of a channel's errors by their flips: bit 0 is the X part on the first qubit,
 * bit 1 its Z part, bits 2 and 3 those on the second qubit, or bit 2 the herald.
 */
final class ChannelLaw {
    /** Bits of I, X, Y, Z. */
    private static final int[] BITS = {0, 1, 3, 2};

    private ChannelLaw() {}

    static double[] of(Noise noise, double[] arguments) {
        double p = arguments[0];
        double[] law =
                switch (noise) {
                    case X_ERROR -> new double[] {0, p, 0, 0};
                    case Y_ERROR -> new double[] {0, 0, 0, p};
                    case Z_ERROR -> new double[] {0, 0, p, 0};
                    case DEPOLARIZE1 -> new double[] {0, p / 3, p / 3, p / 3};
                    case DEPOLARIZE2 -> {
                        double[] each = new double[16];
                        java.util.Arrays.fill(each, 1, 16, p / 15);
                        yield each;
                    }
                    case PAULI_CHANNEL_1 ->
                            new double[] {0, arguments[0], arguments[2], arguments[1]};
                    case PAULI_CHANNEL_2 -> {
                        double[] each = new double[16];
                        for (int k = 1; k < 16; k++) {
                            each[BITS[k >> 2] | BITS[k & 3] << 2] = arguments[k - 1];
                        }
                        yield each;
                    }
                    case HERALDED_ERASE -> new double[] {0, 0, 0, 0, p / 4, p / 4, p / 4, p / 4};
                    case HERALDED_PAULI_CHANNEL_1 ->
                            new double[] {
                                0, 0, 0, 0, arguments[0], arguments[1], arguments[3], arguments[2]
                            };
                    case CORRELATED_ERROR, ELSE_CORRELATED_ERROR, I_ERROR, II_ERROR ->
                            throw new AssertionError(noise);
                    case LEAKAGE_ERROR,
                            HERALDED_LEAKAGE_ERROR,
                            SEEPAGE_ERROR,
                            LOSS_ERROR,
                            HERALDED_LOSS_ERROR ->
                            throw new FramesNeededException(
                                    noise + " is no sum of independent errors.");
                };
        double sum = 0;
        for (double each : law) {
            sum += each;
        }
        law[0] = Math.max(0, 1 - sum);
        return law;
    }
}
