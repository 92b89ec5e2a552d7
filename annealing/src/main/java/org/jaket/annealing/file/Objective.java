package org.jaket.annealing.file;

/**
 * How an energy becomes what a problem itself counts: {@code factor energy + constant}. A smaller
 * energy is always better; with a negative factor the problem seeks a maximum.
 *
 * @param name what is counted, such as {@code cut}
 * @param factor not 0
 * @param constant what is added
 */
public record Objective(String name, double factor, double constant) {
    /** The energy itself, to be minimised. */
    public static final Objective ENERGY = new Objective("energy", 1, 0);

    /** Checks the factor. */
    public Objective {
        if (factor == 0 || !Double.isFinite(factor) || !Double.isFinite(constant)) {
            throw new IllegalArgumentException(
                    "an objective of %s times the energy plus %s says nothing"
                            .formatted(factor, constant));
        }
    }

    /** Whether the problem seeks a maximum. */
    public boolean isMaximum() {
        return factor < 0;
    }

    /** What the problem counts for a state with an energy. */
    public double of(double energy) {
        return factor * energy + constant;
    }

    /** The energy of a state for which the problem counts a value. */
    public double energyOf(double value) {
        return (value - constant) / factor;
    }
}
