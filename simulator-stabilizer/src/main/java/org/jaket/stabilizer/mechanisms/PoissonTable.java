package org.jaket.stabilizer.mechanisms;

import org.jaket.stabilizer.random.BitSource;
import org.jaket.stabilizer.random.Poisson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Independent errors. A Bernoulli(p) error flips with the law of the parity of a Poisson number of
 * hits with mean {@code -ln(1 - 2p) / 2}. Poisson numbers add up, and a part of the hits taken at
 * random is Poisson again: so errors of the same mean form a class, one Poisson number says how
 * often the class is hit in a block of shots, and each hit falls on a uniform shot and a uniform
 * error. Errors of many different means share classes whose means differ by less than a factor of
 * two; there hits are drawn as if all had the largest, and those in excess are dropped at random.
 * No logarithm, no search and no unpredictable branch per hit.
 */
final class PoissonTable {
    /** The most errors of a table, so that a table fits the second-level cache. */
    static final int MOST = 1 << 15;

    /** Means that differ by less, relative to their size, are equal but for rounding. */
    private static final double ROUNDING = 1e-12;

    /** With more different means than this, classes are of similar ones. */
    private static final int MOST_CLASSES = 48;

    /** Hits drawn at a time. */
    private static final int CHUNK = 512;

    /** In the second word of an error: it is the place of a list of words instead. */
    private static final int LIST = 1 << 30;

    private static final int WIDTH = 3;

    /**
     * Errors of one class.
     *
     * @param first the first of them in the table
     * @param size how many
     * @param mean expected hits per shot and error, the largest among them
     * @param mixed whether the others have less
     */
    private record RateClass(int first, int size, double mean, boolean mixed) {}

    private final double mean;
    private final int size;
    private final RateClass[] classes;

    /** Per error: the numbers of two words of a shot, then their masks. */
    private final long[] flips;

    /** Per error: which part of the hits counts, as a fraction of 2^63; empty if all do. */
    private final long[] keep;

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
        double[] means = errors.means();
        size = means.length;
        mean = Arrays.stream(means).sum();
        int[] order =
                IntStream.range(0, size)
                        .boxed()
                        .sorted(Comparator.comparingDouble(e -> -means[e]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        List<RateClass> equal = classes(means, order, 1 - ROUNDING);
        classes =
                (equal.size() <= MOST_CLASSES ? equal : classes(means, order, 0.5))
                        .toArray(RateClass[]::new);
        numbers = errors.numbers().length == 0 ? errors.numbers() : new int[size];
        flips = new long[WIDTH * size];
        keep = new long[Arrays.stream(classes).anyMatch(RateClass::mixed) ? size : 0];
        for (RateClass c : classes) {
            for (int k = c.first; k < c.first + c.size && keep.length > 0; k++) {
                keep[k] = (long) (means[order[k]] / c.mean * 0x1p63);
            }
        }
        List<Words> longer = new ArrayList<>();
        for (int k = 0; k < size; k++) {
            Words words = Words.of(errors.independent()[order[k]], phase, detectors);
            int second = words.count > 1 ? words.words[1] : words.words[0];
            if (words.count > 2) {
                second = LIST | longer.size();
                longer.add(words);
            }
            flips[WIDTH * k] = (long) words.words[0] << 32 | second & 0xFFFF_FFFFL;
            flips[WIDTH * k + 1] = words.masks[0];
            flips[WIDTH * k + 2] = words.count > 1 ? words.masks[1] : 0;
            if (numbers.length > 0) {
                numbers[k] = errors.numbers()[order[k]];
            }
        }
        lists = longer.toArray(Words[]::new);
    }

    /** Cuts errors in descending order of their means where a mean falls below a share. */
    private static List<RateClass> classes(double[] means, int[] order, double share) {
        List<RateClass> classes = new ArrayList<>();
        int first = 0;
        for (int k = 1; k <= order.length; k++) {
            double largest = means[order[first]];
            if (k == order.length || means[order[k]] < share * largest) {
                boolean mixed = means[order[k - 1]] < (1 - ROUNDING) * largest;
                classes.add(new RateClass(first, k - first, largest, mixed));
                first = k;
            }
        }
        return classes;
    }

    int size() {
        return size;
    }

    /** Expected hits per shot. */
    double mean() {
        return mean;
    }

    /** The laws of the numbers of hits on a block of shots, class by class. */
    Poisson[] hits(int shots) {
        return Arrays.stream(classes)
                .map(c -> new Poisson(c.mean * c.size * shots))
                .toArray(Poisson[]::new);
    }

    /** Room for the random words of some hits and the errors that they fall on. */
    static final class Room {
        private final long[] random = new long[CHUNK];
        private final int[] errors = new int[CHUNK];
    }

    /**
     * Flips bits of a block of shots.
     *
     * @param laws what {@link #hits} gives for the block
     * @param rows the shots' bits
     * @param stride words per shot
     * @param shots how many shots, a power of two, at most 2^12
     * @param base the word where the stretch's detectors begin
     * @param firstError the bit of a shot that is the stretch's first error, or -1 if errors are
     *     not told apart
     */
    void scatter(
            Poisson[] laws,
            long[] rows,
            int stride,
            int shots,
            int base,
            int firstError,
            BitSource source,
            Room room) {
        for (int c = 0; c < classes.length; c++) {
            for (int left = laws[c].sample(source); left > 0; left -= CHUNK) {
                int count = Math.min(left, CHUNK);
                source.fill(room.random, 0, count + 7 & -8);
                count = choose(classes[c], room.random, room.errors, count);
                flip(room.random, room.errors, count, rows, stride, shots - 1, base);
                if (firstError >= 0) {
                    note(room.random, room.errors, count, rows, stride, shots - 1, firstError);
                }
            }
        }
    }

    /**
     * Chooses errors and returns how many hits count. The product of a random word with the size of
     * the class is the error and, as a fraction, the coin; the low bits, which choose the shot,
     * move the coin by less than 2^-36.
     */
    private int choose(RateClass c, long[] random, int[] errors, int count) {
        long n = c.size;
        int first = c.first;
        if (!c.mixed) {
            for (int k = 0; k < count; k++) {
                errors[k] = first + (int) Math.unsignedMultiplyHigh(random[k], n);
            }
            return count;
        }
        int kept = 0;
        for (int k = 0; k < count; k++) {
            long r = random[k];
            int error = first + (int) Math.unsignedMultiplyHigh(r, n);
            errors[kept] = error;
            random[kept] = r;
            // One if the coin says that the hit counts.
            kept += (int) ((r * n >>> 1) - keep[error] >>> 63);
        }
        return kept;
    }

    private void flip(
            long[] random, int[] errors, int count, long[] rows, int stride, int mask, int base) {
        long[] flips = this.flips;
        for (int k = 0; k < count; k++) {
            int row = ((int) random[k] & mask) * stride;
            int at = WIDTH * errors[k];
            long words = flips[at];
            int second = (int) words;
            if ((second & LIST) == 0) {
                rows[row + Words.at((int) (words >> 32), base)] ^= flips[at + 1];
                rows[row + Words.at(second, base)] ^= flips[at + 2];
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
