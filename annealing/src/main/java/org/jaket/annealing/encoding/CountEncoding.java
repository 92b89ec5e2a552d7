package org.jaket.annealing.encoding;

import org.jaket.annealing.BinaryQuadraticModel;

import java.util.Arrays;

/**
 * A count of ones: {@link EncodingKind#UNARY} any of them, {@link EncodingKind#ORDER} ones before
 * zeros, so that bit k says that the number is above {@code lower + k}. The penalty for an order is
 * the sum of {@code b[k+1] (1 - b[k])} (Chancellor, "Domain wall encoding of discrete variables",
 * Quantum Science and Technology 4, 2019).
 *
 * @param kind one of the two
 * @param lower the smallest number
 * @param upper the largest number
 */
record CountEncoding(EncodingKind kind, long lower, long upper) implements IntegerEncoding {
    CountEncoding {
        Range.check(lower, upper, Range.MOST_BITS);
    }

    private boolean isOrdered() {
        return kind == EncodingKind.ORDER;
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
        for (int k = 1; k < bits.length && isOrdered(); k++) {
            if (bits[k] > bits[k - 1]) {
                return false;
            }
        }
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
        for (int k = 1; k < bits() && isOrdered(); k++) {
            model.addLinear(first + k, weight).addQuadratic(first + k - 1, first + k, -weight);
        }
    }
}
