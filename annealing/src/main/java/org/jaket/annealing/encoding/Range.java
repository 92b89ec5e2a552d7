package org.jaket.annealing.encoding;

/** What all encodings check. */
final class Range {
    /** Most bits of an encoding with a bit a number. */
    static final int MOST_BITS = 1 << 20;

    /** Most bits where the penalty has a term for each pair of them. */
    static final int MOST_PAIRED_BITS = 1 << 12;

    /** Numbers up to this are exact as double. */
    private static final long EXACT = 1L << 53;

    private Range() {}

    /** Checks bounds, and that there are not too many numbers between them. */
    static void check(long lower, long upper, int most) {
        if (span(lower, upper) >= most) {
            throw new IllegalArgumentException(
                    "the numbers from %d to %d need a bit each, at most %d: use the binary encoding"
                            .formatted(lower, upper, most));
        }
    }

    static long span(long lower, long upper) {
        if (lower > upper) {
            throw new IllegalArgumentException(
                    "no number lies between %d and %d".formatted(lower, upper));
        }
        if (lower < -EXACT || upper > EXACT || upper - lower > EXACT) {
            throw new IllegalArgumentException(
                    "the numbers from %d to %d are too many to be exact: at most 2^53, and give closer bounds where possible"
                            .formatted(lower, upper));
        }
        return upper - lower;
    }

    static void checkNumber(IntegerEncoding encoding, long number) {
        if (number < encoding.lower() || number > encoding.upper()) {
            throw new IllegalArgumentException(
                    "%d is not from %d to %d"
                            .formatted(number, encoding.lower(), encoding.upper()));
        }
    }

    static void checkBits(IntegerEncoding encoding, byte[] bits) {
        if (bits.length != encoding.bits()) {
            throw new IllegalArgumentException(
                    "the encoding has %d bits, not %d".formatted(encoding.bits(), bits.length));
        }
        for (byte bit : bits) {
            if (bit < 0 || bit > 1) {
                throw new IllegalArgumentException("a bit is 0 or 1, not " + bit);
            }
        }
    }

    static void checkWeight(double weight) {
        if (!(weight >= 0) || weight == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "the weight of a penalty is a finite number of at least 0, not " + weight);
        }
    }

    static int ones(byte[] bits) {
        int ones = 0;
        for (byte bit : bits) {
            ones += bit;
        }
        return ones;
    }
}
