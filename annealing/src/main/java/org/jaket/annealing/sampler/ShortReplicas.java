package org.jaket.annealing.sampler;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

import java.util.Arrays;

/**
 * The updates of {@link VectorReplicas} for problems whose coefficients are small whole numbers
 * ({@link SpinProblem#isShort}): fields have 16 bits, so that twice as many stay in the caches and
 * flips, which mostly wait for them, take less time. Floats hold such numbers exactly, too, so
 * results are the same bit by bit. The loops are those of the other class, written again: a choice
 * in the inner loop would keep vectors from staying in registers.
 */
final class ShortReplicas extends Replicas {
    private static final VectorSpecies<Float> FLOATS =
            FloatVector.SPECIES_PREFERRED.length() >= LANES
                    ? FloatVector.SPECIES_512
                    : FloatVector.SPECIES_256;

    private static final int LENGTH = FLOATS.length();

    /** As many shorts as a register has floats. */
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 2));

    /** {@code linear[i] + sum of weight[i][j] spins[j]}, as [variable][lane]. */
    private final short[] narrow;

    private final short[] weight;

    ShortReplicas(SpinProblem problem) {
        super(problem, new float[0]);
        narrow = new short[problem.size * LANES];
        weight = problem.shortWeights();
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
                shorts(field).intoArray(narrow, i * LANES + lane);
            }
        }
    }

    private static ShortVector shorts(FloatVector numbers) {
        return (ShortVector) numbers.convertShape(VectorOperators.F2S, SHORTS, 0);
    }

    private FloatVector field(int at) {
        return (FloatVector)
                ShortVector.fromArray(SHORTS, narrow, at)
                        .convertShape(VectorOperators.S2F, FLOATS, 0);
    }

    @Override
    void metropolis(float[] betas, int from, int to, long first) {
        for (int lane = 0; lane < LANES; lane += LENGTH) {
            metropolis(betas, from, to, first, lane);
        }
    }

    private void metropolis(float[] betas, int from, int to, long first, int lane) {
        FloatVector twice = FloatVector.fromArray(FLOATS, betas, lane).mul(2);
        IntVector key = VectorReplicas.keys(keys, lane);
        for (int i = from; i < to; i++) {
            int at = i * LANES + lane;
            FloatVector s = FloatVector.fromArray(FLOATS, spins, at);
            FloatVector x = s.mul(field(at)).mul(twice);
            VectorMask<Float> possible = x.compare(VectorOperators.GT, NEVER);
            if (!possible.anyTrue()) {
                continue;
            }
            FloatVector u = VectorReplicas.uniform(key, LaneRandom.shared(first + (i - from)));
            // Where x is out of the exponential's range one of the other masks decides.
            VectorMask<Float> flips =
                    u.lt(VectorReplicas.exp(x)).and(possible).or(x.compare(VectorOperators.GE, 0));
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
        IntVector key = VectorReplicas.keys(keys, lane);
        FloatVector one = FloatVector.broadcast(FLOATS, 1);
        for (int i = from; i < to; i++) {
            int at = i * LANES + lane;
            FloatVector s = FloatVector.fromArray(FLOATS, spins, at);
            FloatVector x = field(at).mul(twice);
            FloatVector e = VectorReplicas.exp(x.abs().neg().max(NEVER));
            FloatVector u = VectorReplicas.uniform(key, LaneRandom.shared(first + (i - from)));
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
                VectorMask<Float> flips = s.mul(field(at)).compare(VectorOperators.GT, 0);
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
        ShortVector by = shorts(change);
        short[] f = narrow;
        int[] neighbour = problem.neighbour;
        short[] w = weight;
        int end = problem.start[i + 1];
        for (int k = problem.start[i]; k < end; k++) {
            int to = neighbour[k] + lane;
            ShortVector.fromArray(SHORTS, f, to).add(by.mul(w[k])).intoArray(f, to);
        }
    }

    @Override
    void flip(int i, int lane) {
        float change = -2 * spins[i * LANES + lane];
        spins[i * LANES + lane] += change;
        for (int k = problem.start[i]; k < problem.start[i + 1]; k++) {
            narrow[problem.neighbour[k] + lane] += (short) (weight[k] * change);
        }
    }

    @Override
    void energies(double[] to) {
        Arrays.fill(to, 0);
        for (int i = 0; i < problem.size; i++) {
            float h = problem.linear[i];
            for (int lane = 0; lane < LANES; lane++) {
                int at = i * LANES + lane;
                to[lane] += 0.5f * spins[at] * (narrow[at] + h);
            }
        }
    }
}
