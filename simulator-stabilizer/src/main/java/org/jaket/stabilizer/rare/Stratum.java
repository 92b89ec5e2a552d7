package org.jaket.stabilizer.rare;

/**
 * What is known about the shots with a given number of hits.
 *
 * @param hits how many
 * @param weight the probability of so many hits
 * @param shots how many such shots were drawn, or 0 if all were gone through
 * @param failures how many of them failed
 * @param failureProbability the estimate, or the exact value, of the probability that such a shot
 *     fails
 * @param lower a lower bound of it
 * @param upper an upper bound of it
 */
public record Stratum(
        int hits,
        double weight,
        long shots,
        long failures,
        double failureProbability,
        double lower,
        double upper) {}
