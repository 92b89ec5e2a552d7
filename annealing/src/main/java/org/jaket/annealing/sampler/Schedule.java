package org.jaket.annealing.sampler;

import java.util.Arrays;
import java.util.List;

/**
 * The inverse temperatures of an annealing run: it goes through given ones, at equal distances, and
 * between them by a course.
 *
 * <pre>{@code
 * Schedule.geometric(0.1, 5)         // from hot to cold
 * Schedule.geometric(5, 0.5, 5)      // from cold through warm back to cold: reverse annealing
 * Schedule.linear(betas)             // with as many sweeps as numbers: one sweep at each
 * }</pre>
 *
 * @param course how it goes from one to the next
 * @param betas the inverse temperatures, at least one
 */
public record Schedule(Course course, List<Double> betas) {
    /** How the inverse temperature changes between two of the list. */
    public enum Course {
        /** By equal steps. */
        LINEAR,
        /** By equal factors. */
        GEOMETRIC,
        /** The temperature, its inverse, changes by equal steps. */
        COOLING
    }

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if there is none, one is negative or no number, or one is 0
     *     and the course not linear
     */
    public Schedule {
        betas = List.copyOf(betas);
        if (betas.isEmpty()) {
            throw new IllegalArgumentException("a schedule has at least one inverse temperature");
        }
        for (double beta : betas) {
            if (!(beta >= 0) || Double.isInfinite(beta)) {
                throw new IllegalArgumentException(
                        "an inverse temperature is a number of at least 0, not " + beta);
            }
            if (beta == 0 && course != Course.LINEAR) {
                throw new IllegalArgumentException(
                        "a schedule through the inverse temperature 0 must be linear");
            }
        }
    }

    private static Schedule of(Course course, double... betas) {
        return new Schedule(course, Arrays.stream(betas).boxed().toList());
    }

    /** Equal steps of the inverse temperature. */
    public static Schedule linear(double... betas) {
        return of(Course.LINEAR, betas);
    }

    /** Equal factors. */
    public static Schedule geometric(double... betas) {
        return of(Course.GEOMETRIC, betas);
    }

    /** Equal steps of the temperature. */
    public static Schedule cooling(double... betas) {
        return of(Course.COOLING, betas);
    }

    /** The inverse temperature of a sweep out of some; the last one if there is only one. */
    public double beta(long sweep, long sweeps) {
        int last = betas.size() - 1;
        double way = sweeps <= 1 ? last : (double) sweep / (sweeps - 1) * last;
        int from = (int) Math.clamp(way, 0, Math.max(0, last - 1));
        double a = betas.get(from);
        double b = betas.get(Math.min(from + 1, last));
        double part = way - from;
        return switch (course) {
            case LINEAR -> a + (b - a) * part;
            case GEOMETRIC -> a * Math.pow(b / a, part);
            case COOLING -> 1 / (1 / a + (1 / b - 1 / a) * part);
        };
    }

    /** The first one. */
    double first() {
        return betas.getFirst();
    }

    /** The last one. */
    double last() {
        return betas.getLast();
    }

    /** Whether it never gets warmer. */
    boolean rises() {
        for (int k = 1; k < betas.size(); k++) {
            if (betas.get(k) < betas.get(k - 1)) {
                return false;
            }
        }
        return true;
    }

    /** The same where energies are counted in another unit. */
    Schedule inUnits(double unit) {
        return new Schedule(course, betas.stream().map(beta -> beta * unit).toList());
    }
}
