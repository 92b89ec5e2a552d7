package org.jaket.annealing.embedding;

/**
 * Finds a chain for one variable among the qubits that no chain uses: as {@link ChainSearch} does,
 * but all qubits cost the same, so that the searches are plain floods, one step each in turn. A bit
 * for each qubit says whether a search may still enter it.
 */
final class FreeChainSearch {
    private static final long ONE_SEARCH = 1L << 32;

    private final Chains chains;
    private final Draws draws;
    private final Ways ways;

    /** Of each search: the qubits that it has met or must not enter, a bit for each. */
    private long[][] closed = new long[0][];

    /** Of each search: the qubits that it has met, in that order. */
    private int[][] queue = new int[0][];

    private int[] done = new int[0];
    private int[] waiting = new int[0];

    /** Of each qubit: how many searches met it (upper half), and the sum of their distances. */
    private final long[] meetings;

    private long work;

    FreeChainSearch(Chains chains, Draws draws) {
        this.chains = chains;
        this.draws = draws;
        ways = new Ways(chains.indices);
        meetings = new long[chains.indices];
    }

    /** How many qubits all searches so far have met: a measure of time that is always the same. */
    long work() {
        return work;
    }

    /**
     * Gives a variable without a chain a new one that meets all its neighbours' chains.
     *
     * @param longest longer ones are not looked for
     * @return whether there is one
     */
    boolean place(int variable, int longest) {
        int searches = begin(variable);
        int root = searches == 0 ? anywhere() : root(searches, longest);
        if (root >= 0) {
            ways.only(root);
            if (searches > 0) {
                ways.grow(root, searches);
            }
        }
        forget(searches);
        if (root < 0) {
            return false;
        }
        chains.set(variable, ways.found, ways.count);
        return true;
    }

    /** A free qubit, -1 if there is none. */
    private int anywhere() {
        int n = chains.qubits.length;
        int from = draws.below(n);
        for (int k = 0; k < n; k++) {
            int qubit = chains.qubits[(from + k) % n];
            if (chains.users[qubit] == 0) {
                return qubit;
            }
        }
        return -1;
    }

    /** One search for each neighbour that has a chain. Returns how many. */
    private int begin(int variable) {
        int from = chains.problemStart[variable];
        int to = chains.problemStart[variable + 1];
        int searches = 0;
        for (int at = from; at < to; at++) {
            searches += chains.length[chains.problemNeighbour[at]] > 0 ? 1 : 0;
        }
        ways.reserve(searches);
        if (closed.length < searches) {
            closed = new long[searches][chains.used.length];
            queue = new int[searches][chains.indices];
            done = new int[searches];
            waiting = new int[searches];
        }
        int search = 0;
        for (int at = from; at < to; at++) {
            int other = chains.problemNeighbour[at];
            int length = chains.length[other];
            if (length == 0) {
                continue;
            }
            System.arraycopy(chains.used, 0, closed[search], 0, chains.used.length);
            System.arraycopy(chains.chain[other], 0, queue[search], 0, length);
            for (int k = 0; k < length; k++) {
                ways.begin(ways.base(search) + queue[search][k]);
            }
            done[search] = 0;
            waiting[search] = length;
            search++;
        }
        return searches;
    }

    /** The qubit that is nearest to all chains together, -1 if there is none. */
    private int root(int searches, int longest) {
        int[] start = chains.hardwareStart;
        int[] neighbour = chains.hardwareNeighbour;
        long best = Long.MAX_VALUE;
        int ties = 0;
        int root = -1;
        int end = longest;
        boolean any = true;
        // A root at this distance from a chain makes a chain longer than that.
        for (int distance = 0; distance < end && any; distance++) {
            any = false;
            for (int s = 0; s < searches; s++) {
                long[] shut = closed[s];
                int[] met = queue[s];
                int base = ways.base(s);
                int last = waiting[s];
                int next = last;
                for (int at = done[s]; at < last; at++) {
                    int qubit = met[at];
                    for (int k = start[qubit], stop = start[qubit + 1]; k < stop; k++) {
                        int other = neighbour[k];
                        if ((shut[other >> 6] >>> other & 1) != 0) {
                            continue;
                        }
                        shut[other >> 6] |= 1L << other;
                        ways.reach(base + other, qubit, distance);
                        met[next++] = other;
                        long sum = meetings[other] += ONE_SEARCH + distance;
                        if (sum >>> 32 == searches && sum <= best) {
                            // What is much farther off than the first is hardly ever better.
                            end = root < 0 ? Math.min(end, distance + distance / 4 + 1) : end;
                            ties = sum < best ? 1 : ties + 1;
                            best = sum;
                            root = ties == 1 || draws.below(ties) == 0 ? other : root;
                        }
                    }
                }
                any |= next > last;
                done[s] = last;
                waiting[s] = next;
            }
        }
        return root;
    }

    /** Makes everything unseen again, in proportion to what was seen. */
    private void forget(int searches) {
        for (int s = 0; s < searches; s++) {
            int base = ways.base(s);
            for (int k = 0; k < waiting[s]; k++) {
                int qubit = queue[s][k];
                ways.forget(base + qubit);
                meetings[qubit] = 0;
            }
            work += waiting[s];
        }
    }
}
