package org.jaket.annealing.embedding;

import org.jaket.annealing.reads.Deadline;

import java.util.Arrays;

/**
 * Makes the chains of a valid embedding shorter: again and again a few variables next to each other
 * are taken out and placed anew, in random order and without overlaps; what came of it is kept if
 * it is not worse. Long chains cost more than in proportion, so that they go first.
 */
final class ChainShortening {
    private static final int MOST_AT_ONCE = 6;

    private final Chains chains;
    private final FreeChainSearch search;
    private final ChainTrim trim;
    private final Draws draws;
    private final Deadline deadline;

    /** The variables whose chains a step may change, and what they were before. */
    private final int[] involved;

    private int involvedCount;
    private final boolean[] isInvolved;
    private int[][] saved = new int[16][4];
    private int[] savedLength = new int[16];
    private final int[] group = new int[MOST_AT_ONCE];

    ChainShortening(Chains chains, Draws draws, Deadline deadline) {
        this.chains = chains;
        this.search = new FreeChainSearch(chains, draws);
        this.trim = new ChainTrim(chains);
        this.draws = draws;
        this.deadline = deadline;
        involved = new int[chains.variables];
        isInvolved = new boolean[chains.variables];
    }

    /**
     * Works until so many steps in a row brought nothing, or the work or the time is over.
     *
     * @param patience how many steps
     * @param budget how much work, in the units of {@link FreeChainSearch#work}
     */
    void run(long patience, long budget) {
        for (int v = 0; v < chains.variables; v++) {
            trim.trim(v);
        }
        for (long idle = 0;
                idle < patience && search.work() < budget && !deadline.isOver();
                idle++) {
            if (step() < 0) {
                idle = -1;
            }
        }
    }

    /** What a chain costs. */
    private static long cost(int length) {
        return (long) length * length * length;
    }

    /** One step. Returns by how much the cost changed: never above zero. */
    private long step() {
        // The longest of three: long chains are more often in the way.
        int first = draws.below(chains.variables);
        for (int k = 0; k < 2; k++) {
            int other = draws.below(chains.variables);
            first = chains.length[other] > chains.length[first] ? other : first;
        }
        if (chains.length[first] < 2
                && chains.problemStart[first] == chains.problemStart[first + 1]) {
            return 0;
        }
        int count = choose(first);
        long old = save(count);
        draws.shuffle(group, count);
        boolean placed = true;
        // A chain that is longer than all of these were is hardly ever a part of something better.
        int longest = 0;
        for (int k = 0; k < count; k++) {
            longest = Math.max(longest, chains.length[group[k]]);
            chains.clear(group[k]);
        }
        for (int k = 0; k < count && placed; k++) {
            placed = search.place(next(k, count), longest);
        }
        if (placed) {
            for (int k = 0; k < involvedCount; k++) {
                trim.trim(involved[k]);
            }
        }
        for (int k = 0; k < count && placed; k++) {
            // All neighbours of these are involved, so that this can be taken back.
            boolean more = true;
            while (more) {
                more = trim.handOver(group[k]);
            }
        }
        long change = placed ? cost() - old : 1;
        if (change > 0) {
            restore();
            change = 0;
        }
        release();
        return change;
    }

    /** Brings the first variable of the rest of the group that has a neighbour to the front. */
    private int next(int from, int count) {
        for (int k = from; k < count; k++) {
            int v = group[k];
            for (int at = chains.problemStart[v]; at < chains.problemStart[v + 1]; at++) {
                if (chains.length[chains.problemNeighbour[at]] > 0) {
                    group[k] = group[from];
                    group[from] = v;
                    return v;
                }
            }
        }
        return group[from];
    }

    /** A variable and some of its neighbours, or theirs. */
    private int choose(int first) {
        int count = 0;
        group[count++] = first;
        int wanted = 1 + draws.below(MOST_AT_ONCE);
        for (int k = 0; k < 2 * wanted && count < wanted; k++) {
            int from = group[draws.below(count)];
            int degree = chains.problemStart[from + 1] - chains.problemStart[from];
            if (degree == 0) {
                break;
            }
            int next = chains.problemNeighbour[chains.problemStart[from] + draws.below(degree)];
            boolean fresh = true;
            for (int g = 0; g < count; g++) {
                fresh &= group[g] != next;
            }
            if (fresh) {
                group[count++] = next;
            }
        }
        return count;
    }

    private long save(int count) {
        involvedCount = 0;
        for (int g = 0; g < count; g++) {
            involve(group[g]);
        }
        // Neighbours' chains may become too long when a new chain meets them elsewhere.
        for (int g = 0; g < count; g++) {
            int v = group[g];
            for (int at = chains.problemStart[v]; at < chains.problemStart[v + 1]; at++) {
                involve(chains.problemNeighbour[at]);
            }
        }
        if (saved.length < involvedCount) {
            int old = saved.length;
            saved = Arrays.copyOf(saved, Math.max(2 * old, involvedCount));
            for (int k = old; k < saved.length; k++) {
                saved[k] = new int[4];
            }
            savedLength = new int[saved.length];
        }
        for (int k = 0; k < involvedCount; k++) {
            int v = involved[k];
            int length = chains.length[v];
            if (saved[k].length < length) {
                saved[k] = new int[2 * length];
            }
            System.arraycopy(chains.chain[v], 0, saved[k], 0, length);
            savedLength[k] = length;
        }
        return cost();
    }

    private void involve(int variable) {
        if (!isInvolved[variable]) {
            isInvolved[variable] = true;
            involved[involvedCount++] = variable;
        }
    }

    private long cost() {
        long sum = 0;
        for (int k = 0; k < involvedCount; k++) {
            sum += cost(chains.length[involved[k]]);
        }
        return sum;
    }

    private void restore() {
        for (int k = 0; k < involvedCount; k++) {
            chains.clear(involved[k]);
        }
        for (int k = 0; k < involvedCount; k++) {
            chains.set(involved[k], saved[k], savedLength[k]);
        }
    }

    private void release() {
        for (int k = 0; k < involvedCount; k++) {
            isInvolved[involved[k]] = false;
        }
    }
}
