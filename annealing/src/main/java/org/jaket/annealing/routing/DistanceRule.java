package org.jaket.annealing.routing;

/** How Euclidean distances are rounded; published results are comparable under one rule only. */
public enum DistanceRule {
    /** Doubles as they are, as heuristics report. */
    DOUBLE,
    /** Cut after the first decimal, as exact methods report (N. Kohl et al., 1999). */
    ONE_DECIMAL;

    /** A distance under this rule. */
    public double apply(double distance) {
        // The small term keeps 0.3 from becoming 0.2 where ten times it is 2.9999999999999996.
        return this == DOUBLE ? distance : Math.floor(10 * distance + 1e-9) / 10;
    }
}
