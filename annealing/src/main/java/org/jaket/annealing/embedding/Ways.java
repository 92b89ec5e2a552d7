package org.jaket.annealing.embedding;

import java.util.Arrays;

/**
 * The shortest ways that searches from several chains found to the qubits around them, and the new
 * chain that such ways make.
 */
final class Ways {
    private static final int UNSEEN = -1;
    private static final int BEGIN = -1;

    private final int indices;

    /** Of each search and qubit: the weight of the way from the chain up to before it. */
    private int[] gain = new int[0];

    /** Of each search and qubit: the qubit before it, or {@link #BEGIN} in the chain itself. */
    private int[] before = new int[0];

    private int[] order = new int[16];

    /** The qubits of the new chain, and how many they are. */
    final int[] found;

    int count;
    private final boolean[] inFound;

    /** Ways on a processor whose qubits have numbers below a bound. */
    Ways(int indices) {
        this.indices = indices;
        found = new int[indices];
        inFound = new boolean[indices];
    }

    /** Makes room for so many searches. */
    void reserve(int searches) {
        long needed = (long) searches * indices;
        if (needed > Integer.MAX_VALUE - 8) {
            throw new NoEmbeddingException(
                    "a variable with %d neighbours is too much for a processor of %d qubits"
                            .formatted(searches, indices));
        }
        if (gain.length < needed) {
            int old = gain.length;
            gain = Arrays.copyOf(gain, (int) needed);
            before = Arrays.copyOf(before, (int) needed);
            Arrays.fill(gain, old, gain.length, UNSEEN);
        }
        if (order.length < searches) {
            order = new int[searches];
        }
    }

    /** Where a search has its ways: the place of a qubit is this plus its number. */
    int base(int search) {
        return search * indices;
    }

    boolean isSeen(int place) {
        return gain[place] != UNSEEN;
    }

    /** A qubit of the chain where a search begins. */
    void begin(int place) {
        gain[place] = 0;
        before[place] = BEGIN;
    }

    /** The first way to a qubit, over another one. */
    void reach(int place, int from, int distance) {
        gain[place] = distance;
        before[place] = from;
    }

    void forget(int place) {
        gain[place] = UNSEEN;
    }

    /** The new chain has one qubit. */
    void only(int qubit) {
        found[0] = qubit;
        count = 1;
    }

    /** Builds the chain from its root: nearest neighbours first, each from where it is nearest. */
    void grow(int root, int searches) {
        for (int s = 0; s < searches; s++) {
            int at = s;
            int here = gain[s * indices + root];
            while (at > 0 && gain[order[at - 1] * indices + root] > here) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = s;
        }
        only(root);
        inFound[root] = true;
        for (int k = 0; k < searches; k++) {
            int base = order[k] * indices;
            int from = root;
            for (int at = 0; at < count; at++) {
                int g = gain[base + found[at]];
                if (g != UNSEEN && g < gain[base + from]) {
                    from = found[at];
                }
            }
            for (int qubit = before[base + from];
                    qubit != BEGIN && before[base + qubit] != BEGIN;
                    qubit = before[base + qubit]) {
                if (!inFound[qubit]) {
                    inFound[qubit] = true;
                    found[count++] = qubit;
                }
            }
        }
        for (int at = 0; at < count; at++) {
            inFound[found[at]] = false;
        }
    }
}
