package org.jaket.stabilizer.mechanisms;

import org.jaket.stabilizer.random.BitSource;
import org.jaket.stabilizer.random.Poisson;

import java.util.Arrays;

/**
 * Independent errors. A Bernoulli(p) error flips with the law of the parity of a Poisson number of
 * hits with mean {@code -ln(1 - 2p) / 2}, and Poisson numbers add up: so one Poisson number says
 * how many hits there are on a block of shots, and each hit falls on a uniform shot and, by an
 * alias table (M. Vose, "A linear algorithm for generating random numbers with a given
 * distribution", 1991), on an error. No logarithm, no search and no unpredictable branch per hit.
 */
final class PoissonTable {
    /** The most errors of a table, so that a table fits the second-level cache. */
    static final int MOST = 1 << 15;

    /** Hits drawn at a time. */
    private static final int CHUNK = 512;

    private static final int ALIAS_BITS = 24;
    private static final int ALIAS_MASK = (1 << ALIAS_BITS) - 1;

    private static final int WIDTH = 4;

    /** An array's elements begin 16 bytes after a multiple of 8 or more; errors take 32. */
    private static final int FIRST = 2;

    /** In the second word of an error: it is the place of a list of words instead. */
    private static final int LIST = 1 << 30;

    private final double mean;
    private final int size;

    /**
     * Four words per error, which is a column of the alias table at the same time: the chance of
     * staying in the column (upper 40 bits) and the other error (lower 24); the numbers of two
     * words of a shot; their masks. Starts at {@link #FIRST}, so that no error straddles cache
     * lines.
     */
    private final long[] table;

    private final Words[] lists;

    /** The number of each error in its stretch, or empty. */
    private final int[] numbers;

    /**
     * Creates the table.
     *
     * @param phase the bit of a word where the stretch's detectors begin
     * @param detectors number of detectors of a shot
     */
    PoissonTable(Errors errors, int phase, int detectors) {
        int[][] symptoms = errors.independent();
        double[] means = errors.means();
        numbers = errors.numbers();
        size = symptoms.length;
        mean = Arrays.stream(means).sum();
        long[] alias = alias(means, mean);
        table = new long[FIRST + WIDTH * size];
        Words[] long_ = new Words[size];
        int lists = 0;
        for (int e = 0; e < size; e++) {
            Words words = Words.of(symptoms[e], phase, detectors);
            int second = words.count > 1 ? words.words[1] : words.words[0];
            if (words.count > 2) {
                second = LIST | lists;
                long_[lists++] = words;
            }
            int at = FIRST + WIDTH * e;
            table[at] = alias[e];
            table[at + 1] = (long) words.words[0] << 32 | second & 0xFFFF_FFFFL;
            table[at + 2] = words.masks[0];
            table[at + 3] = words.count > 1 ? words.masks[1] : 0;
        }
        this.lists = Arrays.copyOf(long_, lists);
    }

    private static long[] alias(double[] means, double total) {
        int n = means.length;
        double[] share = new double[n];
        int[] small = new int[n];
        int[] large = new int[n];
        int smalls = 0;
        int larges = 0;
        for (int m = 0; m < n; m++) {
            share[m] = means[m] / total * n;
            if (share[m] < 1) {
                small[smalls++] = m;
            } else {
                large[larges++] = m;
            }
        }
        long[] alias = new long[n];
        while (smalls > 0 && larges > 0) {
            int less = small[--smalls];
            int more = large[larges - 1];
            alias[less] = (long) (share[less] * 0x1p40) << ALIAS_BITS | more;
            share[more] -= 1 - share[less];
            if (share[more] < 1) {
                larges--;
                small[smalls++] = more;
            }
        }
        // What is left over has a share of 1 but for rounding: either way it is itself.
        while (larges > 0) {
            int m = large[--larges];
            alias[m] = m;
        }
        while (smalls > 0) {
            int m = small[--smalls];
            alias[m] = m;
        }
        return alias;
    }

    int size() {
        return size;
    }

    /** Expected hits per shot. */
    double mean() {
        return mean;
    }

    /** The law of the number of hits on a block of shots. */
    Poisson hits(int shots) {
        return new Poisson(mean * shots);
    }

    /** Room for the random words of some hits and the errors that they fall on. */
    static final class Room {
        private final long[] random = new long[CHUNK];
        private final int[] errors = new int[CHUNK];
    }

    /**
     * Flips bits of a block of shots.
     *
     * @param hits how many hits
     * @param rows the shots' bits
     * @param stride words per shot
     * @param shots how many shots, a power of two, at most 2^12
     * @param base the word where the stretch's detectors begin
     * @param firstError the bit of a shot that is the stretch's first error, or -1 if errors are
     *     not told apart
     */
    void scatter(
            int hits,
            long[] rows,
            int stride,
            int shots,
            int base,
            int firstError,
            BitSource source,
            Room room) {
        for (int left = hits; left > 0; left -= CHUNK) {
            int chunk = Math.min(left, CHUNK);
            source.fill(room.random, 0, chunk + 7 & -8);
            choose(room.random, room.errors, chunk);
            flip(room.random, room.errors, chunk, rows, stride, shots - 1, base);
            if (firstError >= 0) {
                note(room.random, room.errors, chunk, rows, stride, shots - 1, firstError);
            }
        }
    }

    /**
     * Lets each shot of a block be hit equally often.
     *
     * @param hits per shot
     */
    void scatterEvenly(int hits, long[] rows, int stride, int shots, BitSource source, Room room) {
        long all = (long) hits * shots;
        for (long done = 0; done < all; done += CHUNK) {
            int chunk = (int) Math.min(all - done, CHUNK);
            source.fill(room.random, 0, chunk + 7 & -8);
            choose(room.random, room.errors, chunk);
            for (int k = 0; k < chunk; k++) {
                room.random[k] = (done + k) / hits;
            }
            flip(room.random, room.errors, chunk, rows, stride, -1, 0);
        }
    }

    /**
     * Chooses errors. The product of a random word with the number of columns is the column and, as
     * a fraction, the coin; the low bits, which choose the shot, move the coin by less than 2^-36.
     */
    private void choose(long[] random, int[] errors, int count) {
        long n = size;
        long[] table = this.table;
        for (int k = 0; k < count; k++) {
            long r = random[k];
            int column = (int) Math.unsignedMultiplyHigh(r, n);
            long entry = table[FIRST + WIDTH * column];
            // All ones if the coin says to stay. A branch would be mispredicted half of the time.
            int stay = (int) ((r * n >>> ALIAS_BITS) - (entry >>> ALIAS_BITS) >> 63);
            errors[k] = column & stay | (int) entry & ALIAS_MASK & ~stay;
        }
    }

    private void flip(
            long[] random, int[] errors, int count, long[] rows, int stride, int mask, int base) {
        long[] table = this.table;
        for (int k = 0; k < count; k++) {
            int row = ((int) random[k] & mask) * stride;
            int at = FIRST + WIDTH * errors[k];
            long words = table[at + 1];
            int second = (int) words;
            if ((second & LIST) == 0) {
                rows[row + Words.at((int) (words >> 32), base)] ^= table[at + 2];
                rows[row + Words.at(second, base)] ^= table[at + 3];
            } else {
                Words list = lists[second & ~LIST];
                for (int w = 0; w < list.count; w++) {
                    rows[row + Words.at(list.words[w], base)] ^= list.masks[w];
                }
            }
        }
    }

    private void note(
            long[] random, int[] errors, int count, long[] rows, int stride, int mask, int first) {
        for (int k = 0; k < count; k++) {
            int bit = first + numbers[errors[k]];
            rows[((int) random[k] & mask) * stride + (bit >>> 6)] ^= 1L << bit;
        }
    }
}
