package org.jaket.annealing.sampler;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The step on the Vector API, with the arithmetic of {@link PlainOscillators}. */
final class VectorOscillators extends Oscillators {
    private static final VectorSpecies<Float> FLOATS =
            FloatVector.SPECIES_PREFERRED.length() >= LANES
                    ? FloatVector.SPECIES_512
                    : FloatVector.SPECIES_256;

    private static final int LENGTH = FLOATS.length();

    VectorOscillators(SpinProblem problem, boolean discrete) {
        super(problem, discrete);
    }

    @Override
    void kick(float pull, float push, int from, int to) {
        int[] neighbour = problem.neighbour;
        float[] weight = problem.weight;
        for (int lane = 0; lane < LANES; lane += LENGTH) {
            for (int i = from; i < to; i++) {
                FloatVector sum = FloatVector.zero(FLOATS);
                int end = problem.start[i + 1];
                for (int k = problem.start[i]; k < end; k++) {
                    sum =
                            sum.add(
                                    FloatVector.fromArray(FLOATS, seen, neighbour[k] + lane)
                                            .mul(weight[k]));
                }
                int at = i * LANES + lane;
                FloatVector alone = FloatVector.fromArray(FLOATS, x, at).mul(pull);
                FloatVector.fromArray(FLOATS, y, at).add(alone.sub(sum.mul(push))).intoArray(y, at);
            }
        }
    }

    @Override
    void drift(float step) {
        FloatVector one = FloatVector.broadcast(FLOATS, 1);
        FloatVector minus = one.neg();
        for (int k = 0; k < x.length; k += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, y, k);
            FloatVector moved = FloatVector.fromArray(FLOATS, x, k).add(v.mul(step));
            VectorMask<Float> out = moved.abs().compare(VectorOperators.GT, 1);
            if (out.anyTrue()) {
                moved = moved.max(minus).min(one);
                v.blend(0, out).intoArray(y, k);
            }
            moved.intoArray(x, k);
            if (discrete) {
                minus.blend(1, moved.compare(VectorOperators.GE, 0)).intoArray(seen, k);
            }
        }
    }
}
