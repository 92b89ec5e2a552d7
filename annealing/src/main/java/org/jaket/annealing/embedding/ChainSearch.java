package org.jaket.annealing.embedding;

import java.util.Arrays;

/**
 * Finds a chain for one variable: a root from which shortest paths lead to the chains of all its
 * neighbours, of least weight in total, and those paths (Cai, Macready and Roy, arXiv 1406.2741,
 * section 3).
 *
 * <p>The searches from all neighbours go on side by side, by rising distance, over one queue of
 * buckets. Weights lie on qubits, so that the first time a search meets a qubit is also the
 * shortest way there. A qubit that all searches have met is a candidate; once no other one can
 * become better, the search ends, which is most often long before it has seen the whole processor.
 */
final class ChainSearch {
    /** Distances differ by less than this many at any time, so that buckets can be used again. */
    private static final int BUCKETS = 1024;

    /** The largest weight of a qubit. */
    static final int MAX_WEIGHT = BUCKETS - 1;

    /** How much farther than the best root is worth a look, see {@link #root}. */
    private static final double FAR = 1.5;

    private final Chains chains;
    private final Draws draws;

    /** The weight of a qubit that so many chains use. */
    private final int[] weightOf = new int[32];

    /** How often chains overlapped on a qubit in earlier rounds. */
    private final int[] history;

    private final Ways ways;

    /** Of each qubit: how many searches met it, and the sum of their gains. */
    private final int[] met;

    private final int[] total;
    private final int[] touched;
    private int touchedCount;

    private final int[] head = new int[BUCKETS];
    private int[] next = new int[1024];
    private int[] code = new int[1024];
    private int entries;

    ChainSearch(Chains chains, Draws draws) {
        this.chains = chains;
        this.draws = draws;
        history = new int[chains.indices];
        met = new int[chains.indices];
        total = new int[chains.indices];
        touched = new int[chains.indices];
        ways = new Ways(chains.indices);
        Arrays.fill(head, -1);
    }

    /** From now on qubits of other chains may be used, at a weight that grows with each of them. */
    void allowOverlaps(double base) {
        for (int k = 0; k < weightOf.length; k++) {
            weightOf[k] = (int) Math.min(MAX_WEIGHT, Math.ceil(Math.pow(base, k)));
        }
    }

    private int weight(int qubit) {
        int weight = weightOf[Math.min(chains.users[qubit], weightOf.length - 1)];
        return Math.min(MAX_WEIGHT, weight * (1 + history[qubit]));
    }

    /**
     * Where chains overlap now, qubits become dearer from now on: that is how variables that would
     * share a qubit for ever learn to go elsewhere (as in the negotiated routing of McMurchie and
     * Ebeling, "PathFinder", FPGA 1995).
     */
    void remember() {
        for (int q : chains.qubits) {
            if (chains.users[q] > 1) {
                history[q] = Math.min(MAX_WEIGHT, history[q] + 1);
            }
        }
    }

    /**
     * Gives a variable without a chain a new one that meets all its neighbours' chains.
     *
     * @return whether there is one
     */
    boolean place(int variable) {
        int searches = 0;
        int from = chains.problemStart[variable];
        int to = chains.problemStart[variable + 1];
        for (int at = from; at < to; at++) {
            searches += chains.length[chains.problemNeighbour[at]] > 0 ? 1 : 0;
        }
        int root;
        if (searches == 0) {
            root = anywhere();
            ways.only(root);
        } else {
            ways.reserve(searches);
            root = root(variable, searches);
            if (root >= 0) {
                ways.grow(root, searches);
            }
            forget();
        }
        if (root < 0) {
            return false;
        }
        chains.set(variable, ways.found, ways.count);
        return true;
    }

    /** A qubit of least weight. */
    private int anywhere() {
        int best = Integer.MAX_VALUE;
        int ties = 0;
        int chosen = -1;
        for (int qubit : chains.qubits) {
            int weight = weight(qubit);
            if (weight <= best) {
                ties = weight < best ? 1 : ties + 1;
                best = weight;
                chosen = draws.below(ties) == 0 ? qubit : chosen;
            }
        }
        return chosen;
    }

    private void push(int entryCode, int bucket) {
        if (entries == code.length) {
            code = Arrays.copyOf(code, 2 * entries);
            next = Arrays.copyOf(next, 2 * entries);
        }
        code[entries] = entryCode;
        next[entries] = head[bucket];
        head[bucket] = entries++;
    }

    private void seed(int variable) {
        int search = 0;
        for (int at = chains.problemStart[variable]; at < chains.problemStart[variable + 1]; at++) {
            int other = chains.problemNeighbour[at];
            for (int k = 0; k < chains.length[other]; k++) {
                int qubit = chains.chain[other][k];
                int c = search * chains.indices + qubit;
                ways.begin(c);
                if (met[qubit]++ == 0) {
                    touched[touchedCount++] = qubit;
                }
                push(c, 0);
            }
            search += chains.length[other] > 0 ? 1 : 0;
        }
    }

    /** The best root, -1 if there is none. */
    private int root(int variable, int searches) {
        seed(variable);
        int indices = chains.indices;
        int[] start = chains.hardwareStart;
        int[] neighbour = chains.hardwareNeighbour;
        int best = Integer.MAX_VALUE;
        int ties = 0;
        int root = -1;
        int waiting = entries;
        int check = 0;
        for (int distance = 0; waiting > 0; distance++) {
            int bucket = distance & BUCKETS - 1;
            if (head[bucket] < 0) {
                continue;
            }
            // The sum counts shared ways more than once, so that its bound is far from sharp. What
            // is much farther off than the best root on average is hardly ever better.
            if (root >= 0 && distance > FAR * best / searches + 2) {
                break;
            }
            if (root >= 0 && distance >= check) {
                int slack = best - bound(searches, distance);
                if (slack <= 0) {
                    break;
                }
                // A bound rises by at most one for each search while the distance rises by one.
                check = distance + (slack + searches - 1) / searches;
            }
            int entry = head[bucket];
            head[bucket] = -1;
            for (; entry >= 0; entry = next[entry]) {
                waiting--;
                int c = code[entry];
                int base = c / indices * indices;
                int qubit = c - base;
                for (int at = start[qubit]; at < start[qubit + 1]; at++) {
                    int other = neighbour[at];
                    if (ways.isSeen(base + other)) {
                        continue;
                    }
                    int weight = weight(other);
                    ways.reach(base + other, qubit, distance);
                    total[other] += distance;
                    if (met[other]++ == 0) {
                        touched[touchedCount++] = other;
                    }
                    if (met[other] == searches) {
                        int sum = total[other] + searches * weight;
                        if (sum <= best) {
                            ties = sum < best ? 1 : ties + 1;
                            best = sum;
                            root = ties == 1 || draws.below(ties) == 0 ? other : root;
                        }
                    }
                    waiting++;
                    push(base + other, distance + weight & BUCKETS - 1);
                }
            }
        }
        return root;
    }

    /** What no qubit that some search has not met yet can fall below. */
    private int bound(int searches, int distance) {
        int least = searches * (distance + 1);
        for (int k = 0; k < touchedCount; k++) {
            int qubit = touched[k];
            int missing = searches - met[qubit];
            int weight = weight(qubit);
            if (missing > 0) {
                least = Math.min(least, total[qubit] + missing * distance + searches * weight);
            }
        }
        return least;
    }

    /** Makes everything unseen again, in proportion to what was seen. */
    private void forget() {
        for (int entry = 0; entry < entries; entry++) {
            ways.forget(code[entry]);
        }
        for (int k = 0; k < touchedCount; k++) {
            met[touched[k]] = 0;
            total[touched[k]] = 0;
        }
        Arrays.fill(head, -1);
        entries = 0;
        touchedCount = 0;
    }
}
