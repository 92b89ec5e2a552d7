package org.jaket.annealing.problem;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;

import java.util.BitSet;
import java.util.Optional;

/**
 * Numbers in two heaps whose sums are as equal as possible. An answer is the set of the numbers in
 * one heap, by their places.
 *
 * <p>The model has a spin for each number, and its energy is the square of the difference of the
 * sums. Every state is feasible, there are no penalties. Energies are exact as long as the square
 * of the sum of all numbers is below 2^53.
 */
public final class NumberPartitioning implements Problem<BitSet> {
    private final long[] numbers;

    /**
     * An instance.
     *
     * @param numbers at least 0; their sum is below 2^62
     */
    public NumberPartitioning(long... numbers) {
        long sum = 0;
        for (long number : numbers) {
            if (number < 0 || number > (1L << 62) - sum) {
                throw new IllegalArgumentException(
                        "numbers are at least 0, and their sum is below 2^62; see " + number);
            }
            sum += number;
        }
        this.numbers = numbers.clone();
    }

    /** How many numbers there are. */
    public int size() {
        return numbers.length;
    }

    /** A number. */
    public long number(int k) {
        return numbers[k];
    }

    @Override
    public BinaryQuadraticModel model() {
        Squares.limit((long) size() * size() / 2, "the partition");
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN);
        for (int i = 0; i < size(); i++) {
            double a = (double) numbers[i];
            builder.addLinear(i, 0).addOffset(a * a);
            for (int j = 0; j < i; j++) {
                builder.addQuadratic(i, j, 2 * a * (double) numbers[j]);
            }
        }
        return builder.build();
    }

    @Override
    public Optional<BitSet> decode(byte[] state) {
        Answers.length(state, size());
        return Optional.of(Answers.set(state, size()));
    }

    @Override
    public byte[] encode(BitSet heap) {
        Answers.require(this, heap);
        return Answers.state(heap, size(), -1);
    }

    @Override
    public Optional<String> violation(BitSet heap) {
        return Answers.within(heap, size(), "number");
    }

    /** The difference of the two sums. */
    @Override
    public double value(BitSet heap) {
        Answers.require(this, heap);
        long difference = 0;
        for (int i = 0; i < size(); i++) {
            difference += heap.get(i) ? numbers[i] : -numbers[i];
        }
        return (double) Math.abs(difference);
    }

    @Override
    public boolean isMaximum() {
        return false;
    }
}
