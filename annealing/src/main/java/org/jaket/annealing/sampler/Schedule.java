package org.jaket.annealing.sampler;

/**
 * The inverse temperatures of an annealing run.
 *
 * @param hot where it begins
 * @param cold where it ends, not below {@code hot}
 * @param course how it gets there
 */
public record Schedule(double hot, double cold, Course course) {
    /** How the inverse temperature rises. */
    public enum Course {
        /** By equal steps. */
        LINEAR,
        /** By equal factors. */
        GEOMETRIC,
        /** The temperature, its inverse, falls by equal steps. */
        COOLING
    }

    /** Checks the numbers. */
    public Schedule {
        if (!(hot >= 0) || !(cold >= hot) || Double.isInfinite(cold)) {
            throw new IllegalArgumentException(
                    "inverse temperatures rise from 0 or more, but these are %s and %s"
                            .formatted(hot, cold));
        }
        if (hot == 0 && course != Course.LINEAR) {
            throw new IllegalArgumentException(
                    "a schedule that begins at the inverse temperature 0 must be linear");
        }
    }

    /** The inverse temperature of a sweep out of some. */
    public double beta(long sweep, long sweeps) {
        double way = sweeps == 1 ? 1 : (double) sweep / (sweeps - 1);
        return switch (course) {
            case LINEAR -> hot + (cold - hot) * way;
            case GEOMETRIC -> hot * Math.pow(cold / hot, way);
            case COOLING -> 1 / (1 / hot + (1 / cold - 1 / hot) * way);
        };
    }

    /** The same where energies are counted in another unit. */
    Schedule inUnits(double unit) {
        return unit == 1 ? this : new Schedule(hot * unit, cold * unit, course);
    }
}
