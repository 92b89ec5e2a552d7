package org.jaket.annealing.sampler;

/**
 * One state that moves by single flips, with what every flip would change the energy by. Energies
 * are in the problem's units; sums in single precision drift, so {@link #refresh} now and then.
 */
final class Walk {
    private static final int LANES = SpinProblem.LANES;

    final SpinProblem problem;
    final float[] spins;

    /** What flipping each spin adds to the energy. */
    final float[] change;

    /** The energy without the model's offset. */
    double energy;

    Walk(SpinProblem problem) {
        this.problem = problem;
        spins = new float[problem.size];
        change = new float[problem.size];
    }

    /** Random spins. */
    void start(long seed, long stream) {
        for (int i = 0; i < spins.length; i++) {
            spins[i] = Mixing.bits(seed, stream, i) < 0 ? -1 : 1;
        }
        refresh();
    }

    /** Another state. */
    void set(float[] state) {
        System.arraycopy(state, 0, spins, 0, spins.length);
        refresh();
    }

    /** Computes energies from the spins. */
    void refresh() {
        double sum = 0;
        for (int i = 0; i < spins.length; i++) {
            double field = problem.linear[i];
            for (int k = problem.start[i]; k < problem.start[i + 1]; k++) {
                field += problem.weight[k] * spins[problem.neighbour[k] / LANES];
            }
            change[i] = (float) (-2 * spins[i] * field);
            sum += 0.5 * spins[i] * (field + problem.linear[i]);
        }
        energy = sum;
    }

    void flip(int i) {
        float old = spins[i];
        energy += change[i];
        spins[i] = -old;
        change[i] = -change[i];
        float four = 4 * old;
        for (int k = problem.start[i]; k < problem.start[i + 1]; k++) {
            int j = problem.neighbour[k] / LANES;
            change[j] += four * problem.weight[k] * spins[j];
        }
    }

    /** The state in the model's own values. */
    byte[] state() {
        return state(spins);
    }

    byte[] state(float[] of) {
        byte low = problem.model.vartype().low();
        byte[] state = new byte[of.length];
        for (int i = 0; i < state.length; i++) {
            state[i] = of[i] > 0 ? 1 : low;
        }
        return state;
    }
}
