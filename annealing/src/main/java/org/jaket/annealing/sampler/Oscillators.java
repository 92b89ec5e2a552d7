package org.jaket.annealing.sampler;

import org.jaket.execution.CounterRandom;

/**
 * Sixteen sets of oscillators side by side, one oscillator a spin, for {@link
 * SimulatedBifurcation}: positions, momenta and what the couplings see of the positions, as
 * [variable][lane]. Two classes implement the step, with the same results bit by bit. No method
 * allocates. Not thread-safe.
 */
abstract sealed class Oscillators permits PlainOscillators, VectorOscillators {
    static final int LANES = SpinProblem.LANES;

    final SpinProblem problem;
    final float[] x;
    final float[] y;

    /** The positions, or their signs. */
    final float[] seen;

    /** Whether couplings see signs. */
    final boolean discrete;

    Oscillators(SpinProblem problem, boolean discrete) {
        this.problem = problem;
        this.discrete = discrete;
        x = new float[problem.size * LANES];
        y = new float[problem.size * LANES];
        seen = discrete ? new float[x.length] : x;
    }

    static Oscillators of(SpinProblem problem, boolean discrete) {
        return Kernels.VECTOR
                ? new VectorOscillators(problem, discrete)
                : new PlainOscillators(problem, discrete);
    }

    /** Small random positions and momenta. */
    final void start(long seed, long stream) {
        for (int k = 0; k < x.length; k++) {
            long bits = CounterRandom.bits(seed, stream, k);
            x[k] = ((int) bits) * 0x1p-31f * 0.1f;
            y[k] = ((int) (bits >>> 32)) * 0x1p-31f * 0.1f;
        }
        look();
    }

    /** Takes over the signs where couplings see them. */
    final void look() {
        for (int k = 0; discrete && k < x.length; k++) {
            seen[k] = x[k] >= 0 ? 1 : -1;
        }
    }

    /**
     * Momenta of some variables: {@code y += pull x - push (sum of weight seen)}.
     *
     * @param pull of the single oscillator, times the step
     * @param push of the couplings, times the step
     */
    abstract void kick(float pull, float push, int from, int to);

    /** Positions: {@code x += step y}, stopped by walls at -1 and 1. */
    abstract void drift(float step);
}
