package org.jaket.stabilizer.mechanisms;

import java.util.Arrays;

/**
 * Turns differences of bits into bits, in place: in each of some ranges, bit {@code i} becomes the
 * sum of itself and bit {@code i - back}, from the lowest range up.
 */
final class RunningSums {
    private final int[] from;
    private final int[] to;
    private final int[] back;

    private RunningSums(int[] from, int[] to, int[] back) {
        this.from = from;
        this.to = to;
        this.back = back;
    }

    /** Collects ranges in ascending order. */
    static final class Builder {
        private final int most;
        private int[] from = new int[16];
        private int[] to = new int[16];
        private int[] back = new int[16];
        private int size;
        private int fence;

        Builder(int most) {
            this.most = most;
        }

        /** A mark behind all ranges so far, which do not grow any more. */
        int mark() {
            fence = size;
            return size;
        }

        /** Adds one bit, behind all others; a bit whose {@code back} is 0 stays as it is. */
        void add(long bit, long back) {
            range(bit, bit + 1, back);
        }

        /**
         * Repeats the ranges since a mark.
         *
         * @param distance of one repetition from the next
         */
        void repeat(int mark, long distance, long times) {
            int[] first = Arrays.copyOfRange(from, mark, size);
            int[] end = Arrays.copyOfRange(to, mark, size);
            int[] distances = Arrays.copyOfRange(back, mark, size);
            if (first.length == 1 && end[0] - first[0] == distance) {
                range(end[0], end[0] + distance * times, distances[0]);
                return;
            }
            for (long t = 1; t <= times && first.length > 0; t++) {
                for (int k = 0; k < first.length; k++) {
                    range(first[k] + t * distance, end[k] + t * distance, distances[k]);
                }
            }
        }

        private void range(long first, long end, long distance) {
            if (end > Integer.MAX_VALUE || size == most) {
                throw new FramesNeededException("The record has too many pieces.");
            }
            if (first == end) {
                return;
            }
            if (size > fence && to[size - 1] == first && back[size - 1] == distance) {
                to[size - 1] = (int) end;
                return;
            }
            if (size == from.length) {
                from = Arrays.copyOf(from, 2 * size);
                to = Arrays.copyOf(to, 2 * size);
                back = Arrays.copyOf(back, 2 * size);
            }
            from[size] = (int) first;
            to[size] = (int) end;
            back[size++] = (int) distance;
        }

        RunningSums build() {
            int kept = 0;
            int[] f = new int[size];
            int[] t = new int[size];
            int[] b = new int[size];
            for (int k = 0; k < size; k++) {
                if (back[k] > 0) {
                    f[kept] = from[k];
                    t[kept] = to[k];
                    b[kept++] = back[k];
                }
            }
            return new RunningSums(
                    Arrays.copyOf(f, kept), Arrays.copyOf(t, kept), Arrays.copyOf(b, kept));
        }
    }

    /** Sums the bits of a row that begins at a word. */
    void sum(long[] rows, int row) {
        for (int k = 0; k < from.length; k++) {
            if (back[k] >= 64) {
                sumFar(rows, row, from[k], to[k], back[k]);
            } else {
                sumNear(rows, row, from[k], to[k], back[k]);
            }
        }
    }

    /** Makes differences of bits: the inverse of {@link #sum}. */
    void difference(long[] rows, int row) {
        for (int k = from.length - 1; k >= 0; k--) {
            for (int i = to[k] - 1; i >= from[k]; i--) {
                int j = i - back[k];
                rows[row + (i >>> 6)] ^= (rows[row + (j >>> 6)] >>> j & 1) << i;
            }
        }
    }

    private static void sumFar(long[] rows, int row, int from, int to, int back) {
        int first = from >>> 6;
        int last = to - 1 >>> 6;
        rows[row + first] ^=
                word(rows, row, (first << 6) - back) & mask(from, first) & below(to, first);
        if (first == last) {
            return;
        }
        int words = back >>> 6;
        int shift = back & 63;
        int middle = row + first + 1;
        if (shift == 0) {
            for (int w = middle; w < row + last; w++) {
                rows[w] ^= rows[w - words];
            }
        } else {
            for (int w = middle; w < row + last; w++) {
                rows[w] ^= rows[w - words] << shift | rows[w - words - 1] >>> 64 - shift;
            }
        }
        rows[row + last] ^= word(rows, row, (last << 6) - back) & below(to, last);
    }

    /** Several sums may end in one word: it is doubled until they reach through. */
    private static void sumNear(long[] rows, int row, int from, int to, int back) {
        for (int w = from >>> 6; w <= to - 1 >>> 6; w++) {
            long mask = mask(from, w) & below(to, w);
            // What is added that stands in this word, but not in the range.
            long window = mask(from - back, w) & ~mask(from, w);
            long x = rows[row + w];
            long before = w == 0 ? 0 : rows[row + w - 1] >>> 64 - back;
            long y = (x ^ before & mask) & (mask | window);
            for (int s = back; s < 64; s <<= 1) {
                y ^= y << s & mask;
            }
            rows[row + w] = x & ~mask | y & mask;
        }
    }

    /** The 64 bits from a bit on; those before the row are zero. */
    private static long word(long[] rows, int row, int bit) {
        int w = bit >> 6;
        int shift = bit & 63;
        long low = w < 0 ? 0 : rows[row + w] >>> shift;
        return shift == 0 || w + 1 < 0 ? low : low | rows[row + w + 1] << 64 - shift;
    }

    /** The bits of a word from a bit of the row on. */
    private static long mask(int from, int word) {
        long start = from - ((long) word << 6);
        return start <= 0 ? -1L : start >= 64 ? 0 : -1L << start;
    }

    /** The bits of a word before a bit of the row. */
    private static long below(int to, int word) {
        return ~mask(to, word);
    }
}
