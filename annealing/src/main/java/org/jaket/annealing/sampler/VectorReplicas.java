package org.jaket.annealing.sampler;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

import org.jaket.annealing.reads.Mixing;

/**
 * The updates on the Vector API: one register of lanes goes through all variables before the next
 * one. The arithmetic is that of {@link PlainReplicas}, operation by operation.
 */
final class VectorReplicas extends Replicas {
    private static final VectorSpecies<Float> FLOATS =
            FloatVector.SPECIES_PREFERRED.length() >= LANES
                    ? FloatVector.SPECIES_512
                    : FloatVector.SPECIES_256;

    private static final VectorSpecies<Integer> INTS =
            FLOATS.vectorShape() == VectorShape.S_512_BIT
                    ? IntVector.SPECIES_512
                    : IntVector.SPECIES_256;

    private static final int LENGTH = FLOATS.length();

    VectorReplicas(SpinProblem problem) {
        super(problem);
    }

    @Override
    void refresh() {
        for (int i = 0; i < problem.size; i++) {
            for (int lane = 0; lane < LANES; lane += LENGTH) {
                FloatVector field = FloatVector.broadcast(FLOATS, problem.linear[i]);
                for (int k = problem.start[i]; k < problem.start[i + 1]; k++) {
                    int from = problem.neighbour[k] + lane;
                    field =
                            field.add(
                                    FloatVector.fromArray(FLOATS, spins, from)
                                            .mul(problem.weight[k]));
                }
                field.intoArray(fields, i * LANES + lane);
            }
        }
    }

    @Override
    void metropolis(float[] betas, int from, int to, long first) {
        for (int lane = 0; lane < LANES; lane += LENGTH) {
            metropolis(betas, from, to, first, lane);
        }
    }

    private void metropolis(float[] betas, int from, int to, long first, int lane) {
        FloatVector twice = FloatVector.fromArray(FLOATS, betas, lane).mul(2);
        IntVector key = IntVector.fromArray(INTS, keys, lane);
        for (int i = from; i < to; i++) {
            int at = i * LANES + lane;
            FloatVector s = FloatVector.fromArray(FLOATS, spins, at);
            FloatVector x = s.mul(FloatVector.fromArray(FLOATS, fields, at)).mul(twice);
            VectorMask<Float> possible = x.compare(VectorOperators.GT, NEVER);
            if (!possible.anyTrue()) {
                continue;
            }
            FloatVector u = uniform(key, Mixing.shared(first + (i - from)));
            VectorMask<Float> flips =
                    u.lt(exp(x.min(0).max(NEVER)))
                            .and(possible)
                            .or(x.compare(VectorOperators.GE, 0));
            if (flips.anyTrue()) {
                flip(i, lane, at, s, FloatVector.zero(FLOATS).blend(s.mul(-2), flips));
            }
        }
    }

    @Override
    void gibbs(float[] betas, int from, int to, long first) {
        for (int lane = 0; lane < LANES; lane += LENGTH) {
            gibbs(betas, from, to, first, lane);
        }
    }

    private void gibbs(float[] betas, int from, int to, long first, int lane) {
        FloatVector twice = FloatVector.fromArray(FLOATS, betas, lane).mul(2);
        IntVector key = IntVector.fromArray(INTS, keys, lane);
        FloatVector one = FloatVector.broadcast(FLOATS, 1);
        for (int i = from; i < to; i++) {
            int at = i * LANES + lane;
            FloatVector s = FloatVector.fromArray(FLOATS, spins, at);
            FloatVector x = FloatVector.fromArray(FLOATS, fields, at).mul(twice);
            FloatVector e = exp(x.abs().neg().max(NEVER));
            FloatVector u = uniform(key, Mixing.shared(first + (i - from)));
            VectorMask<Float> unlikely = u.mul(one.add(e)).lt(e);
            VectorMask<Float> up = x.compare(VectorOperators.GT, 0).eq(unlikely);
            FloatVector change = one.neg().blend(1, up).sub(s);
            if (change.compare(VectorOperators.NE, 0).anyTrue()) {
                flip(i, lane, at, s, change);
            }
        }
    }

    @Override
    boolean descend(int from, int to) {
        boolean moved = false;
        for (int lane = 0; lane < LANES; lane += LENGTH) {
            for (int i = from; i < to; i++) {
                int at = i * LANES + lane;
                FloatVector s = FloatVector.fromArray(FLOATS, spins, at);
                VectorMask<Float> flips =
                        s.mul(FloatVector.fromArray(FLOATS, fields, at))
                                .compare(VectorOperators.GT, 0);
                if (flips.anyTrue()) {
                    flip(i, lane, at, s, FloatVector.zero(FLOATS).blend(s.mul(-2), flips));
                    moved = true;
                }
            }
        }
        return moved;
    }

    @Override
    void add(int i, float[] changes) {
        for (int lane = 0; lane < LANES; lane += LENGTH) {
            int at = i * LANES + lane;
            FloatVector change = FloatVector.fromArray(FLOATS, changes, at);
            if (change.compare(VectorOperators.NE, 0).anyTrue()) {
                flip(i, lane, at, FloatVector.fromArray(FLOATS, spins, at), change);
            }
        }
    }

    private void flip(int i, int lane, int at, FloatVector s, FloatVector change) {
        s.add(change).intoArray(spins, at);
        float[] f = fields;
        int[] neighbour = problem.neighbour;
        float[] weight = problem.weight;
        int end = problem.start[i + 1];
        for (int k = problem.start[i]; k < end; k++) {
            int to = neighbour[k] + lane;
            FloatVector.fromArray(FLOATS, f, to).add(change.mul(weight[k])).intoArray(f, to);
        }
    }

    private static FloatVector uniform(IntVector key, int shared) {
        IntVector z = key.lanewise(VectorOperators.XOR, shared);
        z = z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 16)).mul(Mixing.FIRST);
        z =
                z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 15))
                        .mul(Mixing.SECOND);
        z = z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 16));
        return ((FloatVector)
                        z.lanewise(VectorOperators.LSHR, 8)
                                .convertShape(VectorOperators.I2F, FLOATS, 0))
                .mul(0x1p-24f);
    }

    /** {@link Replicas#exp(float)}. */
    private static FloatVector exp(FloatVector x) {
        FloatVector t = x.mul(LOG2E).add(127);
        IntVector whole = (IntVector) t.convertShape(VectorOperators.F2I, INTS, 0);
        FloatVector f = t.sub((FloatVector) whole.convertShape(VectorOperators.I2F, FLOATS, 0));
        FloatVector p = f.mul(C4).add(C3).mul(f).add(C2).mul(f).add(C1);
        return whole.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats().mul(p.mul(f).add(1));
    }
}
