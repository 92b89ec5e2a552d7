package org.jaket.annealing.sampler;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** A register of changes at a time. The least number does not depend on the order of comparing. */
final class VectorMoveChoice implements MoveChoice {
    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

    /** As many integers as a register has doubles. */
    private static final VectorSpecies<Integer> INTS =
            VectorSpecies.of(int.class, VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));

    private static final int LENGTH = DOUBLES.length();

    @Override
    public double least(double[] change, int size) {
        DoubleVector least = DoubleVector.broadcast(DOUBLES, Double.POSITIVE_INFINITY);
        int end = DOUBLES.loopBound(size);
        for (int i = 0; i < end; i += LENGTH) {
            least = least.min(DoubleVector.fromArray(DOUBLES, change, i));
        }
        double found = least.reduceLanes(VectorOperators.MIN);
        for (int i = end; i < size; i++) {
            found = Math.min(found, change[i]);
        }
        return found;
    }

    @Override
    public double leastFree(double[] change, int[] until, int size, int time) {
        DoubleVector least = DoubleVector.broadcast(DOUBLES, Double.POSITIVE_INFINITY);
        IntVector now = IntVector.broadcast(INTS, time);
        int end = DOUBLES.loopBound(size);
        for (int i = 0; i < end; i += LENGTH) {
            VectorMask<Double> free =
                    IntVector.fromArray(INTS, until, i)
                            .compare(VectorOperators.LE, now)
                            .cast(DOUBLES);
            least =
                    least.lanewise(
                            VectorOperators.MIN, DoubleVector.fromArray(DOUBLES, change, i), free);
        }
        double found = least.reduceLanes(VectorOperators.MIN);
        for (int i = end; i < size; i++) {
            if (until[i] <= time) {
                found = Math.min(found, change[i]);
            }
        }
        return found;
    }

    @Override
    public int find(double value, double[] change, int[] until, int size, int time, int from) {
        int at = within(value, change, until, time, from, size);
        return at >= 0 ? at : within(value, change, until, time, 0, from);
    }

    private static int within(
            double value, double[] change, int[] until, int time, int from, int to) {
        int i = from;
        for (; i + LENGTH <= to; i += LENGTH) {
            long same =
                    DoubleVector.fromArray(DOUBLES, change, i)
                            .compare(VectorOperators.EQ, value)
                            .toLong();
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
