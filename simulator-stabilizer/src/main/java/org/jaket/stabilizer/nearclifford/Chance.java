package org.jaket.stabilizer.nearclifford;

/** Where the random decisions of a shot come from. */
interface Chance {
    /** Decides whether a measurement of the given probability gives -1. */
    boolean happens(double probability);

    /** Decides an error of a chain. */
    boolean error(double probability);

    /** Decides a fair coin. */
    boolean coin();

    /**
     * The first site from {@code site} to {@code end} (exclusive) where an error happens, or {@code
     * end}. Each site is asked once.
     *
     * @param start the first site of the operation, where hazards start from zero
     */
    int nextError(ErrorSites sites, int start, int site, int end);

    /** Whether the shot is not to be followed to its end. */
    default boolean isGivenUp() {
        return false;
    }

    /** Draws from a distribution given by running sums that end with 1. */
    int choose(double[] cumulative);
}
