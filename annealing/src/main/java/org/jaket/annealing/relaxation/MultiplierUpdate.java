package org.jaket.annealing.relaxation;

/**
 * How the multipliers of relaxed constraints change from round to round.
 *
 * <p>All rules look for the largest minimum of {@code f(x) + lambda (A x - b)}; they differ in what
 * they remember. Numbers here are free of units: rows are divided by their largest coefficient, and
 * a step of 1 is the largest change that one variable can make in the objective.
 */
public sealed interface MultiplierUpdate {
    /** Dual ascent with a first step of a half. */
    MultiplierUpdate DUAL_ASCENT = new DualAscent(0.5);

    /** Polyak's steps, halved after 5 rounds without progress. */
    MultiplierUpdate SUBGRADIENT = new Subgradient(1, 5);

    /** A bundle of at most 50 cuts. */
    MultiplierUpdate BUNDLE = new Bundle(50);

    /** Kelley's cutting planes. */
    MultiplierUpdate CUTTING_PLANE = new CuttingPlane();

    /** Squares of a tenth, growing by a half. */
    MultiplierUpdate AUGMENTED = new AugmentedLagrangian(0.1, 1.5);

    /**
     * {@code lambda <- [lambda + a (A x - b)]+} with {@code a = step / sqrt(round)}. Remembers
     * nothing, and needs no solution.
     *
     * @param step the first step, above 0
     */
    record DualAscent(double step) implements MultiplierUpdate {
        /**
         * Checks the step.
         *
         * @throws IllegalArgumentException if it is not a positive number
         */
        public DualAscent {
            positive("the step of dual ascent", step);
        }
    }

    /**
     * {@code a = factor (best solution - minimum) / |A x - b|^2} (B. T. Polyak, "Minimization of
     * unsmooth functionals", 1969). Where no solution is known yet, one unit above the best minimum
     * stands for it.
     *
     * @param factor the first factor, above 0 and at most 2
     * @param patience the factor is halved after so many rounds without a better minimum
     */
    record Subgradient(double factor, int patience) implements MultiplierUpdate {
        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if the factor or the patience is out of range
         */
        public Subgradient {
            if (!(factor > 0 && factor <= 2)) {
                throw new IllegalArgumentException(
                        "Polyak's factor is above 0 and at most 2, not " + factor);
            }
            if (patience < 1) {
                throw new IllegalArgumentException("the patience is at least 1, not " + patience);
            }
        }
    }

    /**
     * The proximal bundle method: the minimum over all cuts seen, less the squared distance from
     * the best multipliers so far (C. Lemarechal, 1978; K. C. Kiwiel, "Proximity control in bundle
     * methods", 1990). A small quadratic program a round: time size^2 times constraints or so. Ends
     * where the linear program of {@link CuttingPlane} confirms that nothing is better.
     *
     * @param size the most cuts in the quadratic program, at least 2
     */
    record Bundle(int size) implements MultiplierUpdate {
        /**
         * Checks the size.
         *
         * @throws IllegalArgumentException if it is below 2
         */
        public Bundle {
            if (size < 2) {
                throw new IllegalArgumentException("a bundle has at least 2 cuts, not " + size);
            }
        }
    }

    /**
     * The maximum over all cuts seen, by a linear program (J. E. Kelley, "The cutting-plane method
     * for solving convex programs", 1960). With exact minima it ends at the dual optimum after a
     * finite number of rounds. A round takes some pivots of constraints times (constraints +
     * rounds) operations.
     */
    record CuttingPlane() implements MultiplierUpdate {}

    /**
     * Multipliers and squares: {@code lambda <- [lambda + rho (A x - b)]+}, and {@code rho / 2 (A x
     * - b)^2} in the sampled model (M. J. D. Powell and M. R. Hestenes, 1969).
     *
     * <p>The square of an equation is 0 for solutions, so minima stay lower bounds. For an
     * inequality the exact term would be {@code [lambda + rho (A x - b)]+^2}, which is not
     * quadratic: here the plain square is added to those inequalities alone that the last minimum
     * broke, which needs no slack and draws to {@code A x - b = -lambda / rho}, but also charges
     * solutions; such rounds prove nothing by their minimum, and the bound comes from roof duality
     * on the model without squares.
     *
     * @param penalty the first rho, above 0
     * @param growth the factor of rho after a round that did not halve the largest violation, at
     *     least 1
     */
    record AugmentedLagrangian(double penalty, double growth) implements MultiplierUpdate {
        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if the penalty is not positive or the growth below 1
         */
        public AugmentedLagrangian {
            positive("the penalty of an augmented Lagrangian", penalty);
            if (!(growth >= 1 && growth < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "the growth of a penalty is at least 1, not " + growth);
            }
        }
    }

    private static void positive(String what, double number) {
        if (!(number > 0 && number < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(what + " is a positive number, not " + number);
        }
    }
}
