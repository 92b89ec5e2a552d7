package org.jaket.annealing.presolve;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * The network whose nodes are literals, variables and their complements. A model is a constant plus
 * non-negative multiples c u v of products of literals; each is two arcs of capacity c, from u to
 * the complement of v and from v to that of u: who is true forces the other to be false, or pays.
 *
 * <p>Literal x of variable i is node 2i, its complement 2i + 1. Variable n is always true: the
 * source is its literal, the sink its complement, and linear terms are products with it.
 */
final class ImplicationNetwork {
    private final int n;
    private final int source;
    private final int sink;

    /** Arcs e and e ^ 1 are each other's reverse. */
    private final int[] to;

    private final long[] residual;

    /** The arcs of node v are arc[start[v]] to arc[start[v + 1] - 1]. */
    private final int[] start;

    private final int[] arc;
    private long constant;
    private int arcs;
    private boolean stopped;

    ImplicationNetwork(RoofDuality.Coefficients c) {
        n = c.n();
        source = 2 * n;
        sink = source + 1;
        int terms = c.quadratic().length;
        long needed = 4L * terms + 4L * n;
        if (needed > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "%d interactions are too many for roof duality".formatted(terms));
        }
        to = new int[(int) needed];
        residual = new long[(int) needed];
        long[] linear = c.linear().clone();
        for (int t = 0; t < terms; t++) {
            int u = 2 * c.first()[t];
            int v = 2 * c.second()[t];
            long weight = c.quadratic()[t];
            if (weight > 0) {
                product(u, v, weight);
            } else if (weight < 0) {
                // w x x' = w x + |w| x (1 - x')
                linear[c.first()[t]] += weight;
                product(u, v + 1, -weight);
            }
        }
        for (int i = 0; i < n; i++) {
            if (linear[i] > 0) {
                product(2 * i, source, linear[i]);
            } else if (linear[i] < 0) {
                constant += linear[i];
                product(2 * i + 1, source, -linear[i]);
            }
        }
        start = new int[2 * n + 3];
        for (int e = 0; e < arcs; e++) {
            start[to[e ^ 1] + 1]++;
        }
        for (int v = 0; v < 2 * n + 2; v++) {
            start[v + 1] += start[v];
        }
        arc = new int[arcs];
        int[] place = start.clone();
        for (int e = 0; e < arcs; e++) {
            arc[place[to[e ^ 1]]++] = e;
        }
    }

    private void product(int u, int v, long capacity) {
        arc(u, v ^ 1, capacity);
        arc(v, u ^ 1, capacity);
    }

    private void arc(int from, int target, long capacity) {
        to[arcs] = target;
        residual[arcs] = capacity;
        to[arcs + 1] = from;
        arcs += 2;
    }

    // ---- flow -----------------------------------------------------------------------------

    /**
     * Sends as much as goes from source to sink, or less if it is stopped.
     *
     * @param stop is asked now and then
     * @return twice what the bound is above the constant of the coefficients
     */
    long maximumFlow(BooleanSupplier stop) {
        int[] level = new int[2 * n + 2];
        int[] next = new int[2 * n + 2];
        int[] path = new int[2 * n + 2];
        int[] queue = new int[2 * n + 2];
        long flow = 2 * constant;
        while (!stopped && levels(level, queue)) {
            System.arraycopy(start, 0, next, 0, next.length);
            flow += blockingFlow(level, next, path, stop);
        }
        return flow;
    }

    /** How far nodes are from the source; whether the sink is reached. */
    private boolean levels(int[] level, int[] queue) {
        Arrays.fill(level, -1);
        level[source] = 0;
        queue[0] = source;
        int size = 1;
        for (int at = 0; at < size && level[sink] < 0; at++) {
            int v = queue[at];
            for (int k = start[v]; k < start[v + 1]; k++) {
                int w = to[arc[k]];
                if (residual[arc[k]] > 0 && level[w] < 0) {
                    level[w] = level[v] + 1;
                    queue[size++] = w;
                }
            }
        }
        return level[sink] >= 0;
    }

    /** Depth first; a path is the arcs to its nodes, and goes back to the first that is full. */
    private long blockingFlow(int[] level, int[] next, int[] path, BooleanSupplier stop) {
        long flow = 0;
        int paths = 0;
        int depth = 0;
        int v = source;
        while (true) {
            if (v == sink) {
                if ((paths++ & 255) == 0 && stop.getAsBoolean()) {
                    stopped = true;
                    return flow;
                }
                long least = Long.MAX_VALUE;
                int full = 0;
                for (int k = depth - 1; k >= 0; k--) {
                    if (residual[path[k]] <= least) {
                        least = residual[path[k]];
                        full = k;
                    }
                }
                for (int k = 0; k < depth; k++) {
                    residual[path[k]] -= least;
                    residual[path[k] ^ 1] += least;
                }
                flow += least;
                depth = full;
                v = to[path[full] ^ 1];
            } else if (next[v] < start[v + 1]) {
                int e = arc[next[v]];
                if (residual[e] > 0 && level[to[e]] == level[v] + 1) {
                    path[depth++] = e;
                    v = to[e];
                } else {
                    next[v]++;
                }
            } else if (v == source) {
                return flow;
            } else {
                v = to[path[--depth] ^ 1];
                next[v]++;
            }
        }
    }

    /** Whether more could have been sent: then nothing is known of any variable. */
    boolean isStopped() {
        return stopped;
    }

    // ---- persistencies --------------------------------------------------------------------

    /** For each variable 1 if it is true in every minimum, -1 if false, 0 if that is not known. */
    int[] strongLiterals() {
        boolean[] reached = new boolean[2 * n + 2];
        int[] queue = new int[2 * n + 2];
        reached[source] = true;
        queue[0] = source;
        int size = 1;
        for (int at = 0; at < size; at++) {
            for (int k = start[queue[at]]; k < start[queue[at] + 1]; k++) {
                int w = to[arc[k]];
                if (residual[arc[k]] > 0 && !reached[w]) {
                    reached[w] = true;
                    queue[size++] = w;
                }
            }
        }
        int[] value = new int[n];
        for (int i = 0; i < n; i++) {
            value[i] = reached[2 * i] ? 1 : reached[2 * i + 1] ? -1 : 0;
        }
        return value;
    }

    /**
     * Fills in more values, so that together they are those of one minimum: as in 2-SAT, of a
     * variable's two literals the one is true whose strongly connected component comes later.
     * Variables whose literals imply each other stay 0.
     */
    void weakLiterals(int[] value) {
        int[] component = new StronglyConnected(value).component;
        for (int i = 0; i < n; i++) {
            if (value[i] == 0 && component[2 * i] != component[2 * i + 1]) {
                value[i] = component[2 * i] < component[2 * i + 1] ? 1 : -1;
            }
        }
    }

    /** Tarjan's algorithm on what is left of the network; components count from the last one. */
    private final class StronglyConnected {
        final int[] component = new int[2 * n];
        private final int[] order = new int[2 * n];
        private final int[] low = new int[2 * n];
        private final int[] next = new int[2 * n];
        private final int[] parent = new int[2 * n];
        private final int[] stack = new int[2 * n];
        private int size;
        private int visited;
        private int components;

        StronglyConnected(int[] value) {
            for (int i = 0; i < n; i++) {
                // Variables with a value are as if they were not there.
                order[2 * i] = value[i] == 0 ? -1 : Integer.MAX_VALUE;
                order[2 * i + 1] = order[2 * i];
            }
            Arrays.fill(component, -1);
            for (int root = 0; root < 2 * n; root++) {
                if (order[root] < 0) {
                    visit(root);
                }
            }
        }

        private void visit(int root) {
            int v = enter(root, -1);
            while (v >= 0) {
                if (next[v] < start[v + 1]) {
                    int e = arc[next[v]++];
                    int w = to[e];
                    if (residual[e] <= 0 || w >= 2 * n || order[w] == Integer.MAX_VALUE) {
                        continue;
                    }
                    if (order[w] < 0) {
                        v = enter(w, v);
                    } else if (component[w] < 0) {
                        low[v] = Math.min(low[v], order[w]);
                    }
                } else {
                    v = leave(v);
                }
            }
        }

        private int enter(int v, int from) {
            order[v] = visited;
            low[v] = visited++;
            next[v] = start[v];
            parent[v] = from;
            stack[size++] = v;
            return v;
        }

        private int leave(int v) {
            if (low[v] == order[v]) {
                int w;
                do {
                    w = stack[--size];
                    component[w] = components;
                } while (w != v);
                components++;
            }
            if (parent[v] >= 0) {
                low[parent[v]] = Math.min(low[parent[v]], low[v]);
            }
            return parent[v];
        }
    }
}
