package org.jaket.annealing.sampler;

/** The step in plain Java. */
final class PlainOscillators extends Oscillators {
    private final float[] sum = new float[LANES];

    PlainOscillators(SpinProblem problem, boolean discrete) {
        super(problem, discrete);
    }

    @Override
    void kick(float pull, float push, int from, int to) {
        for (int i = from; i < to; i++) {
            int at = i * LANES;
            for (int lane = 0; lane < LANES; lane++) {
                sum[lane] = 0;
            }
            for (int k = problem.start[i]; k < problem.start[i + 1]; k++) {
                float w = problem.weight[k];
                int other = problem.neighbour[k];
                for (int lane = 0; lane < LANES; lane++) {
                    sum[lane] += w * seen[other + lane];
                }
            }
            for (int lane = 0; lane < LANES; lane++) {
                y[at + lane] = y[at + lane] + (x[at + lane] * pull - sum[lane] * push);
            }
        }
    }

    @Override
    void drift(float step) {
        for (int k = 0; k < x.length; k++) {
            float moved = x[k] + y[k] * step;
            if (Math.abs(moved) > 1) {
                moved = moved > 0 ? 1 : -1;
                y[k] = 0;
            }
            x[k] = moved;
            if (discrete) {
                seen[k] = moved >= 0 ? 1 : -1;
            }
        }
    }
}
