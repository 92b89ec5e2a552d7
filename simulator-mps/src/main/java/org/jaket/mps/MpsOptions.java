package org.jaket.mps;

/**
 * What a matrix product state may lose.
 *
 * @param maxBond the largest bond dimension; a bond of n qubits on its shorter side needs up to 2^n
 * @param threshold at every cut of a bond, the weight (sum of squared singular values of the
 *     normalised state) that may be dropped even below that dimension
 * @param minFidelity a run whose estimated fidelity falls below this ends with an error; 0 for none
 */
public record MpsOptions(int maxBond, double threshold, double minFidelity) {
    /**
     * The weight that exact simulation drops: what rounding leaves of singular values that are
     * zero. It changes no amplitude by more than 1e-14 a cut.
     */
    public static final double ROUNDING = 1e-28;

    /** The largest bond of {@link #exact}: a cut takes about ten seconds there. */
    public static final int EXACT_BOND = 256;

    /** Checks ranges. */
    public MpsOptions {
        if (maxBond < 1) {
            throw new IllegalArgumentException("a bond dimension is at least 1, not " + maxBond);
        }
        if (!(threshold >= 0 && threshold < 1)) {
            throw new IllegalArgumentException(
                    "a truncation threshold is from 0 to below 1, not " + threshold);
        }
        if (!(minFidelity >= 0 && minFidelity <= 1)) {
            throw new IllegalArgumentException("a fidelity is from 0 to 1, not " + minFidelity);
        }
    }

    /**
     * Nothing but rounding is lost: a state that needs bonds above {@link #EXACT_BOND} ends the run
     * with an error that says so.
     */
    public static MpsOptions exact() {
        return new MpsOptions(EXACT_BOND, ROUNDING, 1 - 1e-9);
    }

    /** Bonds up to a dimension; what they cannot hold is dropped and reported. */
    public static MpsOptions bond(int maxBond) {
        return new MpsOptions(maxBond, ROUNDING, 0);
    }

    /** The same with another threshold. */
    public MpsOptions threshold(double newThreshold) {
        return new MpsOptions(maxBond, newThreshold, minFidelity);
    }

    /** The same with another smallest fidelity. */
    public MpsOptions minFidelity(double newMinFidelity) {
        return new MpsOptions(maxBond, threshold, newMinFidelity);
    }

    /** The same with another largest bond. */
    public MpsOptions maxBond(int newMaxBond) {
        return new MpsOptions(newMaxBond, threshold, minFidelity);
    }
}
