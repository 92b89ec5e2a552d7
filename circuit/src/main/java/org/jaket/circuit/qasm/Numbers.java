package org.jaket.circuit.qasm;

/** Numbers with the digits that read back to the same double. */
final class Numbers {
    private static final int[] DENOMINATORS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 3, 6, 12, 5, 10};
    private static final int MAX_NUMERATOR = 512;

    private Numbers() {}

    /** An angle: a fraction of pi where that is the same number, otherwise digits. */
    static String angle(double value) {
        if (value == 0) {
            return digits(value);
        }
        for (int d : DENOMINATORS) {
            long k = Math.round(value * d / Math.PI);
            // The reader computes from left to right, and so does this check.
            if (k != 0 && Math.abs(k) <= MAX_NUMERATOR && k * Math.PI / d == value) {
                String numerator = k == 1 ? "pi" : k == -1 ? "-pi" : k + "*pi";
                return d == 1 ? numerator : numerator + "/" + d;
            }
        }
        return digits(value);
    }

    /** Whole numbers without a fraction, others as Java writes them. */
    static String digits(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        boolean negativeZero = value == 0 && 1 / value < 0;
        return whole && !negativeZero ? String.valueOf((long) value) : Double.toString(value);
    }

    /** A duration, in nanoseconds where that is exact. */
    static String duration(double seconds) {
        double nanoseconds = Math.rint(seconds * 1e9);
        boolean exact = nanoseconds * 1e-9 == seconds && nanoseconds < 1e15;
        return exact ? (long) nanoseconds + "ns" : seconds + "s";
    }
}
