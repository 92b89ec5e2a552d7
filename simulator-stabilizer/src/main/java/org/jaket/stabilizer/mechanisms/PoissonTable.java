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
 * error. Errors of nearly the same mean share a class where that is cheaper: hits are drawn as if
 * all had the largest mean, and those in excess are dropped at random. No logarithm, no search and
 * no unpredictable branch per hit: the errors of a class also flip equally many bits.
 */
final class PoissonTable {
    /** The most errors of a table, so that a table fits the second-level cache. */
    static final int MOST = 1 << 15;

    /** Means that differ by less, relative to their size, are equal but for rounding. */
    private static final double ROUNDING = 1e-12;

    /** What a Poisson number and the start of its hits cost, in hits. */
    private static final double CLASS_HITS = 6;

    /** Hits drawn at a time. */
    private static final int CHUNK = 512;

    /** A field holds a bit of the shot, or one counted from where the stretch begins. */
    private static final int FIELD_BITS = 16;

    private static final int FIELD = (1 << FIELD_BITS) - 1;
    private static final int WORD_FIELDS = 4;

    /** Errors with more bits, or bits that do not fit a field, are lists. */
    private static final int MOST_FIELDS = 8;

    /**
     * How errors flip bits: as many fixed ones, then as many that move with the stretch; or, if
     * both are none, as lists say.
     */
    private record Shape(int fixed, int moving) implements Comparable<Shape> {
        static final Shape LIST = new Shape(0, 0);

        static Shape of(int[] places) {
            int fixed = 0;
            for (int place : places) {
                if ((place < 0 ? ~place : place) > FIELD) {
                    return LIST;
                }
                fixed += place >>> 31;
            }
            return places.length > MOST_FIELDS ? LIST : new Shape(fixed, places.length - fixed);
        }

        int fields() {
            return fixed + moving;
        }

        int words() {
            return fields() > WORD_FIELDS ? 2 : 1;
        }

        @Override
        public int compareTo(Shape other) {
            int byFixed = Integer.compare(fixed, other.fixed);
            return byFixed != 0 ? byFixed : Integer.compare(moving, other.moving);
        }
    }

    /**
     * Errors of one class.
     *
     * @param first the first of them in the table
     * @param size how many
     * @param word the first word of their flips
     * @param mean expected hits per shot and error, the largest among them
     * @param mixed whether the others have less
     */
    private record RateClass(
            Shape shape, int first, int size, int word, double mean, boolean mixed) {}

    private final double mean;
    private final int size;
    private final List<RateClass> classes = new ArrayList<>();

    /** Per error, one or two words: its bits in fields, fixed ones first; or where its list is. */
    private final long[] flips;

    /** Per error: which part of the hits counts, as a fraction of 2^63; empty if all do. */
    private final long[] keep;

    /** Bits as in {@link Symptoms#places}. */
    private final int[][] lists;

    /** The number of each error in its stretch, or empty. */
    private final int[] numbers;

    /**
     * Creates the table.
     *
     * @param detectors number of detectors of a shot
     * @param shots about how many a block has
     */
    PoissonTable(Errors errors, int detectors, int shots) {
        double[] means = errors.means();
        int[][] places = new int[means.length][];
        for (int e = 0; e < places.length; e++) {
            places[e] = Symptoms.places(errors.independent()[e], detectors);
        }
        size = means.length;
        mean = Arrays.stream(means).sum();
        int[] order =
                IntStream.range(0, size)
                        .boxed()
                        .sorted(
                                Comparator.<Integer, Shape>comparing(e -> Shape.of(places[e]))
                                        .thenComparingDouble(e -> -means[e]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        classify(places, means, order, shots);
        numbers = errors.numbers().length == 0 ? errors.numbers() : new int[size];
        keep = new long[classes.stream().anyMatch(RateClass::mixed) ? size : 0];
        for (RateClass c : classes) {
            for (int k = c.first; k < c.first + c.size && keep.length > 0; k++) {
                keep[k] = (long) (means[order[k]] / c.mean * 0x1p63);
            }
        }
        flips = new long[classes.stream().mapToInt(c -> c.size * c.shape.words()).sum()];
        List<int[]> longer = new ArrayList<>();
        for (RateClass c : classes) {
            int at = c.word;
            for (int k = c.first; k < c.first + c.size; k++, at += c.shape.words()) {
                int[] bits = places[order[k]];
                if (c.shape.equals(Shape.LIST)) {
                    flips[at] = longer.size();
                    longer.add(bits);
                    continue;
                }
                for (int f = 0; f < bits.length; f++) {
                    long bit = bits[f] < 0 ? ~bits[f] : bits[f];
                    flips[at + f / WORD_FIELDS] |= bit << FIELD_BITS * (f % WORD_FIELDS);
                }
            }
        }
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = errors.numbers()[order[k]];
        }
        lists = longer.toArray(int[][]::new);
    }

    /**
     * Cuts errors, ordered by their shapes and descending means, into classes: where the hits to be
     * dropped would cost as much as another class.
     */
    private void classify(int[][] places, double[] means, int[] order, int shots) {
        int first = 0;
        double largest = 0;
        double hits = 0;
        for (int from = 0, to; from < size; from = to) {
            Shape shape = Shape.of(places[order[from]]);
            double next = means[order[from]];
            for (to = from + 1; to < size; to++) {
                if (!Shape.of(places[order[to]]).equals(shape)
                        || means[order[to]] < (1 - ROUNDING) * next) {
                    break;
                }
            }
            double all = largest * (to - first);
            double dropped = all - hits - next * (to - from);
            boolean opens = from == 0 || !Shape.of(places[order[first]]).equals(shape);
            if (opens || dropped * shots > CLASS_HITS) {
                close(places, means, order, first, from);
                first = from;
                largest = next;
                hits = 0;
            }
            hits += next * (to - from);
        }
        close(places, means, order, first, size);
    }

    private void close(int[][] places, double[] means, int[] order, int first, int end) {
        if (first < end) {
            double largest = means[order[first]];
            boolean mixed = means[order[end - 1]] < (1 - ROUNDING) * largest;
            Shape shape = Shape.of(places[order[first]]);
            int word = 0;
            if (!classes.isEmpty()) {
                RateClass last = classes.getLast();
                word = last.word + last.size * last.shape.words();
            }
            classes.add(new RateClass(shape, first, end - first, word, largest, mixed));
        }
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
        return classes.stream()
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
     * @param laws from {@link #hits} for this number of shots
     * @param rows the shots, {@code stride} words each
     * @param shots a power of two
     * @param base the bit where the stretch's detectors begin
     * @param firstError the bit of the stretch's first error, or -1 to not tell errors
     * @param room scratch space
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
        for (int c = 0; c < laws.length; c++) {
            RateClass errors = classes.get(c);
            for (int left = laws[c].sample(source); left > 0; left -= CHUNK) {
                int count = Math.min(left, CHUNK);
                source.fill(room.random, 0, count + 7 & -8);
                count = choose(errors, room.random, room.errors, count);
                if (errors.shape.equals(Shape.LIST)) {
                    flipLists(errors, room, count, rows, stride, shots - 1, base);
                } else {
                    flip(errors, 0, room, count, rows, stride, shots - 1, base);
                    if (errors.shape.fields() > WORD_FIELDS) {
                        flip(errors, 1, room, count, rows, stride, shots - 1, base);
                    }
                }
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

    /** Flips the bits of one word of fields, with a loop for each number of them. */
    private void flip(
            RateClass c,
            int word,
            Room room,
            int count,
            long[] rows,
            int stride,
            int mask,
            int base) {
        int width = c.shape.words();
        int at = c.word + word - width * c.first;
        int before = word * WORD_FIELDS;
        int a = before < c.shape.fixed ? 0 : base;
        int b = before + 1 < c.shape.fixed ? 0 : base;
        int d = before + 2 < c.shape.fixed ? 0 : base;
        int e = before + 3 < c.shape.fixed ? 0 : base;
        switch (c.shape.fields() - before) {
            case 1 -> flipOne(room, count, at, width, rows, stride, mask, a);
            case 2 -> flipTwo(room, count, at, width, rows, stride, mask, a, b);
            case 3 -> flipThree(room, count, at, width, rows, stride, mask, a, b, d);
            default -> flipFour(room, count, at, width, rows, stride, mask, a, b, d, e);
        }
    }

    private void flipOne(
            Room room, int count, int at, int width, long[] rows, int stride, int mask, int a) {
        long[] flips = this.flips;
        for (int k = 0; k < count; k++) {
            int row = ((int) room.random[k] & mask) * stride;
            int bits = (int) flips[at + width * room.errors[k]];
            flip(rows, row, a + bits);
        }
    }

    private void flipTwo(
            Room room,
            int count,
            int at,
            int width,
            long[] rows,
            int stride,
            int mask,
            int a,
            int b) {
        long[] flips = this.flips;
        for (int k = 0; k < count; k++) {
            int row = ((int) room.random[k] & mask) * stride;
            int bits = (int) flips[at + width * room.errors[k]];
            flip(rows, row, a + (bits & FIELD));
            flip(rows, row, b + (bits >>> 16));
        }
    }

    private void flipThree(
            Room room,
            int count,
            int at,
            int width,
            long[] rows,
            int stride,
            int mask,
            int a,
            int b,
            int c) {
        long[] flips = this.flips;
        for (int k = 0; k < count; k++) {
            int row = ((int) room.random[k] & mask) * stride;
            long bits = flips[at + width * room.errors[k]];
            flip(rows, row, a + ((int) bits & FIELD));
            flip(rows, row, b + ((int) bits >>> 16));
            flip(rows, row, c + (int) (bits >>> 32));
        }
    }

    private void flipFour(
            Room room,
            int count,
            int at,
            int width,
            long[] rows,
            int stride,
            int mask,
            int a,
            int b,
            int c,
            int d) {
        long[] flips = this.flips;
        for (int k = 0; k < count; k++) {
            int row = ((int) room.random[k] & mask) * stride;
            long bits = flips[at + width * room.errors[k]];
            flip(rows, row, a + ((int) bits & FIELD));
            flip(rows, row, b + ((int) bits >>> 16));
            flip(rows, row, c + ((int) (bits >>> 32) & FIELD));
            flip(rows, row, d + (int) (bits >>> 48));
        }
    }

    private void flipLists(
            RateClass c, Room room, int count, long[] rows, int stride, int mask, int base) {
        for (int k = 0; k < count; k++) {
            int row = ((int) room.random[k] & mask) * stride;
            int[] bits = lists[(int) flips[c.word + room.errors[k] - c.first]];
            Symptoms.flip(bits, base, rows, row);
        }
    }

    private static void flip(long[] rows, int row, int bit) {
        rows[row + (bit >>> 6)] ^= 1L << bit;
    }

    private void note(
            long[] random, int[] errors, int count, long[] rows, int stride, int mask, int first) {
        for (int k = 0; k < count; k++) {
            flip(rows, ((int) random[k] & mask) * stride, first + numbers[errors[k]]);
        }
    }
}
