package org.jaket.annealing.sampler;

import org.jaket.execution.CounterRandom;

import java.util.Arrays;

/**
 * Two states at each of some temperatures, for {@link ParallelTempering}. States keep their lanes;
 * temperatures move.
 */
final class Ensemble {
    private static final int LANES = SpinProblem.LANES;

    /** Updates between two looks at the clock. */
    private static final int UPDATES = 4096;

    /** The second states: clusters are exchanged between one and the other. */
    private static final int TWINS = 2;

    /** Where fewer of the clusters are small, trying them is not worth its time. */
    private static final double RARE = 0.05;

    /** How many sweeps lie between two tries at most. */
    private static final long SELDOM = 64;

    /** What a cluster is that grew from a random spin. */
    private enum Cluster {
        /** The states agree in the spin. */
        NONE,
        /** It was exchanged. */
        SMALL,
        /** It was left alone. */
        LARGE
    }

    private final SpinProblem problem;
    private final Replicas[][] blocks;

    /** Per twin and block the inverse temperatures of the lanes. */
    private final float[][][] betas;

    /** Per twin and temperature, hot to cold, which state has it: block times lanes plus lane. */
    private final int[][] holder;

    private final double[] temperature;
    private final double[][] energies;
    private final double[] some = new double[LANES];
    private final long seed;
    private final long stream;
    private long draws;

    private double best = Double.POSITIVE_INFINITY;

    /** The best energy that the listener knows. */
    private double told = Double.POSITIVE_INFINITY;

    private byte[] bestState = new byte[0];

    private final Walk walk;
    private final MoveChoice choice = MoveChoice.best();

    /** Sweeps from one try of clusters to the next. */
    private long clusterEvery = 1;

    // The cluster under way.
    private final int[] queue;
    private final boolean[] inside;

    Ensemble(SpinProblem problem, int count, Schedule range, long seed, long read) {
        this.problem = problem;
        this.seed = seed;
        // Streams of blocks lie below, those of other choices above.
        this.stream = ~read;
        int temperatures = count * LANES;
        blocks = new Replicas[TWINS][count];
        betas = new float[TWINS][count][LANES];
        holder = new int[TWINS][temperatures];
        energies = new double[TWINS][temperatures];
        temperature = new double[temperatures];
        for (int r = 0; r < temperatures; r++) {
            temperature[r] = range.beta(r, temperatures);
        }
        for (int twin = 0; twin < TWINS; twin++) {
            for (int b = 0; b < count; b++) {
                blocks[twin][b] = Replicas.fastest(problem);
                blocks[twin][b].start(seed, (read * TWINS + twin) * count + b);
            }
            for (int r = 0; r < temperatures; r++) {
                holder[twin][r] = r;
                betas[twin][r / LANES][r % LANES] = (float) temperature[r];
            }
        }
        walk = new Walk(problem.model);
        queue = new int[problem.size];
        inside = new boolean[problem.size];
    }

    /** Sweeps all states and returns the best one met, at least its beginning. */
    byte[] search(long sweeps, Reads.Watch watch) {
        for (long sweep = 0; sweep < sweeps; sweep++) {
            for (int twin = 0; twin < TWINS; twin++) {
                for (int b = 0; b < blocks[twin].length; b++) {
                    if (!sweep(blocks[twin][b], betas[twin][b], watch)) {
                        look();
                        return bestState;
                    }
                }
            }
            look();
            tell(watch);
            exchange(sweep);
            quench(sweep, watch);
            if (sweep % clusterEvery == 0) {
                clusters(watch);
            }
        }
        return descended(watch);
    }

    private boolean sweep(Replicas replicas, float[] lanes, Reads.Watch watch) {
        for (int from = 0; from < problem.size; from += UPDATES) {
            replicas.metropolis(lanes, from, Math.min(problem.size, from + UPDATES));
            if (watch.isOver()) {
                return false;
            }
        }
        return true;
    }

    private void tell(Reads.Watch watch) {
        if (best < told) {
            told = best;
            watch.found(best * problem.unit + problem.base);
        }
    }

    /** Computes all energies and keeps the best state. */
    private void look() {
        for (int twin = 0; twin < TWINS; twin++) {
            for (int b = 0; b < blocks[twin].length; b++) {
                blocks[twin][b].energies(some);
                for (int lane = 0; lane < LANES; lane++) {
                    energies[twin][b * LANES + lane] = some[lane];
                    if (some[lane] < best) {
                        best = some[lane];
                        bestState = blocks[twin][b].state(lane);
                    }
                }
            }
        }
    }

    /**
     * Follows one state down to its local minimum, the colder half of the temperatures in turn: no
     * state has to be so cold that it stays in its minimum, where it would no longer move.
     */
    private void quench(long sweep, Reads.Watch watch) {
        int half = temperature.length / 2;
        int twin = (int) (sweep & 1);
        int state = holder[twin][temperature.length - 1 - (int) (sweep / 2 % half)];
        Replicas from = blocks[twin][state / LANES];
        for (int i = 0; i < problem.size; i++) {
            walk.set(i, from.spins[i * LANES + state % LANES] > 0);
        }
        walk.refresh();
        SteepestDescent.descend(walk, choice, watch);
        // Energies of replicas are in single precision: a hair below is no gain.
        double energy = (walk.energy - problem.base) / problem.unit;
        if (energy < best - 1e-6 * Math.abs(best)) {
            best = energy;
            bestState = walk.state();
        }
    }

    private double uniform() {
        return CounterRandom.uniform(seed, stream, draws++);
    }

    /** Neighbouring temperatures, even and odd pairs in turn. */
    private void exchange(long sweep) {
        for (int twin = 0; twin < TWINS; twin++) {
            int[] holds = holder[twin];
            for (int r = (int) (sweep & 1); r + 1 < holds.length; r += 2) {
                double gain =
                        (temperature[r + 1] - temperature[r])
                                * (energies[twin][holds[r + 1]] - energies[twin][holds[r]]);
                if (gain >= 0 || uniform() < Math.exp(gain)) {
                    int hot = holds[r];
                    holds[r] = holds[r + 1];
                    holds[r + 1] = hot;
                    set(twin, r);
                    set(twin, r + 1);
                }
            }
        }
    }

    private void set(int twin, int r) {
        int state = holder[twin][r];
        betas[twin][state / LANES][state % LANES] = (float) temperature[r];
    }

    // ---- clusters -------------------------------------------------------------------------

    /**
     * One cluster at each of the colder temperatures. Where hardly any is small, as in dense
     * models, they are tried seldom.
     */
    private void clusters(Reads.Watch watch) {
        int tried = 0;
        int small = 0;
        for (int r = temperature.length / 2; r < temperature.length; r++) {
            switch (cluster(holder[0][r], holder[1][r])) {
                case NONE -> {}
                case SMALL -> {
                    tried++;
                    small++;
                }
                case LARGE -> tried++;
            }
            if (watch.isOver()) {
                return;
            }
        }
        clusterEvery = small < tried * RARE ? Math.min(2 * clusterEvery, SELDOM) : 1;
    }

    /**
     * Exchanges a connected set of spins in which two states differ, from a random one on. A set of
     * more than half of the spins is left alone: it would exchange the states.
     */
    private Cluster cluster(int first, int second) {
        Replicas a = blocks[0][first / LANES];
        Replicas b = blocks[1][second / LANES];
        int la = first % LANES;
        int lb = second % LANES;
        int seedSpin = (int) (uniform() * problem.size);
        if (a.spins[seedSpin * LANES + la] == b.spins[seedSpin * LANES + lb]) {
            return Cluster.NONE;
        }
        int size = 0;
        queue[size++] = seedSpin;
        inside[seedSpin] = true;
        for (int head = 0; head < size && size <= problem.size / 2; head++) {
            int i = queue[head];
            for (int k = problem.start[i]; k < problem.start[i + 1]; k++) {
                int j = problem.neighbour[k] / LANES;
                if (!inside[j] && a.spins[j * LANES + la] != b.spins[j * LANES + lb]) {
                    inside[j] = true;
                    queue[size++] = j;
                }
            }
        }
        boolean small = size <= problem.size / 2;
        for (int k = 0; k < size; k++) {
            inside[queue[k]] = false;
            if (small) {
                a.flip(queue[k], la);
                b.flip(queue[k], lb);
            }
        }
        return small ? Cluster.SMALL : Cluster.LARGE;
    }

    /** The best state, or a better one next to where the coldest states are. */
    private byte[] descended(Reads.Watch watch) {
        for (Replicas[] twins : blocks) {
            for (Replicas replicas : twins) {
                replicas.settle(watch);
            }
        }
        look();
        return Arrays.copyOf(bestState, bestState.length);
    }
}
