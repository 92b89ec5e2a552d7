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
        int last = to - 1 >>> 6;
        for (int w = from >>> 6; w <= last; w++) {
            long word = words[at + w];
            if (w == from >>> 6) {
                word &= -1L << from;
            }
            if (w == last) {
                word &= -1L >>> -to;
            }
            count = list(word, (w << 6) - from + base, list, count);
        }
        return count;
    }

    private static int list(long word, int zero, int[] list, int count) {
        int more = Long.bitCount(word);
        long second = word & (word - 1);
        long third = second & (second - 1);
        long fourth = third & (third - 1);
        list[count] = zero + Long.numberOfTrailingZeros(word);
        list[count + 1] = zero + Long.numberOfTrailingZeros(second);
        list[count + 2] = zero + Long.numberOfTrailingZeros(third);
        list[count + 3] = zero + Long.numberOfTrailingZeros(fourth);
        if (more > 4) {
            long left = fourth;
            for (int k = 4; k < more; k++) {
                left &= left - 1;
                list[count + k] = zero + Long.numberOfTrailingZeros(left);
            }
        }
        return count + more;
    }
}
