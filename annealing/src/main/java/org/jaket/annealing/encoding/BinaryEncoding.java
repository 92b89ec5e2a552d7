package org.jaket.annealing.encoding;

import org.jaket.annealing.BinaryQuadraticModel;

import java.util.Arrays;

/** {@link EncodingKind#BINARY}: coefficients 1, 2, 4, ..., and the rest to the largest number. */
final class BinaryEncoding implements IntegerEncoding {
    private final long lower;
    private final long[] coefficients;

    private BinaryEncoding(long lower, long[] coefficients) {
        this.lower = lower;
        this.coefficients = coefficients;
    }

    static BinaryEncoding of(long lower, long upper) {
        long span = Range.span(lower, upper);
        int bits = 64 - Long.numberOfLeadingZeros(span);
        long[] coefficients = new long[bits];
        for (int k = 0; k < bits; k++) {
            // The bits before sum to 2^k - 1, so with any last coefficient up to 2^k no number of
            // the range is missed.
            coefficients[k] = k < bits - 1 ? 1L << k : span - ((1L << k) - 1);
        }
        return new BinaryEncoding(lower, coefficients);
    }

    @Override
    public long lower() {
        return lower;
    }

    @Override
    public long upper() {
        return lower + Arrays.stream(coefficients).sum();
    }

    @Override
    public EncodingKind kind() {
        return EncodingKind.BINARY;
    }

    @Override
    public int bits() {
        return coefficients.length;
    }

    @Override
    public long coefficient(int bit) {
        return coefficients[bit];
    }

    @Override
    public boolean isValid(byte... bits) {
        Range.checkBits(this, bits);
        return true;
    }

    @Override
    public byte[] encode(long number) {
        Range.checkNumber(this, number);
        byte[] bits = new byte[bits()];
        long left = number - lower;
        int last = bits.length - 1;
        if (last >= 0 && left >= 1L << last) {
            bits[last] = 1;
            left -= coefficients[last];
        }
        for (int k = 0; k < last; k++) {
            bits[k] = (byte) (left >> k & 1);
        }
        return bits;
    }

    @Override
    public long decode(byte... bits) {
        Range.checkBits(this, bits);
        long number = lower;
        for (int k = 0; k < bits.length; k++) {
            number += bits[k] * coefficients[k];
        }
        return number;
    }

    @Override
    public void addPenalty(BinaryQuadraticModel.Builder model, int first, double weight) {
        Range.checkWeight(weight);
    }
}
