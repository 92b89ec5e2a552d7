package org.jaket.annealing.encoding;

import org.jaket.annealing.BinaryQuadraticModel;

/**
 * {@link EncodingKind#ONE_HOT}: bit k says that the number is {@code lower + k}. The penalty is
 * {@code (1 - sum of bits)^2}.
 *
 * @param lower the smallest number
 * @param upper the largest number
 */
record OneHotEncoding(long lower, long upper) implements IntegerEncoding {
    OneHotEncoding {
        Range.check(lower, upper, Range.MOST_PAIRED_BITS);
    }

    @Override
    public EncodingKind kind() {
        return EncodingKind.ONE_HOT;
    }

    @Override
    public int bits() {
        return (int) (upper - lower) + 1;
    }

    @Override
    public long coefficient(int bit) {
        return bit;
    }

    @Override
    public boolean isValid(byte... bits) {
        Range.checkBits(this, bits);
        return Range.ones(bits) == 1;
    }

    @Override
    public byte[] encode(long number) {
        Range.checkNumber(this, number);
        byte[] bits = new byte[bits()];
        bits[(int) (number - lower)] = 1;
        return bits;
    }

    @Override
    public long decode(byte... bits) {
        Range.checkBits(this, bits);
        long sum = 0;
        for (int k = 0; k < bits.length; k++) {
            sum += (long) k * bits[k];
        }
        return lower + sum / Math.max(1, Range.ones(bits));
    }

    @Override
    public void addPenalty(BinaryQuadraticModel.Builder model, int first, double weight) {
        Range.checkWeight(weight);
        model.addOffset(weight);
        for (int k = 0; k < bits(); k++) {
            model.addLinear(first + k, -weight);
            for (int j = k + 1; j < bits(); j++) {
                model.addQuadratic(first + k, first + j, 2 * weight);
            }
        }
    }
}
