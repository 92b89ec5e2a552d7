package org.jaket.annealing.constrained;

import java.util.Arrays;
import java.util.function.IntPredicate;
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
        if (coefficient == 0) {
            return this;
        }
        int[] moreBits = Arrays.copyOf(bits, bits.length + 1);
        double[] more = Arrays.copyOf(a, a.length + 1);
        moreBits[bits.length] = bit;
        more[a.length] = coefficient;
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
