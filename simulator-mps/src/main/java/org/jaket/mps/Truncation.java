package org.jaket.mps;

/**
 * What was lost on the way to a state, or to the worst of several.
 *
 * @param discarded the sum of the weights that were dropped, each against the state as it was then
 * @param fidelity the product of (1 - weight) over all cuts: an estimate of the squared overlap
 *     with the state that an untruncated run gives. It is exact for one cut; over many, errors that
 *     do not add up coherently make it accurate, and it is not a strict bound
 * @param maxBond the largest bond dimension
 */
public record Truncation(double discarded, double fidelity, int maxBond) {
    /** The worse of both. */
    Truncation worse(Truncation other) {
        return new Truncation(
                Math.max(discarded, other.discarded),
                Math.min(fidelity, other.fidelity),
                Math.max(maxBond, other.maxBond));
    }
}
