package org.jaket.annealing.sampler;

/** The updates in plain Java, a loop over the lanes at a time. */
final class PlainReplicas extends Replicas {
    /** What flips add: -2 s in the lanes that flip. */
    private final float[] change = new float[LANES];

    PlainReplicas(SpinProblem problem) {
        super(problem);
    }

    @Override
    void refresh() {
        for (int i = 0; i < problem.size; i++) {
            for (int lane = 0; lane < LANES; lane++) {
                fields[i * LANES + lane] = problem.linear[i];
            }
            for (int k = problem.start[i]; k < problem.start[i + 1]; k++) {
                float w = problem.weight[k];
                int from = problem.neighbour[k];
                for (int lane = 0; lane < LANES; lane++) {
                    fields[i * LANES + lane] += w * spins[from + lane];
                }
            }
        }
    }

    @Override
    void metropolis(float[] betas, int from, int to, long first) {
        for (int i = from; i < to; i++) {
            int at = i * LANES;
            int shared = LaneRandom.shared(first + (i - from));
            boolean any = false;
            for (int lane = 0; lane < LANES; lane++) {
                float s = spins[at + lane];
                float x = s * fields[at + lane] * (2 * betas[lane]);
                boolean flips = x >= 0 || x > NEVER && uniform(shared, lane) < exp(x);
                change[lane] = flips ? -2 * s : 0;
                any |= flips;
            }
            if (any) {
                flip(i);
            }
        }
    }

    @Override
    void gibbs(float[] betas, int from, int to, long first) {
        for (int i = from; i < to; i++) {
            int at = i * LANES;
            int shared = LaneRandom.shared(first + (i - from));
            boolean any = false;
            for (int lane = 0; lane < LANES; lane++) {
                float s = spins[at + lane];
                // -1 where the field is positive.
                float x = fields[at + lane] * (2 * betas[lane]);
                float e = exp(Math.max(-Math.abs(x), NEVER));
                // u (1 + e) < e is the less likely of the two spins, which goes with the field.
                boolean unlikely = uniform(shared, lane) * (1 + e) < e;
                float next = x > 0 == unlikely ? 1 : -1;
                change[lane] = next - s;
                any |= next != s;
            }
            if (any) {
                flip(i);
            }
        }
    }

    @Override
    boolean descend(int from, int to) {
        boolean moved = false;
        for (int i = from; i < to; i++) {
            int at = i * LANES;
            boolean any = false;
            for (int lane = 0; lane < LANES; lane++) {
                float s = spins[at + lane];
                boolean flips = s * fields[at + lane] > 0;
                change[lane] = flips ? -2 * s : 0;
                any |= flips;
            }
            if (any) {
                flip(i);
                moved = true;
            }
        }
        return moved;
    }

    private float uniform(int shared, int lane) {
        return (LaneRandom.mix(keys[lane] ^ shared) >>> 8) * 0x1p-24f;
    }

    @Override
    void add(int i, float[] changes) {
        System.arraycopy(changes, i * LANES, change, 0, LANES);
        flip(i);
    }

    /** Adds the change of a spin to it and to its neighbours' fields. */
    private void flip(int i) {
        float[] d = change;
        for (int lane = 0; lane < LANES; lane++) {
            spins[i * LANES + lane] += d[lane];
        }
        for (int k = problem.start[i]; k < problem.start[i + 1]; k++) {
            float w = problem.weight[k];
            int to = problem.neighbour[k];
            for (int lane = 0; lane < LANES; lane++) {
                fields[to + lane] += w * d[lane];
            }
        }
    }
}
