package org.jaket.annealing.encoding;

import org.jaket.annealing.BinaryQuadraticModel;

import java.util.Arrays;

/**
 * {@link EncodingKind#UNARY}: the number of ones.
 *
 * @param lower the smallest number
 * @param upper the largest number
 */
record UnaryEncoding(long lower, long upper) implements IntegerEncoding {
    UnaryEncoding {
        Range.check(lower, upper, Range.MOST_BITS);
    }

    @Override
    public EncodingKind kind() {
        return EncodingKind.UNARY;
    }

    @Override
    public int bits() {
        return (int) (upper - lower);
    }

    @Override
    public long coefficient(int bit) {
        return 1;
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
        Arrays.fill(bits, 0, (int) (number - lower), (byte) 1);
        return bits;
    }

    @Override
    public long decode(byte... bits) {
        Range.checkBits(this, bits);
        return lower + Range.ones(bits);
    }

    @Override
    public void addPenalty(BinaryQuadraticModel.Builder model, int first, double weight) {
        Range.checkWeight(weight);
    }
}
