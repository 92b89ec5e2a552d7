package org.jaket.annealing.sampler;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * A register of changes at a time. Least numbers do not depend on the order they are compared in.
 */
final class VectorMoveChoice implements MoveChoice {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int LENGTH = FLOATS.length();

    @Override
    public float least(float[] change, int size) {
        FloatVector least = FloatVector.broadcast(FLOATS, Float.POSITIVE_INFINITY);
        int end = FLOATS.loopBound(size);
        for (int i = 0; i < end; i += LENGTH) {
            least = least.min(FloatVector.fromArray(FLOATS, change, i));
        }
        float found = least.reduceLanes(VectorOperators.MIN);
        for (int i = end; i < size; i++) {
            found = Math.min(found, change[i]);
        }
        return found;
    }

    @Override
    public float leastFree(float[] change, int[] until, int size, int time) {
        FloatVector least = FloatVector.broadcast(FLOATS, Float.POSITIVE_INFINITY);
        IntVector now = IntVector.broadcast(INTS, time);
        int end = FLOATS.loopBound(size);
        for (int i = 0; i < end; i += LENGTH) {
            VectorMask<Float> free =
                    IntVector.fromArray(INTS, until, i)
                            .compare(VectorOperators.LE, now)
                            .cast(FLOATS);
            least =
                    least.lanewise(
                            VectorOperators.MIN, FloatVector.fromArray(FLOATS, change, i), free);
        }
        float found = least.reduceLanes(VectorOperators.MIN);
        for (int i = end; i < size; i++) {
            if (until[i] <= time) {
                found = Math.min(found, change[i]);
            }
        }
        return found;
    }

    @Override
    public int find(float value, float[] change, int[] until, int size, int time, int from) {
        int at = within(value, change, until, time, from, size);
        return at >= 0 ? at : within(value, change, until, time, 0, from);
    }

    private static int within(
            float value, float[] change, int[] until, int time, int from, int to) {
        int i = from;
        for (; i + LENGTH <= to; i += LENGTH) {
            VectorMask<Float> same =
                    FloatVector.fromArray(FLOATS, change, i).compare(VectorOperators.EQ, value);
            while (same.anyTrue()) {
                int lane = same.firstTrue();
                if (until.length == 0 || until[i + lane] <= time) {
                    return i + lane;
                }
                same = same.and(VectorMask.fromLong(FLOATS, -2L << lane));
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
