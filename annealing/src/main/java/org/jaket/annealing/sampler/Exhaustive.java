package org.jaket.annealing.sampler;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.reads.Deadline;
import org.jaket.annealing.reads.Parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * All states of a small model, one flip after the other (a Gray code): exact. Gives the states of
 * lowest energy, as many as reads were asked for and each once.
 *
 * <p>Of the variables, some take their values one after the other and up to {@value #LANE_BITS} all
 * at once, side by side in an array: a flip changes the fields of the former, which is the same for
 * all lanes, and adds one number to the energy of each lane. At most {@value #MOST_VARIABLES}
 * variables; BENCHMARKS.md has the time of a state. A limit of time ends the search before it is
 * exact, which the name of the sampler then says.
 */
public final class Exhaustive implements Sampler {
    /** The largest model that is tried. */
    public static final int MOST_VARIABLES = 40;

    /** Variables whose values lie side by side. */
    private static final int LANE_BITS = 7;

    /** Up to this many variables are one task: a millisecond. */
    private static final int ALONE = 20;

    /** Variables whose values divide the states of larger models among tasks. */
    private static final int TASK_BITS = 6;

    /** Flips between two looks at the clock. */
    private static final int FLIPS = 1 << 14;

    /** Flips after which rounding errors are wiped off. */
    private static final int REFRESH = 1 << 18;

    /** A sampler. */
    public Exhaustive() {}

    private record Found(double energy, long code) implements Comparable<Found> {
        @Override
        public int compareTo(Found other) {
            int byEnergy = Double.compare(energy, other.energy);
            return byEnergy != 0 ? byEnergy : Long.compare(code, other.code);
        }
    }

    @Override
    public SampleSet sample(BinaryQuadraticModel model, SamplingOptions options) {
        if (model.size() > MOST_VARIABLES) {
            throw new IllegalArgumentException(
                    "%d variables have too many states to try them all; the limit is %d. Maybe use"
                                    .formatted(model.size(), MOST_VARIABLES)
                            + " a sampler, or TreeDecomposition for sparse models.");
        }
        Deadline deadline = new Deadline(options);
        BinaryQuadraticModel spins = model.toSpin();
        int n = spins.size();
        if (n == 0) {
            throw new IllegalArgumentException("the model has no variables, so nothing to sample");
        }
        int lanes = Math.min(LANE_BITS, n / 2);
        int tasks = Math.clamp(n - ALONE, 0, TASK_BITS);
        int keep = (int) Math.min(options.reads(), 1L << n);
        List<List<Found>> parts = new ArrayList<>();
        for (int k = 0; k < 1 << tasks; k++) {
            parts.add(List.of());
        }
        boolean[] cut = {false};
        int[] done = {0};
        Parallel.run(
                options.threads(),
                1 << tasks,
                part -> {
                    var search = new Search(spins, n - lanes - tasks, lanes, part, keep);
                    boolean complete = search.run(deadline);
                    parts.set(part, List.copyOf(search.found));
                    synchronized (cut) {
                        cut[0] |= !complete;
                        options.progress().report(++done[0], parts.size());
                    }
                });
        List<byte[]> states =
                parts.stream()
                        .flatMap(List::stream)
                        .sorted()
                        .limit(keep)
                        .map(f -> state(model, f.code))
                        .toList();
        SampleSet set =
                SampleSet.of(
                        model,
                        states,
                        cut[0]
                                ? "exhaustive search, ended before it was complete"
                                : "exhaustive search",
                        options.seed(),
                        deadline.time());
        return cut[0] ? set : set.proven();
    }

    private static byte[] state(BinaryQuadraticModel model, long code) {
        byte[] state = new byte[model.size()];
        for (int i = 0; i < state.length; i++) {
            state[i] = (code >> i & 1) != 0 ? model.vartype().high() : model.vartype().low();
        }
        return state;
    }

    private static double spin(long code, int variable) {
        return (code >> variable & 1) != 0 ? 1 : -1;
    }

    /**
     * The states with given values of the last variables, the task's. Bit i of a code is variable
     * i: the flipped ones first, then those of the lanes, then the task's.
     */
    private static final class Search {
        private final BinaryQuadraticModel model;
        private final int flipped;
        private final int laneBits;
        private final int keep;
        private final MoveChoice choice = MoveChoice.best();

        /** Among the flipped variables. */
        private final double[][] weight;

        /** The field of each flipped variable, less what the lanes' variables do. */
        private final double[] field;

        /** For each flipped variable what a lane's values add to its field. */
        private final double[][] more;

        private final double[] energy;
        private long code;

        /** The best so far, the worst of them first. */
        private final PriorityQueue<Found> found = new PriorityQueue<>((a, b) -> b.compareTo(a));

        Search(BinaryQuadraticModel model, int flipped, int laneBits, int task, int keep) {
            this.model = model;
            this.flipped = flipped;
            this.laneBits = laneBits;
            this.keep = keep;
            code = (long) task << flipped + laneBits;
            int lanes = 1 << laneBits;
            energy = new double[lanes];
            weight = new double[flipped][flipped];
            field = new double[flipped];
            more = new double[flipped][lanes];
            for (int i = 0; i < flipped; i++) {
                for (int k = 0; k < model.degree(i); k++) {
                    int j = model.neighbour(i, k);
                    double w = model.weight(i, k);
                    if (j < flipped) {
                        weight[i][j] = w;
                    } else if (j < flipped + laneBits) {
                        for (int lane = 0; lane < lanes; lane++) {
                            more[i][lane] += w * spin(lane, j - flipped);
                        }
                    }
                }
            }
        }

        /** Returns whether it came to the end. */
        boolean run(Deadline deadline) {
            refresh();
            keep();
            long states = 1L << flipped;
            double worst = worst();
            for (long k = 1; k < states; k++) {
                if (k % FLIPS == 0) {
                    if (deadline.isOver()) {
                        return false;
                    }
                }
                if (k % REFRESH == 0) {
                    refresh();
                }
                flip(Long.numberOfTrailingZeros(k));
                if (choice.least(energy, energy.length) <= worst) {
                    keep();
                    worst = worst();
                }
            }
            return true;
        }

        private double worst() {
            return found.size() < keep ? Double.POSITIVE_INFINITY : found.element().energy;
        }

        /** Computes fields and energies from the code. */
        private void refresh() {
            byte[] state = new byte[model.size()];
            for (int i = 0; i < state.length; i++) {
                state[i] = (byte) spin(code, i);
            }
            for (int lane = 0; lane < energy.length; lane++) {
                for (int bit = 0; bit < laneBits; bit++) {
                    state[flipped + bit] = (byte) spin(lane, bit);
                }
                energy[lane] = model.energy(state);
            }
            for (int i = 0; i < flipped; i++) {
                field[i] = model.linear(i);
                for (int k = 0; k < model.degree(i); k++) {
                    int j = model.neighbour(i, k);
                    boolean inLane = j >= flipped && j < flipped + laneBits;
                    field[i] += inLane ? 0 : model.weight(i, k) * spin(code, j);
                }
            }
        }

        private void flip(int i) {
            double by = -2 * spin(code, i);
            code ^= 1L << i;
            double same = by * field[i];
            double[] other = more[i];
            for (int lane = 0; lane < energy.length; lane++) {
                energy[lane] += same + by * other[lane];
            }
            double[] row = weight[i];
            for (int j = 0; j < flipped; j++) {
                field[j] += by * row[j];
            }
        }

        /** Takes over what is better than the worst that is kept. */
        private void keep() {
            for (int lane = 0; lane < energy.length; lane++) {
                if (found.size() < keep || energy[lane] <= found.element().energy) {
                    found.add(new Found(energy[lane], code | (long) lane << flipped));
                    if (found.size() > keep) {
                        found.remove();
                    }
                }
            }
        }
    }
}
