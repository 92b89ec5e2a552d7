package org.jaket.annealing.encoding;

import org.jaket.annealing.BinaryQuadraticModel;

/**
 * A whole number written in binary variables: {@code lower + sum of coefficient[k] bit[k]}, as long
 * as the bits are {@linkplain #isValid valid}.
 *
 * <pre>{@code
 * IntegerEncoding digits = EncodingKind.BINARY.encoding(3, 15); // 3 + b0 + 2 b1 + 4 b2 + 5 b3
 * digits.decode(digits.encode(11)); // 11
 * }</pre>
 *
 * <p>The schemes are compared in Chen, Stollenwerk and Chancellor, "Performance of domain-wall
 * encoding for quantum annealing", IEEE Transactions on Quantum Engineering 2 (2021).
 */
public sealed interface IntegerEncoding permits BinaryEncoding, CountEncoding, OneHotEncoding {
    /** The smallest number. */
    long lower();

    /** The largest number. */
    long upper();

    /** Which scheme it is. */
    EncodingKind kind();

    /** How many bits there are. */
    int bits();

    /** What a bit adds to the number. */
    long coefficient(int bit);

    /**
     * Whether the bits are a number.
     *
     * @param bits zeros and ones
     * @throws IllegalArgumentException if there are not as many as {@link #bits()}, or others than
     *     zeros and ones
     */
    boolean isValid(byte... bits);

    /**
     * The bits of a number; of several possible ones, one.
     *
     * @throws IllegalArgumentException if the number is not from {@link #lower} to {@link #upper}
     */
    byte[] encode(long number);

    /**
     * The number that bits say. Bits that are not valid give a number near by: a count of the ones
     * for order encoding, the mean of the chosen numbers for one-hot encoding, rounded down, the
     * lowest number if none is chosen.
     *
     * @param bits zeros and ones
     * @throws IllegalArgumentException if there are not as many as {@link #bits()}, or others than
     *     zeros and ones
     */
    long decode(byte... bits);

    /**
     * Adds a penalty: 0 for valid bits, at least the weight for others. Nothing where all bits are
     * valid.
     *
     * @param first the model's number of the first bit; the others follow
     * @throws IllegalArgumentException if the weight is not a finite number of at least 0
     */
    void addPenalty(BinaryQuadraticModel.Builder model, int first, double weight);
}
