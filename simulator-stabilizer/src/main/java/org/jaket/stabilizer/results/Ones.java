package org.jaket.stabilizer.results;

/**
 * Lists where the ones of a row are.
 *
 * <p>Shots have about one per word, so a loop over the ones of each word is mispredicted at nearly
 * each. Here the first four places of a word are written whether they are there or not, and the
 * list's length says how many count (after D. Lemire, "Iterating over set bits quickly (SIMD
 * edition)", 2019).
 */
final class Ones {
    /** Bits that are listed at a time. */
    static final int STRETCH = 1 << 12;

    /** The room that a list of the ones of a stretch takes. */
    static final int ROOM = STRETCH + 4;

    private Ones() {}

    /**
     * Lists the ones among some bits of a row, counted from the first of these, in their order.
     *
     * @param at where the row starts
     * @param from the first bit
     * @param to one past the last bit, at most {@link #STRETCH} further
     * @param base what is added to each number
     * @param list receives them, {@link #ROOM} long
     * @return how many there are
     */
    static int list(long[] words, int at, int from, int to, int base, int[] list) {
        int count = 0;
        for (int w = from >>> 6; w << 6 < to; w++) {
            long word = words[at + w];
            int first = w << 6;
            if (first < from) {
                word &= -1L << from;
            }
            if (to - first < 64) {
                word &= (1L << to) - 1;
            }
            int zero = first - from + base;
            int more = Long.bitCount(word);
            for (int k = 0; k < 4; k++) {
                list[count + k] = zero + Long.numberOfTrailingZeros(word);
                word &= word - 1;
            }
            for (int k = 4; k < more; k++) {
                list[count + k] = zero + Long.numberOfTrailingZeros(word);
                word &= word - 1;
            }
            count += more;
        }
        return count;
    }
}
