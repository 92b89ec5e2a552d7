package org.jaket.annealing.problem;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Items in as few bins of one capacity as possible. An answer is the bin of each item.
 *
 * <p>There are as many bins as the best-known simple packing needs (first fit, largest items
 * first), at most 11/9 of the optimum. The model has binary variables for each item and bin ({@code
 * item bins + bin}), then one for each bin that is used, then slack variables whose sums are the
 * integers from 0 to the capacity, bin by bin. It counts the bins used; an item that is not in
 * exactly one bin, and a bin whose load and slack differ from its capacity (from 0 where it is not
 * used), are penalised by the square. All of it is integer, a packing with all bins is feasible, so
 * a penalty above the number of bins is enough; it is that plus 1. Energies are exact for
 * capacities below 2^24.
 */
public final class BinPacking implements Problem<int[]> {
    private static final int MAX_ITEMS = 1 << 14;

    private final long capacity;
    private final long[] sizes;
    private final int[] simple;
    private final int bins;

    /**
     * An instance.
     *
     * @param capacity of each bin
     * @param sizes of the items, from 0 to the capacity
     */
    public BinPacking(long capacity, long... sizes) {
        this.capacity = capacity;
        this.sizes = sizes.clone();
        for (long size : sizes) {
            if (size < 0 || size > capacity) {
                throw new IllegalArgumentException(
                        "an item of size %d does not fit a bin of %d".formatted(size, capacity));
            }
        }
        this.simple = firstFit();
        this.bins = Arrays.stream(simple).max().orElse(-1) + 1;
    }

    /**
     * Reads an instance as those of Falkenauer and Scholl: the number of items, the capacity, the
     * sizes, all integers.
     *
     * @throws org.jaket.annealing.file.ModelFileException if it is none
     */
    public static BinPacking read(Path file) throws IOException {
        return InstanceText.read(file, BinPacking::read);
    }

    /**
     * Reads an instance from a stream, which is not closed.
     *
     * @param source what errors call it
     */
    public static BinPacking read(InputStream in, String source) throws IOException {
        InstanceText text = new InstanceText(in, source);
        int n = text.integer("the number of items", 0, MAX_ITEMS);
        long capacity = text.whole("the capacity", 1);
        long[] sizes = new long[n];
        for (int i = 0; i < n; i++) {
            sizes[i] = text.whole("a size", 0);
            if (sizes[i] > capacity) {
                throw text.error("the item is larger than the capacity of " + capacity);
            }
        }
        text.end();
        return new BinPacking(capacity, sizes);
    }

    private int[] firstFit() {
        int[] order =
                IntStream.range(0, sizes.length)
                        .boxed()
                        .sorted(Comparator.comparingLong(i -> -sizes[i]))
                        .mapToInt(i -> i)
                        .toArray();
        long[] free = new long[sizes.length];
        Arrays.fill(free, capacity);
        int[] bin = new int[sizes.length];
        for (int i : order) {
            while (free[bin[i]] < sizes[i]) {
                bin[i]++;
            }
            free[bin[i]] -= sizes[i];
        }
        return bin;
    }

    /** How many bins there are. */
    public int bins() {
        return bins;
    }

    /** How many items there are. */
    public int items() {
        return sizes.length;
    }

    /** The packing of first fit, largest items first. */
    public int[] firstFitDecreasing() {
        return simple.clone();
    }

    private int used(int bin) {
        return sizes.length * bins + bin;
    }

    private int slack(int bin) {
        return (sizes.length + 1) * bins + bin * Squares.bounded(capacity).length;
    }

    @Override
    public BinaryQuadraticModel model() {
        long per = sizes.length + 64L;
        Squares.limit(per * per / 2 * bins, "the packing");
        var builder = BinaryQuadraticModel.builder(Vartype.BINARY);
        double penalty = bins + 1.0;
        Squares sum = new Squares();
        for (int i = 0; i < sizes.length; i++) {
            for (int b = 0; b < bins; b++) {
                sum.add(i * bins + b, 1);
            }
            sum.addTo(builder, -1, penalty);
        }
        long[] coefficients = Squares.bounded(capacity);
        for (int b = 0; b < bins; b++) {
            builder.addLinear(used(b), 1);
            sum.add(used(b), -(double) capacity);
            for (int i = 0; i < sizes.length; i++) {
                sum.add(i * bins + b, (double) sizes[i]);
            }
            for (int k = 0; k < coefficients.length; k++) {
                sum.add(slack(b) + k, (double) coefficients[k]);
            }
            sum.addTo(builder, 0, penalty);
        }
        return builder.build();
    }

    /** The items' bins, whatever the other variables say. */
    @Override
    public Optional<int[]> decode(byte[] state) {
        Answers.length(state, slack(bins));
        return Answers.oneHot(state, 0, sizes.length, bins).filter(this::isFeasible);
    }

    @Override
    public byte[] encode(int[] answer) {
        Answers.require(this, answer);
        byte[] state = new byte[slack(bins)];
        long[] load = load(answer);
        for (int i = 0; i < answer.length; i++) {
            state[i * bins + answer[i]] = 1;
        }
        for (int b = 0; b < bins; b++) {
            if (load[b] > 0) {
                state[used(b)] = 1;
                Squares.write(capacity - load[b], Squares.bounded(capacity), state, slack(b));
            }
        }
        return state;
    }

    private long[] load(int[] answer) {
        long[] load = new long[bins];
        for (int i = 0; i < answer.length; i++) {
            load[answer[i]] += sizes[i];
        }
        return load;
    }

    @Override
    public Optional<String> violation(int[] answer) {
        Optional<String> wrong = Answers.choices(answer, sizes.length, bins, "bin");
        if (wrong.isEmpty()) {
            long[] load = load(answer);
            for (int b = 0; b < bins; b++) {
                if (load[b] > capacity) {
                    return Optional.of(
                            "bin %d has a load of %d, and a capacity of %d"
                                    .formatted(b, load[b], capacity));
                }
            }
        }
        return wrong;
    }

    /** The number of bins with a load. */
    @Override
    public double value(int[] answer) {
        Answers.require(this, answer);
        return Arrays.stream(load(answer)).filter(load -> load > 0).count();
    }

    @Override
    public boolean isMaximum() {
        return false;
    }
}
