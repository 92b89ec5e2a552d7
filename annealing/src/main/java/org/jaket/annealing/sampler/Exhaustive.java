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
 * <p>At most {@value #MOST_VARIABLES} variables: some nanoseconds a state and thread, so 30
 * variables take some seconds and 36 minutes. A limit of time ends the search before it is exact,
 * which the name of the sampler then says.
 */
public final class Exhaustive implements Sampler {
    /** The largest model that is tried. */
    public static final int MOST_VARIABLES = 36;

    /** Variables whose values divide the states among tasks. */
    private static final int DIVIDED = 6;

    /** States between two looks at the clock. */
    private static final int STATES = 1 << 14;

    /** A sampler. */
    public Exhaustive() {}

    private record Found(double energy, long code) {}

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
        int divided = Math.min(DIVIDED, n - 1);
        int keep = (int) Math.min(options.reads(), 1L << n);
        List<List<Found>> parts = new ArrayList<>();
        for (int k = 0; k < 1 << divided; k++) {
            parts.add(List.of());
        }
        boolean[] cut = {false};
        int[] done = {0};
        Parallel.run(
                options.threads(),
                1 << divided,
                part -> {
                    var search = new Search(spins, n - divided, part, keep);
                    boolean complete = search.run(options, deadline);
                    parts.set(part, List.copyOf(search.found));
                    synchronized (cut) {
                        cut[0] |= !complete;
                        options.progress().report(++done[0], parts.size());
                    }
                });
        List<byte[]> states =
                parts.stream()
                        .flatMap(List::stream)
                        .sorted(Exhaustive::compare)
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

    private static int compare(Found a, Found b) {
        int byEnergy = Double.compare(a.energy, b.energy);
        return byEnergy != 0 ? byEnergy : Long.compare(a.code, b.code);
    }

    private static byte[] state(BinaryQuadraticModel model, long code) {
        byte[] state = new byte[model.size()];
        for (int i = 0; i < state.length; i++) {
            state[i] = (code >> i & 1) != 0 ? model.vartype().high() : model.vartype().low();
        }
        return state;
    }

    /** The states with given values of the last variables. */
    private static final class Search {
        private final int free;
        private final int keep;
        private final double[] change;
        private final double[][] weight;
        private final double[] spins;
        private double energy;
        private long code;

        /** The best so far, the worst of them first. */
        private final PriorityQueue<Found> found = new PriorityQueue<>((a, b) -> compare(b, a));

        Search(BinaryQuadraticModel model, int free, int part, int keep) {
            this.free = free;
            this.keep = keep;
            int n = model.size();
            code = (long) part << free;
            spins = new double[n];
            byte[] state = new byte[n];
            for (int i = 0; i < n; i++) {
                state[i] = (code >> i & 1) != 0 ? (byte) 1 : -1;
                spins[i] = state[i];
            }
            energy = model.energy(state);
            change = new double[free];
            weight = new double[free][free];
            for (int i = 0; i < free; i++) {
                double field = model.linear(i);
                for (int k = 0; k < model.degree(i); k++) {
                    int j = model.neighbour(i, k);
                    field += model.weight(i, k) * spins[j];
                    if (j < free) {
                        weight[i][j] = model.weight(i, k);
                    }
                }
                change[i] = -2 * spins[i] * field;
            }
        }

        /** Returns whether it came to the end. */
        boolean run(SamplingOptions options, Deadline deadline) {
            keep();
            long states = 1L << free;
            for (long k = 1; k < states; k++) {
                if (k % STATES == 0) {
                    options.progress().checkCancelled();
                    if (deadline.isOver()) {
                        return false;
                    }
                }
                flip(Long.numberOfTrailingZeros(k));
                if (found.size() < keep || energy <= found.element().energy) {
                    keep();
                }
            }
            return true;
        }

        private void flip(int i) {
            energy += change[i];
            double old = spins[i];
            spins[i] = -old;
            code ^= 1L << i;
            double same = -change[i];
            double[] row = weight[i];
            for (int j = 0; j < free; j++) {
                change[j] += 4 * old * spins[j] * row[j];
            }
            change[i] = same;
        }

        private void keep() {
            found.add(new Found(energy, code));
            if (found.size() > keep) {
                found.remove();
            }
        }
    }
}
