package org.jaket.annealing.sampler;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.BitSet;
import java.util.PriorityQueue;

/**
 * In which order to eliminate the variables of a model, always the one with the fewest neighbours
 * left, which then become neighbours of each other.
 *
 * @param order the variables
 * @param scope for each variable, by its place in the order, those that it was joined to when it
 *     went, ascending
 * @param width the longest scope
 */
record EliminationOrder(int[] order, int[][] scope, int width) {
    private record Candidate(int degree, int variable) {}

    /** Finds an order, or null as soon as it would be wider than some width. */
    static @Nullable EliminationOrder of(BinaryQuadraticModel model, int widest) {
        int n = model.size();
        if (model.interactions() > (long) widest * n) {
            // Each elimination takes away at most so many interactions.
            return null;
        }
        BitSet[] joined = new BitSet[n];
        PriorityQueue<Candidate> queue =
                new PriorityQueue<>(
                        (a, b) ->
                                a.degree != b.degree
                                        ? Integer.compare(a.degree, b.degree)
                                        : Integer.compare(a.variable, b.variable));
        for (int i = 0; i < n; i++) {
            joined[i] = new BitSet();
            for (int k = 0; k < model.degree(i); k++) {
                joined[i].set(model.neighbour(i, k));
            }
            queue.add(new Candidate(model.degree(i), i));
        }
        int[] order = new int[n];
        int[][] scope = new int[n][];
        boolean[] gone = new boolean[n];
        int width = 0;
        for (int place = 0; place < n; ) {
            Candidate next = queue.remove();
            int v = next.variable;
            if (gone[v] || next.degree != joined[v].cardinality()) {
                continue;
            }
            if (next.degree > widest) {
                return null;
            }
            gone[v] = true;
            order[place] = v;
            scope[place] = joined[v].stream().toArray();
            width = Math.max(width, next.degree);
            for (int u : scope[place]) {
                joined[u].or(joined[v]);
                joined[u].clear(u);
                joined[u].clear(v);
                queue.add(new Candidate(joined[u].cardinality(), u));
            }
            place++;
        }
        return new EliminationOrder(order, scope, width);
    }

    /** How many numbers all tables have together. */
    long numbers() {
        return Arrays.stream(scope).mapToLong(s -> 2L << s.length).sum();
    }
}
