package org.jaket.annealing.sampler;

import org.jaket.execution.CounterRandom;

import java.util.Arrays;

/**
 * Sixteen states of one problem side by side, with the local field of every spin: spins and fields
 * as [variable][lane]. Three classes implement the updates, one in plain Java and two on the Vector
 * API, one of them with fields of 16 bits, with the same results bit by bit: no lane's numbers
 * depend on another lane or on the width of registers. No method allocates. Not thread-safe.
 *
 * <p>Flipping spin s in the field f changes the energy by -2 s f.
 */
abstract sealed class Replicas permits PlainReplicas, VectorReplicas, ShortReplicas {
    static final int LANES = SpinProblem.LANES;

    /** Flips that are this unlikely, in exponents of e, are not tried: 3 in 10^10. */
    static final float NEVER = -22;

    /** Variables on the way down between two looks at the clock. */
    private static final int SETTLED = 128;

    final SpinProblem problem;

    /** +1 and -1. */
    final float[] spins;

    /** {@code linear[i] + sum of weight[i][j] spins[j]}; empty where they are kept elsewhere. */
    final float[] fields;

    /** Per lane what makes its random numbers its own. */
    final int[] keys = new int[LANES];

    /** Counts updates of one variable in all lanes. */
    private long updates;

    Replicas(SpinProblem problem) {
        this(problem, new float[problem.size * LANES]);
    }

    Replicas(SpinProblem problem, float[] fields) {
        this.problem = problem;
        this.fields = fields;
        spins = new float[problem.size * LANES];
    }

    /** Replicas on the best kernels there are, whose {@link #fields} nobody wants to see. */
    static Replicas fastest(SpinProblem problem) {
        return Kernels.VECTOR && problem.isShort() && problem.blocks() == null
                ? new ShortReplicas(problem)
                : of(problem);
    }

    /** Replicas on the best kernels that have {@link #fields}. */
    static Replicas of(SpinProblem problem) {
        return Kernels.VECTOR ? new VectorReplicas(problem) : new PlainReplicas(problem);
    }

    /**
     * Starts from random spins.
     *
     * @param stream which block of reads this is
     */
    final void start(long seed, long stream) {
        updates = 0;
        for (int lane = 0; lane < LANES; lane++) {
            keys[lane] = (int) (CounterRandom.bits(seed, stream, lane) >>> 32);
        }
        for (int i = 0; i < problem.size; i++) {
            long bits = CounterRandom.bits(seed, stream, LANES + (long) i);
            for (int lane = 0; lane < LANES; lane++) {
                spins[i * LANES + lane] = (bits >>> 40 + lane & 1) == 0 ? -1 : 1;
            }
        }
        refresh();
    }

    /** Sets one lane to a state of the model; {@link #refresh} must follow. */
    final void set(int lane, byte[] state) {
        for (int i = 0; i < problem.size; i++) {
            spins[i * LANES + lane] = state[i] == 1 ? 1 : -1;
        }
    }

    /** Computes the fields from the spins. */
    abstract void refresh();

    /**
     * Updates variables in turn by the rule of Metropolis: a flip that raises the energy by d is
     * accepted with the probability exp(-beta d), to 1e-5 of it.
     *
     * @param betas inverse temperatures, one a lane
     */
    final void metropolis(float[] betas, int from, int to) {
        metropolis(betas, from, to, updates);
        updates += to - from;
    }

    /** The same with the number of the first update. */
    abstract void metropolis(float[] betas, int from, int to, long first);

    /**
     * Updates variables in turn by heat bath: the new spin does not depend on the old one, and is s
     * with the probability 1/(1 + exp(2 beta s f)).
     */
    final void gibbs(float[] betas, int from, int to) {
        gibbs(betas, from, to, updates);
        updates += to - from;
    }

    /** The same with the number of the first update. */
    abstract void gibbs(float[] betas, int from, int to, long first);

    /** Flips every spin whose flip lowers the energy, in turn; returns whether there was one. */
    abstract boolean descend(int from, int to);

    /** Goes down to local minima, or as far as there is time. */
    final void settle(Reads.Watch watch) {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (int from = 0; from < problem.size; from += SETTLED) {
                moved |= descend(from, Math.min(problem.size, from + SETTLED));
                if (watch.isOver()) {
                    return;
                }
            }
        }
    }

    /**
     * The energies of all lanes in the problem's units, without the model's offset: half of {@code
     * sum of s (f + linear)}.
     */
    void energies(double[] to) {
        Arrays.fill(to, 0);
        for (int i = 0; i < problem.size; i++) {
            float h = problem.linear[i];
            for (int lane = 0; lane < LANES; lane++) {
                to[lane] += 0.5f * spins[i * LANES + lane] * (fields[i * LANES + lane] + h);
            }
        }
    }

    /**
     * Adds a change to the spin of each lane and what follows to its neighbours' fields.
     *
     * @param changes -2 s where a lane flips, otherwise 0, from {@code i * LANES} on
     */
    abstract void add(int i, float[] changes);

    /** Flips one spin in one lane. */
    void flip(int i, int lane) {
        float change = -2 * spins[i * LANES + lane];
        spins[i * LANES + lane] += change;
        for (int k = problem.start[i]; k < problem.start[i + 1]; k++) {
            fields[problem.neighbour[k] + lane] += problem.weight[k] * change;
        }
    }

    /** One state in the model's own values. */
    final byte[] state(int lane) {
        return problem.state(spins, lane);
    }

    // ---- exp in single precision ----------------------------------------------------------

    /** log2(e). */
    static final float LOG2E = 1.4426950408889634f;

    // 2^f for f in [0, 1]: 1 + C1 f + ... + C4 f^4, error 3e-6.
    static final float C1 = 0.693044f;
    static final float C2 = 0.24128269f;
    static final float C3 = 0.052240897f;
    static final float C4 = 0.013426551f;

    /** exp(x) for x up to 0 and not below {@link #NEVER}, to 1e-5 of it. */
    static float exp(float x) {
        float t = x * LOG2E + 127;
        int whole = (int) t;
        float f = t - whole;
        float p = ((C4 * f + C3) * f + C2) * f + C1;
        return Float.intBitsToFloat(whole << 23) * (p * f + 1);
    }
}
