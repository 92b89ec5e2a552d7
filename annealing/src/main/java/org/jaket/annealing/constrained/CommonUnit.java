package org.jaket.annealing.constrained;

/**
 * The largest number of which all of some numbers are whole multiples, where they are fractions
 * with a small common denominator.
 */
final class CommonUnit {
    /** Denominators are at most this. */
    private static final long MOST = 1_000_000;

    /** How far a number may be from a fraction, in units of the last place of the largest. */
    private static final int PLACES = 8;

    private CommonUnit() {}

    /** The unit, or 0 if there is none; 1 if all numbers are 0. */
    static double of(double[] numbers) {
        double largest = 0;
        for (double number : numbers) {
            largest = Math.max(largest, Math.abs(number));
        }
        double tolerance = PLACES * Math.ulp(largest);
        long denominator = 1;
        for (double number : numbers) {
            long q = denominator(Math.abs(number), tolerance);
            if (q == 0) {
                return 0;
            }
            denominator = denominator / gcd(denominator, q) * q;
            if (denominator > MOST || largest * denominator > 1L << 52) {
                return 0;
            }
        }
        long divisor = 0;
        for (double number : numbers) {
            divisor = gcd(divisor, Math.round(Math.abs(number) * denominator));
        }
        return divisor == 0 ? 1 : divisor / (double) denominator;
    }

    /** The denominator of the first continued fraction that is near enough, 0 if none is. */
    private static long denominator(double number, double tolerance) {
        double rest = number;
        long before = 0;
        long q = 1;
        while (q <= MOST) {
            if (Math.abs(Math.rint(number * q) / q - number) <= tolerance) {
                return q;
            }
            rest = 1 / (rest - Math.floor(rest));
            if (!(rest < MOST * 2.0)) {
                return 0;
            }
            long next = (long) Math.floor(rest) * q + before;
            before = q;
            q = next;
        }
        return 0;
    }

    static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
