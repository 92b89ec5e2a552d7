package org.jaket.stabilizer.mechanisms;

import org.jspecify.annotations.Nullable;

/**
 * Disjoint errors as independent Poisson ones.
 *
 * <p>A channel that applies one of N = 2^k elements of a group of flips, with given probabilities,
 * has in each character the mean {@code f}. Independent Poisson numbers of hits with means {@code
 * r_g} give {@code ln f_c = sum over g of r_g (c(g) - 1)}, so {@code r_g = (1/N) sum over c of c(g)
 * ln f_c}. If no rate is negative, the two have exactly the same law; a single flip of probability
 * p has {@code -ln(1 - 2p) / 2}.
 */
final class Rates {
    /** What rounding may make of a rate that is zero. */
    private static final double ROUNDING = 1e-14;

    /** Channels that act with more than this probability are drawn one by one. */
    private static final double MOST = 0.25;

    private Rates() {}

    /**
     * The rates of the elements, or null if the channel is not of this kind or not rare.
     *
     * @param probabilities by element, a bit mask of flips; a power of two in number, adding up to
     *     1
     */
    static double @Nullable [] of(double[] probabilities) {
        int n = probabilities.length;
        if (1 - probabilities[0] > MOST) {
            return null;
        }
        double[] logs = new double[n];
        for (int character = 1; character < n; character++) {
            double odd = 0;
            for (int g = 1; g < n; g++) {
                if ((Integer.bitCount(character & g) & 1) != 0) {
                    odd += probabilities[g];
                }
            }
            logs[character] = StrictMath.log1p(-2 * odd);
        }
        double[] rates = new double[n];
        for (int g = 1; g < n; g++) {
            double sum = 0;
            for (int character = 1; character < n; character++) {
                boolean odd = (Integer.bitCount(character & g) & 1) != 0;
                sum += odd ? -logs[character] : logs[character];
            }
            rates[g] = sum / n;
            if (rates[g] < -ROUNDING) {
                return null;
            }
            rates[g] = Math.max(0, rates[g]);
            if (rates[g] < ROUNDING && probabilities[g] == 0) {
                rates[g] = 0;
            }
        }
        return rates;
    }
}
