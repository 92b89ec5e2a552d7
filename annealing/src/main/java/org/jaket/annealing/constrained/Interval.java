package org.jaket.annealing.constrained;

/**
 * The numbers between two bounds, which may be infinite. What operations give holds every result: a
 * bound that is not exact is rounded outwards.
 *
 * @param low not positive infinity
 * @param high not negative infinity; below {@code low} where there is no number
 */
record Interval(double low, double high) {
    static final Interval ALL = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    static Interval of(double number) {
        return new Interval(number, number);
    }

    boolean isEmpty() {
        return low > high;
    }

    boolean isOne() {
        return low == high;
    }

    boolean contains(Interval other) {
        return low <= other.low && other.high <= high;
    }

    Interval and(Interval other) {
        return new Interval(Math.max(low, other.low), Math.min(high, other.high));
    }

    Interval plus(Interval other) {
        return new Interval(sum(low, other.low, false), sum(high, other.high, true));
    }

    Interval minus(Interval other) {
        return new Interval(sum(low, -other.high, false), sum(high, -other.low, true));
    }

    Interval times(Interval other) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double a : new double[] {low, high}) {
            for (double b : new double[] {other.low, other.high}) {
                least = Math.min(least, product(a, b, false));
                most = Math.max(most, product(a, b, true));
            }
        }
        return new Interval(least, most);
    }

    Interval squared() {
        double least = low <= 0 && high >= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high));
        double most = Math.max(Math.abs(low), Math.abs(high));
        return new Interval(product(least, least, false), product(most, most, true));
    }

    /** The numbers whose square is in here, or closer to 0. */
    Interval roots() {
        if (high < 0) {
            return new Interval(1, -1);
        }
        double root = Math.sqrt(high);
        root = Math.fma(root, root, -high) < 0 ? Math.nextUp(root) : root;
        return new Interval(-root, root);
    }

    /** The numbers that give one in here when multiplied by some number of another interval. */
    Interval dividedBy(Interval by) {
        boolean zero = low <= 0 && high >= 0;
        if (by.low < 0 && by.high > 0 || zero && by.low <= 0 && by.high >= 0) {
            return ALL;
        }
        if (by.low == 0 && by.high == 0) {
            return new Interval(1, -1);
        }
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double a : new double[] {low, high}) {
            for (double b : new double[] {by.low, by.high}) {
                // The divisor comes close to 0 from the side on which the interval lies.
                double signed = b == 0 ? by.low == 0 ? 0.0 : -0.0 : b;
                least = Math.min(least, quotient(a, signed, false));
                most = Math.max(most, quotient(a, signed, true));
            }
        }
        return new Interval(least, most);
    }

    private static double sum(double a, double b, boolean up) {
        double sum = a + b;
        double part = sum - a;
        return rounded(sum, (a - (sum - part)) + (b - part), up);
    }

    private static double product(double a, double b, boolean up) {
        if (a == 0 || b == 0) {
            return 0;
        }
        double product = a * b;
        return rounded(product, Math.fma(a, b, -product), up);
    }

    private static double quotient(double a, double b, boolean up) {
        if (a == 0) {
            return 0;
        }
        double quotient = a / b;
        if (Double.isNaN(quotient)) {
            return up ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        return rounded(quotient, Math.fma(-quotient, b, a) * Math.signum(b), up);
    }

    /** A result that was rounded, given what it lacks, towards one side; infinities stay. */
    private static double rounded(double result, double lack, boolean up) {
        double outwards =
                up
                        ? lack > 0 ? Math.nextUp(result) : result
                        : lack < 0 ? Math.nextDown(result) : result;
        // Sums of finite numbers that are too large.
        return up ? Math.max(outwards, -Double.MAX_VALUE) : Math.min(outwards, Double.MAX_VALUE);
    }
}
