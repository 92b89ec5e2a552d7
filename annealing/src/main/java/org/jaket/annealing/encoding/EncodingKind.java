package org.jaket.annealing.encoding;

/** How whole numbers are written in bits. */
public enum EncodingKind {
    /**
     * Powers of two, the last coefficient cut so that the range is exact: the fewest bits, every
     * pattern valid, several patterns for some numbers.
     */
    BINARY,
    /** One bit a number, exactly one of them set: a penalty holds it so. */
    ONE_HOT,
    /**
     * A bit for each step above the lowest number, ones before zeros (thermometer, domain wall): a
     * penalty between neighbours holds it so.
     */
    ORDER,
    /**
     * A bit for each step above the lowest number, any of them set: every pattern valid, very many
     * patterns for some numbers.
     */
    UNARY;

    /**
     * The encoding of the numbers from lower to upper.
     *
     * @throws IllegalArgumentException if lower is above upper, or the range is too large: 2^53
     *     numbers for {@link #BINARY}, 2^20 for those that need a bit a number, 2^12 for {@link
     *     #ONE_HOT}, whose penalty has a term for each pair of bits
     */
    public IntegerEncoding encoding(long lower, long upper) {
        return switch (this) {
            case BINARY -> BinaryEncoding.of(lower, upper);
            case ONE_HOT -> new OneHotEncoding(lower, upper);
            case ORDER, UNARY -> new CountEncoding(this, lower, upper);
        };
    }
}
