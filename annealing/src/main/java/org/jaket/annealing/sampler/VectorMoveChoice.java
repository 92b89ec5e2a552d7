package org.jaket.annealing.sampler;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Registers of changes at a time, four next to each other: a minimum waits for the one before. The
 * least number does not depend on the order of comparing.
 */
final class VectorMoveChoice implements MoveChoice {
    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final int LENGTH = DOUBLES.length();

    private static DoubleVector load(double[] from, int at) {
        return DoubleVector.fromArray(DOUBLES, from, at);
    }

    /** The lesser of numbers that are none of NaN: two instructions, where min takes several. */
    private static DoubleVector lesser(DoubleVector one, DoubleVector other) {
        return one.blend(other, other.compare(VectorOperators.LT, one));
    }

    @Override
    public double least(double[] change, int size) {
        DoubleVector a = DoubleVector.broadcast(DOUBLES, Double.POSITIVE_INFINITY);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector d = a;
        int i = 0;
        for (; i <= size - 4 * LENGTH; i += 4 * LENGTH) {
            a = lesser(a, load(change, i));
            b = lesser(b, load(change, i + LENGTH));
            c = lesser(c, load(change, i + 2 * LENGTH));
            d = lesser(d, load(change, i + 3 * LENGTH));
        }
        double found = lesser(lesser(a, b), lesser(c, d)).reduceLanes(VectorOperators.MIN);
        for (; i < size; i++) {
            found = Math.min(found, change[i]);
        }
        return found;
    }

    @Override
    public void least(double[] change, double[] until, int size, double time, double[] least) {
        DoubleVector a = DoubleVector.broadcast(DOUBLES, Double.POSITIVE_INFINITY);
        DoubleVector b = a;
        DoubleVector freeA = a;
        DoubleVector freeB = a;
        DoubleVector now = DoubleVector.broadcast(DOUBLES, time);
        int i = 0;
        for (; i <= size - 2 * LENGTH; i += 2 * LENGTH) {
            DoubleVector one = load(change, i);
            DoubleVector two = load(change, i + LENGTH);
            a = lesser(a, one);
            b = lesser(b, two);
            freeA = lesser(freeA, one, load(until, i).compare(VectorOperators.LE, now));
            freeB = lesser(freeB, two, load(until, i + LENGTH).compare(VectorOperators.LE, now));
        }
        double all = lesser(a, b).reduceLanes(VectorOperators.MIN);
        double free = lesser(freeA, freeB).reduceLanes(VectorOperators.MIN);
        for (; i < size; i++) {
            all = Math.min(all, change[i]);
            if (until[i] <= time) {
                free = Math.min(free, change[i]);
            }
        }
        least[0] = all;
        least[1] = free;
    }

    private static DoubleVector lesser(
            DoubleVector one, DoubleVector other, VectorMask<Double> where) {
        return one.blend(other, other.compare(VectorOperators.LT, one).and(where));
    }

    @Override
    public int find(
            double value, double[] change, double[] until, int size, double time, int from) {
        int at = within(value, change, until, time, from, size);
        return at >= 0 ? at : within(value, change, until, time, 0, from);
    }

    private static int within(
            double value, double[] change, double[] until, double time, int from, int to) {
        int i = from;
        for (; i + LENGTH <= to; i += LENGTH) {
            long same = load(change, i).compare(VectorOperators.EQ, value).toLong();
            for (; same != 0; same &= same - 1) {
                int at = i + Long.numberOfTrailingZeros(same);
                if (until.length == 0 || until[at] <= time) {
                    return at;
                }
            }
        }
        for (; i < to; i++) {
            if (change[i] == value && (until.length == 0 || until[i] <= time)) {
                return i;
            }
        }
        return -1;
    }
}
