package org.jaket.annealing.sampler;

/** The largest number of which all coefficients of a problem are whole multiples. */
final class Granularity {
    /** Below this share of the largest coefficient there is no such number worth the name. */
    private static final double FINEST = 1e-4;

    private Granularity() {}

    /** The number, 0 if there is none. */
    static double of(SpinProblem problem) {
        double largest = 0;
        for (float w : problem.weight) {
            largest = Math.max(largest, Math.abs(w));
        }
        for (float h : problem.linear) {
            largest = Math.max(largest, Math.abs(h));
        }
        double step = largest;
        for (float w : problem.weight) {
            step = common(step, Math.abs(w), largest * FINEST);
        }
        for (float h : problem.linear) {
            step = common(step, Math.abs(h), largest * FINEST);
        }
        return step;
    }

    /** Euclid's algorithm on numbers with rounding errors; 0 when it gets below the finest. */
    private static double common(double a, double b, double finest) {
        while (b > finest) {
            double rest = Math.IEEEremainder(a, b);
            a = b;
            b = Math.abs(rest);
        }
        return a < 2 * finest ? 0 : a;
    }
}
