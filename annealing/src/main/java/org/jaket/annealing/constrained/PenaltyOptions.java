package org.jaket.annealing.constrained;

import org.jaket.annealing.encoding.EncodingKind;

/**
 * How a {@link ConstrainedModel} becomes a binary quadratic model.
 *
 * @param integers how integer variables are written in bits
 * @param slacks how the slack of an inequality is written in bits
 * @param steps into how many steps the range of a real variable is divided, and the slack of an
 *     inequality whose coefficients have no common unit
 * @param weight the weight of all penalties; 0 lets the form choose each from the model
 * @param tightened whether to begin with {@link ConstrainedModel#tightened}
 */
public record PenaltyOptions(
        EncodingKind integers, EncodingKind slacks, int steps, double weight, boolean tightened) {
    /** Binary numbers, a thousand steps, weights from the model, which is tightened. */
    public static final PenaltyOptions DEFAULT =
            new PenaltyOptions(EncodingKind.BINARY, EncodingKind.BINARY, 1000, 0, true);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if there is no step, or the weight is negative or not finite
     */
    public PenaltyOptions {
        if (steps < 1) {
            throw new IllegalArgumentException("a range has at least 1 step, not " + steps);
        }
        if (!(weight >= 0) || weight == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "the weight of penalties is a finite number of at least 0, not " + weight);
        }
    }

    /** The same with integer variables in other bits. */
    public PenaltyOptions integers(EncodingKind kind) {
        return new PenaltyOptions(kind, slacks, steps, weight, tightened);
    }

    /** The same with slacks in other bits. */
    public PenaltyOptions slacks(EncodingKind kind) {
        return new PenaltyOptions(integers, kind, steps, weight, tightened);
    }

    /** The same with another resolution. */
    public PenaltyOptions steps(int newSteps) {
        return new PenaltyOptions(integers, slacks, newSteps, weight, tightened);
    }

    /** The same with one weight for all penalties. */
    public PenaltyOptions weight(double newWeight) {
        return new PenaltyOptions(integers, slacks, steps, newWeight, tightened);
    }

    /** The same that begins with a tightened model, or the model as it is. */
    public PenaltyOptions tightened(boolean newTightened) {
        return new PenaltyOptions(integers, slacks, steps, weight, newTightened);
    }
}
