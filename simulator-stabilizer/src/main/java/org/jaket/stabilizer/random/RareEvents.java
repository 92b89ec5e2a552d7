package org.jaket.stabilizer.random;

/**
 * Finds the successes among many independent trials of equal probability by drawing the gaps
 * between them, so that the cost goes with the successes and not with the trials.
 *
 * <p>A gap is geometric: {@code floor(ln u / ln(1 - p))} for uniform {@code u}, exact to double
 * precision. Immutable.
 */
public final class RareEvents {
    private final double perLog;

    /**
     * Creates the sampler.
     *
     * @param probability of each trial, in (0, 1]
     */
    public RareEvents(double probability) {
        if (!(probability > 0 && probability <= 1)) {
            throw new IllegalArgumentException("Probability " + probability + " is not in (0, 1].");
        }
        this.perLog = 1 / StrictMath.log1p(-probability);
    }

    /**
     * Returns the first success after trial {@code previous}.
     *
     * @param previous the last success, or -1 at the start
     * @param source where the randomness comes from
     * @return the trial's number; past the trials at hand means that there are no more successes
     */
    public long next(long previous, BitSource source) {
        // Capped so that adding gaps never overflows.
        double gap = Math.min(StrictMath.log(source.nextPositiveDouble()) * perLog, 0x1p60);
        return previous + 1 + (long) gap;
    }
}
