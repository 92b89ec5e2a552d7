package org.jaket.annealing.presolve;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Variables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A model without the variables that interact with at most two others, again and again: the best
 * value of such a variable is a function of its neighbours, and the energy then is a quadratic one
 * of theirs. Trees, rings and series-parallel graphs vanish altogether. Interactions of 0 do not
 * count.
 *
 * <p>A state's energy is the smallest of all original states that agree with it, up to rounding,
 * and restoring finds that one. So minima stay minima; a Boltzmann distribution does not stay one.
 *
 * <p>Takes time and memory in proportion to variables and interactions, but for hubs, whose
 * neighbours may be gone through once for each eliminated one.
 */
public final class Elimination implements Reduction {
    private final BinaryQuadraticModel original;
    private final BinaryQuadraticModel model;

    /** The eliminated variables as they went, with their neighbours and coefficients then. */
    private final int[] variable;

    private final int[] first;
    private final int[] second;
    private final double[] bias;
    private final double[] firstWeight;
    private final double[] secondWeight;

    /** The numbers of those that remained. */
    private final int[] remaining;

    private Elimination(Work work) {
        this.original = work.model;
        this.model = work.reduced();
        this.variable = Arrays.copyOf(work.queue, work.done);
        this.first = work.first;
        this.second = work.second;
        this.bias = work.bias;
        this.firstWeight = work.firstWeight;
        this.secondWeight = work.secondWeight;
        this.remaining = work.remaining();
    }

    /** Eliminates what can be eliminated. */
    public static Elimination of(BinaryQuadraticModel model) {
        Work work = new Work(model);
        work.run();
        return new Elimination(work);
    }

    @Override
    public BinaryQuadraticModel original() {
        return original;
    }

    @Override
    public BinaryQuadraticModel model() {
        return model;
    }

    /** How many variables were eliminated. */
    public int count() {
        return variable.length;
    }

    @Override
    public byte[] restore(byte[] state) {
        States.check(state, model);
        byte[] all = new byte[original.size()];
        for (int k = 0; k < remaining.length; k++) {
            all[remaining[k]] = state[k];
        }
        byte low = original.vartype().low();
        for (int step = variable.length - 1; step >= 0; step--) {
            double field = bias[step];
            field += first[step] < 0 ? 0 : firstWeight[step] * all[first[step]];
            field += second[step] < 0 ? 0 : secondWeight[step] * all[second[step]];
            all[variable[step]] = field >= 0 ? low : original.vartype().high();
        }
        return all;
    }

    /**
     * The graph while it shrinks: half-edges in doubly linked lists, {@code e} and {@code e ^ 1}
     * one interaction.
     */
    private static final class Work {
        final BinaryQuadraticModel model;
        final int n;
        final double low;
        final double high;
        double offset;
        final double[] linear;
        final int[] head;
        final int[] degree;
        final int[] to;
        final int[] next;
        final int[] previous;
        final double[] weight;

        /**
         * Variables of degree at most 2 in the order of their elimination, {@code done} of them.
         */
        final int[] queue;

        int queued;
        int done;
        final boolean[] gone;
        final int[] first;
        final int[] second;
        final double[] bias;
        final double[] firstWeight;
        final double[] secondWeight;

        Work(BinaryQuadraticModel model) {
            this.model = model;
            n = model.size();
            low = model.vartype().low();
            high = model.vartype().high();
            offset = model.offset();
            linear = new double[n];
            head = new int[n];
            Arrays.fill(head, -1);
            degree = new int[n];
            to = new int[2 * model.interactions()];
            next = new int[to.length];
            previous = new int[to.length];
            weight = new double[to.length];
            queue = new int[n];
            gone = new boolean[n];
            first = new int[n];
            second = new int[n];
            bias = new double[n];
            firstWeight = new double[n];
            secondWeight = new double[n];
            int[] used = new int[1];
            model.forEachInteraction(
                    (i, j, w) -> {
                        if (w != 0) {
                            link(used[0], i, j, w);
                            used[0] += 2;
                        }
                    });
            for (int i = 0; i < n; i++) {
                linear[i] = model.linear(i);
                if (degree[i] <= 2) {
                    enqueue(i);
                }
            }
        }

        private void link(int edge, int i, int j, double w) {
            attach(edge, i, j, w);
            attach(edge + 1, j, i, w);
        }

        private void attach(int half, int from, int target, double w) {
            to[half] = target;
            weight[half] = w;
            next[half] = head[from];
            previous[half] = -1;
            if (head[from] >= 0) {
                previous[head[from]] = half;
            }
            head[from] = half;
            degree[from]++;
        }

        private void detach(int half, int from) {
            if (previous[half] >= 0) {
                next[previous[half]] = next[half];
            } else {
                head[from] = next[half];
            }
            if (next[half] >= 0) {
                previous[next[half]] = previous[half];
            }
            degree[from]--;
        }

        private void enqueue(int i) {
            if (!gone[i]) {
                gone[i] = true;
                queue[queued++] = i;
            }
        }

        void run() {
            while (done < queued) {
                eliminate(queue[done], done);
                done++;
            }
        }

        private void eliminate(int i, int step) {
            int a = head[i];
            int b = a < 0 ? -1 : next[a];
            int j = a < 0 ? -1 : to[a];
            int k = b < 0 ? -1 : to[b];
            double h = linear[i];
            double u = a < 0 ? 0 : weight[a];
            double v = b < 0 ? 0 : weight[b];
            first[step] = j;
            second[step] = k;
            bias[step] = h;
            firstWeight[step] = u;
            secondWeight[step] = v;
            // The best energy with both neighbours low, and with one or both high, is
            // c + x y_j + y y_k + z y_j y_k for four numbers.
            double span = high - low;
            double[] field = {
                h + u * low + v * low,
                h + u * high + v * low,
                h + u * low + v * high,
                h + u * high + v * high
            };
            double none = best(field[0]);
            double one = best(field[1]);
            double other = best(field[2]);
            double both = best(field[3]);
            // Neighbours of a variable whose value they cannot change have nothing to do with each
            // other; what is rounded must not join them.
            Arrays.sort(field);
            boolean decided = field[0] >= 0 || field[3] <= 0;
            double z = b < 0 || decided ? 0 : ((both - other) - (one - none)) / (span * span);
            double x = a < 0 ? 0 : (one - none) / span - z * low;
            double y = b < 0 ? 0 : (other - none) / span - z * low;
            offset += none - x * low - y * low - z * low * low;
            if (a >= 0) {
                linear[j] += x;
                detach(a, i);
                detach(a ^ 1, j);
            }
            if (b >= 0) {
                linear[k] += y;
                detach(b, i);
                detach(b ^ 1, k);
                couple(j, k, z, a & ~1);
                lower(k);
            }
            if (a >= 0) {
                lower(j);
            }
        }

        private double best(double field) {
            return Math.min(low * field, high * field);
        }

        /** Adds to an interaction, which may take a place that has become free. */
        private void couple(int j, int k, double z, int free) {
            int from = degree[j] <= degree[k] ? j : k;
            int target = from == j ? k : j;
            for (int e = head[from]; e >= 0; e = next[e]) {
                if (to[e] == target) {
                    weight[e] += z;
                    weight[e ^ 1] += z;
                    if (weight[e] == 0) {
                        detach(e, from);
                        detach(e ^ 1, target);
                    }
                    return;
                }
            }
            if (z != 0) {
                link(free, j, k, z);
            }
        }

        private void lower(int i) {
            if (degree[i] <= 2) {
                enqueue(i);
            }
        }

        int[] remaining() {
            int[] all = new int[n - done];
            for (int i = 0, k = 0; i < n; i++) {
                if (!gone[i]) {
                    all[k++] = i;
                }
            }
            return all;
        }

        BinaryQuadraticModel reduced() {
            int[] all = remaining();
            int[] number = new int[n];
            List<Object> labels = new ArrayList<>(all.length);
            for (int k = 0; k < all.length; k++) {
                number[all[k]] = k;
                labels.add(model.variables().get(all[k]));
            }
            var builder =
                    BinaryQuadraticModel.builder(model.vartype())
                            .addVariables(Variables.of(labels))
                            .addOffset(offset);
            for (int i : all) {
                builder.addLinear(number[i], linear[i]);
                for (int e = head[i]; e >= 0; e = next[e]) {
                    if (to[e] > i) {
                        builder.addQuadratic(number[i], number[to[e]], weight[e]);
                    }
                }
            }
            return builder.build();
        }
    }
}
