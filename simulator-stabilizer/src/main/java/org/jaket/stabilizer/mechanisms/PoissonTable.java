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

    /** What a class costs, in hits per shot: a Poisson number every few hundred shots. */
    private static final double CLASS_COST = 1.0 / 64;

    /** The part of a class's hits that may be dropped. */
    private static final double MOST_DROPPED = 0.1;

    /** Hits drawn at a time. */
    private static final int CHUNK = 512;

    /** Bits that a field reaches, and fields of an error. */
    private static final int FIELD_BITS = 16;

    private static final int FIELD = (1 << FIELD_BITS) - 1;
    private static final int MOST_FIELDS = 4;

    /** Kind of errors that flip bits further away, less the number of these bits. */
    private static final int FAR = 8;

    /** Errors that flip more bits than this are lists. */
    private static final int MOST_FAR = 8;

    private static final int LIST = 0;

    /**
     * Errors of one class.
     *
     * @param kind how many bits each flips, if they are near; FAR and their number, or LIST
     * @param first the first of them in the table
     * @param size how many
     * @param mean expected hits per shot and error, the largest among them
     * @param mixed whether the others have less
     */
    private record RateClass(int kind, int first, int size, double mean, boolean mixed) {}

    private final double mean;
    private final int size;
    private final List<RateClass> classes = new ArrayList<>();

    /** Per error: the bits that it flips, from a run's first on, in fields; or where they are. */
    private final long[] flips;

    /** Bits as in {@link Symptoms#places}. */
    private final int[] far;

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
     */
    PoissonTable(Errors errors, int detectors) {
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
                                Comparator.<Integer>comparingInt(e -> kind(places[e]))
                                        .thenComparingDouble(e -> -means[e]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        classify(places, means, order);
        numbers = errors.numbers().length == 0 ? errors.numbers() : new int[size];
        keep = new long[classes.stream().anyMatch(RateClass::mixed) ? size : 0];
        for (RateClass c : classes) {
            for (int k = c.first; k < c.first + c.size && keep.length > 0; k++) {
                keep[k] = (long) (means[order[k]] / c.mean * 0x1p63);
            }
        }
        flips = new long[size];
        IntStream.Builder further = IntStream.builder();
        int farSize = 0;
        List<int[]> longer = new ArrayList<>();
        for (int k = 0; k < size; k++) {
            int[] bits = places[order[k]];
            int kind = kind(bits);
            if (kind == LIST) {
                flips[k] = longer.size();
                longer.add(bits);
            } else if (kind > FAR) {
                flips[k] = farSize;
                farSize += bits.length;
                Arrays.stream(bits).forEach(further::add);
            } else {
                for (int f = 0; f < bits.length; f++) {
                    flips[k] |= (long) bits[f] << FIELD_BITS * f;
                }
            }
            if (numbers.length > 0) {
                numbers[k] = errors.numbers()[order[k]];
            }
        }
        far = further.build().toArray();
        lists = longer.toArray(int[][]::new);
    }

    private static int kind(int[] places) {
        int bits = places.length;
        boolean near = bits <= MOST_FIELDS;
        for (int bit : places) {
            near &= bit >= 0 && bit <= FIELD;
        }
        return near ? bits : bits <= MOST_FAR ? FAR + bits : LIST;
    }

    /** Cuts errors, ordered by their numbers of bits and descending means, into classes. */
    private void classify(int[][] places, double[] means, int[] order) {
        int first = 0;
        double largest = 0;
        double hits = 0;
        for (int from = 0, to; from < size; from = to) {
            int kind = kind(places[order[from]]);
            double next = means[order[from]];
            for (to = from + 1; to < size; to++) {
                if (kind(places[order[to]]) != kind || means[order[to]] < (1 - ROUNDING) * next) {
                    break;
                }
            }
            double all = largest * (to - first);
            double dropped = all - hits - next * (to - from);
            boolean opens = from == 0 || kind(places[order[first]]) != kind;
            if (opens || dropped > CLASS_COST && dropped > MOST_DROPPED * all) {
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
            int kind = kind(places[order[first]]);
            classes.add(new RateClass(kind, first, end - first, largest, mixed));
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
                switch (errors.kind) {
                    case 1 -> flipOne(room, count, rows, stride, shots - 1, base);
                    case 2 -> flipTwo(room, count, rows, stride, shots - 1, base);
                    case 3 -> flipThree(room, count, rows, stride, shots - 1, base);
                    case 4 -> flipFour(room, count, rows, stride, shots - 1, base);
                    case LIST -> flipLists(room, count, rows, stride, shots - 1, base);
                    default ->
                            flipFar(room, count, errors.kind - FAR, rows, stride, shots - 1, base);
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

    // One loop for each number of bits: what a hit does then depends on no branch.

    private void flipOne(Room room, int count, long[] rows, int stride, int mask, int base) {
        long[] flips = this.flips;
        for (int k = 0; k < count; k++) {
            int row = ((int) room.random[k] & mask) * stride;
            flip(rows, row, base + (int) flips[room.errors[k]]);
        }
    }

    private void flipTwo(Room room, int count, long[] rows, int stride, int mask, int base) {
        long[] flips = this.flips;
        for (int k = 0; k < count; k++) {
            int row = ((int) room.random[k] & mask) * stride;
            int bits = (int) flips[room.errors[k]];
            flip(rows, row, base + (bits & FIELD));
            flip(rows, row, base + (bits >>> 16));
        }
    }

    private void flipThree(Room room, int count, long[] rows, int stride, int mask, int base) {
        long[] flips = this.flips;
        for (int k = 0; k < count; k++) {
            int row = ((int) room.random[k] & mask) * stride;
            long bits = flips[room.errors[k]];
            flip(rows, row, base + ((int) bits & FIELD));
            flip(rows, row, base + ((int) bits >>> 16));
            flip(rows, row, base + (int) (bits >>> 32));
        }
    }

    private void flipFour(Room room, int count, long[] rows, int stride, int mask, int base) {
        long[] flips = this.flips;
        for (int k = 0; k < count; k++) {
            int row = ((int) room.random[k] & mask) * stride;
            long bits = flips[room.errors[k]];
            flip(rows, row, base + ((int) bits & FIELD));
            flip(rows, row, base + ((int) bits >>> 16));
            flip(rows, row, base + ((int) (bits >>> 32) & FIELD));
            flip(rows, row, base + (int) (bits >>> 48));
        }
    }

    private void flipFar(
            Room room, int count, int bits, long[] rows, int stride, int mask, int base) {
        long[] flips = this.flips;
        int[] far = this.far;
        for (int k = 0; k < count; k++) {
            int row = ((int) room.random[k] & mask) * stride;
            int at = (int) flips[room.errors[k]];
            for (int b = at; b < at + bits; b++) {
                // The sign says that the bit is counted from the start of the shot.
                int place = far[b];
                int sign = place >> 31;
                flip(rows, row, (place ^ sign) + (base & ~sign));
            }
        }
    }

    private void flipLists(Room room, int count, long[] rows, int stride, int mask, int base) {
        for (int k = 0; k < count; k++) {
            int row = ((int) room.random[k] & mask) * stride;
            Symptoms.flip(lists[(int) flips[room.errors[k]]], base, rows, row);
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
