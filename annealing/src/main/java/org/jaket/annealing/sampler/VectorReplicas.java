package org.jaket.annealing.sampler;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

import org.jspecify.annotations.Nullable;

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

    private final @Nullable Blocks blocks;

    /** By variable of the block under way: what flips have not told all fields yet. */
    private final float[] changes = new float[Blocks.SIZE * LANES];

    /** The variables of the block that have flipped. */
    private final int[] flipped = new int[Blocks.SIZE];

    private int count;

    VectorReplicas(SpinProblem problem) {
        super(problem);
        blocks = problem.blocks();
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
            for (int at = from; at < to; ) {
                int end = end(at, to);
                metropolis(betas, at, end, first + (at - from), lane);
                flush(at, lane);
                at = end;
            }
        }
    }

    private void metropolis(float[] betas, int from, int to, long first, int lane) {
        FloatVector twice = FloatVector.fromArray(FLOATS, betas, lane).mul(2);
        IntVector key = keys(keys, lane);
        for (int i = from; i < to; i++) {
            int at = i * LANES + lane;
            FloatVector s = FloatVector.fromArray(FLOATS, spins, at);
            FloatVector x = s.mul(FloatVector.fromArray(FLOATS, fields, at)).mul(twice);
            VectorMask<Float> possible = x.compare(VectorOperators.GT, NEVER);
            if (!possible.anyTrue()) {
                continue;
            }
            FloatVector u = uniform(key, LaneRandom.shared(first + (i - from)));
            // Where x is out of the exponential's range one of the other masks decides.
            VectorMask<Float> flips =
                    u.lt(exp(x)).and(possible).or(x.compare(VectorOperators.GE, 0));
            if (flips.anyTrue()) {
                flip(i, lane, at, s, FloatVector.zero(FLOATS).blend(s.mul(-2), flips));
            }
        }
    }

    @Override
    void gibbs(float[] betas, int from, int to, long first) {
        for (int lane = 0; lane < LANES; lane += LENGTH) {
            for (int at = from; at < to; ) {
                int end = end(at, to);
                gibbs(betas, at, end, first + (at - from), lane);
                flush(at, lane);
                at = end;
            }
        }
    }

    private void gibbs(float[] betas, int from, int to, long first, int lane) {
        FloatVector twice = FloatVector.fromArray(FLOATS, betas, lane).mul(2);
        IntVector key = keys(keys, lane);
        FloatVector one = FloatVector.broadcast(FLOATS, 1);
        for (int i = from; i < to; i++) {
            int at = i * LANES + lane;
            FloatVector s = FloatVector.fromArray(FLOATS, spins, at);
            FloatVector x = FloatVector.fromArray(FLOATS, fields, at).mul(twice);
            FloatVector e = exp(x.abs().neg().max(NEVER));
            FloatVector u = uniform(key, LaneRandom.shared(first + (i - from)));
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
            for (int at = from; at < to; ) {
                int end = end(at, to);
                moved |= descend(at, end, lane);
                flush(at, lane);
                at = end;
            }
        }
        return moved;
    }

    private boolean descend(int from, int to, int lane) {
        boolean moved = false;
        for (int i = from; i < to; i++) {
            int at = i * LANES + lane;
            FloatVector s = FloatVector.fromArray(FLOATS, spins, at);
            VectorMask<Float> flips =
                    s.mul(FloatVector.fromArray(FLOATS, fields, at)).compare(VectorOperators.GT, 0);
            if (flips.anyTrue()) {
                flip(i, lane, at, s, FloatVector.zero(FLOATS).blend(s.mul(-2), flips));
                moved = true;
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
                FloatVector.fromArray(FLOATS, spins, at).add(change).intoArray(spins, at);
                tell(problem.start[i], problem.start[i + 1], lane, change);
            }
        }
    }

    private void flip(int i, int lane, int at, FloatVector s, FloatVector change) {
        s.add(change).intoArray(spins, at);
        int from = problem.start[i];
        int to = problem.start[i + 1];
        if (blocks != null) {
            change.intoArray(changes, i % Blocks.SIZE * LANES + lane);
            flipped[count++] = i;
            from = blocks.near[i];
            to = blocks.far[i];
        }
        tell(from, to, lane, change);
    }

    /** Adds what follows from a flip to the fields of some neighbours. */
    private void tell(int from, int to, int lane, FloatVector change) {
        float[] f = fields;
        int[] neighbour = problem.neighbour;
        float[] weight = problem.weight;
        for (int k = from; k < to; k++) {
            int at = neighbour[k] + lane;
            FloatVector.fromArray(FLOATS, f, at).add(change.mul(weight[k])).intoArray(f, at);
        }
    }

    // ---- blocks ---------------------------------------------------------------------------

    /** Where the block ends that begins, or goes on, at a variable. */
    private int end(int from, int to) {
        return blocks == null ? to : Math.min(to, (from / Blocks.SIZE + 1) * Blocks.SIZE);
    }

    /**
     * The flips of one block are told to the fields of the block at once, and to all others here:
     * if they are many, each field is read and written once. Fields are the same bit by bit,
     * because the order of summands is.
     */
    private void flush(int variable, int lane) {
        if (blocks == null || count == 0) {
            return;
        }
        boolean many = count > blocks.many;
        if (many) {
            int block = variable / Blocks.SIZE;
            gather(blocks, block, 0, block * Blocks.SIZE, lane);
            gather(blocks, block, (block + 1) * Blocks.SIZE, problem.size, lane);
        }
        for (int k = 0; k < count; k++) {
            int i = flipped[k];
            int at = i % Blocks.SIZE * LANES + lane;
            if (!many) {
                FloatVector change = FloatVector.fromArray(FLOATS, changes, at);
                tell(problem.start[i], blocks.near[i], lane, change);
                tell(blocks.far[i], problem.start[i + 1], lane, change);
            }
            FloatVector.zero(FLOATS).intoArray(changes, at);
        }
        count = 0;
    }

    /** Adds what a block changes to the fields of some variables. */
    private void gather(Blocks b, int block, int from, int to, int lane) {
        float[] f = fields;
        float[] c = changes;
        int[] source = b.source;
        float[] weight = b.weight;
        for (int j = from; j < to; j++) {
            int k = b.begin[b.row(block, j)];
            int end = b.begin[b.row(block, j) + 1];
            FloatVector field = FloatVector.fromArray(FLOATS, f, j * LANES + lane);
            for (; k < end; k++) {
                FloatVector change = FloatVector.fromArray(FLOATS, c, source[k] + lane);
                field = field.add(change.mul(weight[k]));
            }
            field.intoArray(f, j * LANES + lane);
        }
    }

    // ---- random numbers -------------------------------------------------------------------

    static IntVector keys(int[] keys, int lane) {
        return IntVector.fromArray(INTS, keys, lane);
    }

    /** Uniform in [0, 1), a number for each lane. */
    static FloatVector uniform(IntVector key, int shared) {
        IntVector z = key.lanewise(VectorOperators.XOR, shared);
        z =
                z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 16))
                        .mul(LaneRandom.FIRST);
        z =
                z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 15))
                        .mul(LaneRandom.SECOND);
        z = z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 16));
        return ((FloatVector)
                        z.lanewise(VectorOperators.LSHR, 8)
                                .convertShape(VectorOperators.I2F, FLOATS, 0))
                .mul(0x1p-24f);
    }

    /** {@link Replicas#exp(float)}. */
    static FloatVector exp(FloatVector x) {
        FloatVector t = x.mul(LOG2E).add(127);
        IntVector whole = (IntVector) t.convertShape(VectorOperators.F2I, INTS, 0);
        FloatVector f = t.sub((FloatVector) whole.convertShape(VectorOperators.I2F, FLOATS, 0));
        FloatVector p = f.mul(C4).add(C3).mul(f).add(C2).mul(f).add(C1);
        return whole.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats().mul(p.mul(f).add(1));
    }
}
