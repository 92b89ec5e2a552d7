package org.jaket.annealing.topology;

/** Checks of sizes and coordinates. */
final class Range {
    private Range() {}

    private static int check(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s is between %d and %d, not %d".formatted(what, least, most, value));
        }
        return value;
    }

    /** Checks the size of a grid: larger ones have more couplers than any memory holds. */
    static void size(String what, int value, int least) {
        check(what, value, least, 1000);
    }

    /** Checks a coordinate. */
    static int coordinate(String what, int value, int bound) {
        return check("coordinate " + what, value, 0, bound - 1);
    }
}
