package org.jaket.stabilizer.rare;

import java.util.List;

/**
 * An estimate of a small probability.
 *
 * @param probability the estimate
 * @param standardError its standard error
 * @param lower the lower end of the interval
 * @param upper the upper end of the interval
 * @param confidence the probability with which the interval covers the true value, at least
 * @param strata what it is made of
 */
public record RareFailure(
        double probability,
        double standardError,
        double lower,
        double upper,
        double confidence,
        List<Stratum> strata) {
    /** Copies the strata. */
    public RareFailure {
        strata = List.copyOf(strata);
    }
}
