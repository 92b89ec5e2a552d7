package org.jaket.annealing.constrained;

import org.jaket.annealing.encoding.IntegerEncoding;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A linear function of bits and the number that it is compared with.
 *
 * @param label the constraint
 * @param bits which bits, each once
 * @param a their coefficients, in units, none 0
 * @param right what the sum should be, or be at most, in units
 * @param unit what a unit is worth in the constraint
 * @param exact whether all coefficients are whole numbers of units, once they are in units
 * @param beyond by how many units the constraint's right side is above {@code right}, which is a
 *     whole number of units
 * @param steps into how many steps the range is divided where there is no unit
 */
record Row(
        Object label,
        int[] bits,
        double[] a,
        double right,
        double unit,
        boolean exact,
        double beyond,
        int steps) {
    /** Sums of coefficients stay below this, so that squares are exact. */
    private static final double LARGEST = 1L << 26;

    static Row of(Object label, QuadraticFunction linear, double right, int steps) {
        double largest = 0;
        for (int t = 0; t < linear.linearTerms(); t++) {
            largest = Math.max(largest, Math.abs(linear.coefficient(t)));
        }
        // What cancels leaves rounding errors, which are no coefficients.
        double negligible = 1e-12 * largest;
        int[] kept =
                IntStream.range(0, linear.linearTerms())
                        .filter(t -> Math.abs(linear.coefficient(t)) > negligible)
                        .toArray();
        return new Row(
                label,
                Arrays.stream(kept).map(linear::variable).toArray(),
                Arrays.stream(kept).mapToDouble(linear::coefficient).toArray(),
                right,
                1,
                false,
                0,
                steps);
    }

    /** The smallest sum. */
    double least() {
        return Arrays.stream(a).filter(c -> c < 0).sum();
    }

    /** The largest sum. */
    double most() {
        return Arrays.stream(a).filter(c -> c > 0).sum();
    }

    double value(byte[] state) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * state[bits[k]];
        }
        return sum;
    }

    /**
     * The row in units of which all coefficients are multiples. The right side is rounded down, to
     * what the sum can be, unless it is to be equal. Where there is no such unit, it is four steps
     * of the range.
     *
     * @throws IllegalArgumentException if the numbers get too large
     */
    Row inUnits(boolean equal) {
        double common = CommonUnit.of(a);
        double range = most() - least();
        if (common > 0) {
            if (range / common > LARGEST) {
                throw new IllegalArgumentException(
                        "the left side of constraint %s counts %.1e steps of %s, more than %.0f: give its variables closer bounds, or its coefficients fewer digits"
                                .formatted(label, range / common, common, LARGEST));
            }
            double whole = right / common;
            double down = equal ? whole : Math.floor(whole + 1e-6);
            return new Row(
                    label,
                    bits,
                    Arrays.stream(a).map(c -> Math.rint(c / common)).toArray(),
                    down,
                    common,
                    true,
                    Math.max(0, whole - down),
                    steps);
        }
        double step = 4 * range / steps;
        return new Row(
                label,
                bits,
                Arrays.stream(a).map(c -> c / step).toArray(),
                right / step,
                step,
                false,
                0,
                steps);
    }

    /**
     * The same where exactly one of some bits is 1: their coefficients are taken relative to the
     * smallest of them, so that none is negative and the smallest sum is what it looks like.
     *
     * @param first the first of the bits
     */
    Row relative(int first, int count) {
        int from = place(first);
        int to = place(first + count);
        if (from == to) {
            return this;
        }
        double least = to - from < count ? 0 : Double.POSITIVE_INFINITY;
        for (int k = from; k < to; k++) {
            least = Math.min(least, a[k]);
        }
        double[] group = new double[count];
        Arrays.fill(group, -least);
        for (int k = from; k < to; k++) {
            group[bits[k] - first] = a[k] - least;
        }
        int[] kept = IntStream.range(0, count).filter(k -> group[k] != 0).toArray();
        IntStream newBits =
                IntStream.concat(
                        IntStream.concat(
                                Arrays.stream(bits, 0, from),
                                Arrays.stream(kept).map(k -> first + k)),
                        Arrays.stream(bits, to, bits.length));
        DoubleStream coefficients =
                DoubleStream.concat(
                        DoubleStream.concat(
                                Arrays.stream(a, 0, from),
                                Arrays.stream(kept).mapToDouble(k -> group[k])),
                        Arrays.stream(a, to, a.length));
        return new Row(
                label,
                newBits.toArray(),
                coefficients.toArray(),
                right - least,
                unit,
                exact,
                beyond,
                steps);
    }

    /** By how much the largest sum is too large where only one of some bits is 1. */
    double excess(int first, int count) {
        double sum = 0;
        double largest = 0;
        for (int k = place(first); k < place(first + count); k++) {
            sum += Math.max(0, a[k]);
            largest = Math.max(largest, a[k]);
        }
        return sum - largest;
    }

    /** Where a bit of a variable stands or would stand; these bits ascend, and come first. */
    private int place(int bit) {
        int at = Arrays.binarySearch(bits, bit);
        return at < 0 ? -1 - at : at;
    }

    Row without(IntPredicate left) {
        int[] kept = IntStream.range(0, a.length).filter(left.negate()).toArray();
        return new Row(
                label,
                Arrays.stream(kept).map(k -> bits[k]).toArray(),
                Arrays.stream(kept).mapToDouble(k -> a[k]).toArray(),
                right,
                unit,
                exact,
                beyond,
                steps);
    }

    Row with(int bit, double coefficient) {
        int[] moreBits = Arrays.copyOf(bits, bits.length + 1);
        double[] more = Arrays.copyOf(a, a.length + 1);
        moreBits[bits.length] = bit;
        more[a.length] = coefficient;
        return new Row(label, moreBits, more, right, unit, exact, beyond, steps);
    }

    /** Adds a whole number, times a factor; a bit that is worth 0 is left out. */
    Row with(IntegerEncoding code, int first, double factor) {
        int[] worth =
                IntStream.range(0, code.bits()).filter(k -> code.coefficient(k) != 0).toArray();
        int[] moreBits = Arrays.copyOf(bits, bits.length + worth.length);
        double[] more = Arrays.copyOf(a, a.length + worth.length);
        for (int k = 0; k < worth.length; k++) {
            moreBits[bits.length + k] = first + worth[k];
            more[a.length + k] = factor * code.coefficient(worth[k]);
        }
        return new Row(label, moreBits, more, right, unit, exact, beyond, steps);
    }

    Row right(double newRight) {
        return new Row(label, bits, a, newRight, unit, exact, beyond, steps);
    }

    Row negated() {
        double[] other = Arrays.stream(a).map(c -> -c).toArray();
        return new Row(label, bits, other, -right, unit, exact, beyond, steps);
    }

    Penalty.Square square() {
        return new Penalty.Square(label, bits, a, right, bits.length, false);
    }
}
