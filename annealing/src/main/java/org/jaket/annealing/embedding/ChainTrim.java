package org.jaket.annealing.embedding;

import java.util.Arrays;

/**
 * Takes qubits out of the chains of a valid embedding that it can do without, and hands the ends of
 * long chains to shorter neighbours. The embedding stays valid at every step.
 */
final class ChainTrim {
    /** No neighbour's contact depends on a qubit, or those of several do. */
    private static final int FREE = -1;

    private static final int SEVERAL = -2;

    /** In place of a number of contacts: the variable is no neighbour of the one in hand. */
    private static final int NO_NEIGHBOUR = -1;

    private final Chains chains;

    /** How many qubits of the chain in hand touch the chain of a variable. */
    private final int[] contacts;

    private final int[] contacted;
    private int contactedCount;

    /** The last qubit by which a variable was seen, so that each counts once for a qubit. */
    private final int[] seenBy;

    private final int[] queue;
    private final boolean[] reached;

    ChainTrim(Chains chains) {
        this.chains = chains;
        contacts = new int[chains.variables];
        contacted = new int[chains.variables];
        seenBy = new int[chains.variables];
        Arrays.fill(contacts, NO_NEIGHBOUR);
        queue = new int[chains.indices];
        reached = new boolean[chains.indices];
    }

    /**
     * Makes a variable's chain shorter as far as that goes without moving anything else.
     *
     * @return whether it became shorter
     */
    boolean trim(int variable) {
        if (chains.length[variable] < 2) {
            return false;
        }
        boolean changed = false;
        count(variable);
        for (int k = chains.length[variable] - 1; k >= 0 && chains.length[variable] > 1; k--) {
            int qubit = chains.chain[variable][k];
            if (needed(qubit) == FREE && connectedWithout(variable, qubit)) {
                chains.remove(variable, k);
                changed = true;
                forget();
                count(variable);
                k = chains.length[variable];
            }
        }
        forget();
        return changed;
    }

    /**
     * Hands a qubit of a variable's chain to a neighbour whose chain is shorter by at least two.
     *
     * @return whether there was one
     */
    boolean handOver(int variable) {
        if (chains.length[variable] < 3) {
            return false;
        }
        count(variable);
        boolean changed = false;
        for (int k = 0; k < chains.length[variable] && !changed; k++) {
            int qubit = chains.chain[variable][k];
            int other = needed(qubit);
            if (other >= 0
                    && chains.length[other] + 1 < chains.length[variable]
                    && connectedWithout(variable, qubit)) {
                chains.remove(variable, k);
                chains.add(other, qubit);
                changed = true;
            }
        }
        forget();
        return changed;
    }

    /** The one neighbour that only this qubit of the chain touches; or none, or several. */
    private int needed(int qubit) {
        int only = FREE;
        for (int at = chains.hardwareStart[qubit]; at < chains.hardwareStart[qubit + 1]; at++) {
            int other = chains.owner[chains.hardwareNeighbour[at]];
            if (other >= 0 && contacts[other] == 1 && other != only) {
                if (only >= 0) {
                    return SEVERAL;
                }
                only = other;
            }
        }
        return only;
    }

    /** Counts contacts with the chains of the variable's neighbours, not with any other. */
    private void count(int variable) {
        for (int at = chains.problemStart[variable]; at < chains.problemStart[variable + 1]; at++) {
            int other = chains.problemNeighbour[at];
            contacted[contactedCount++] = other;
            contacts[other] = 0;
            seenBy[other] = -1;
        }
        for (int k = 0; k < chains.length[variable]; k++) {
            int qubit = chains.chain[variable][k];
            for (int at = chains.hardwareStart[qubit]; at < chains.hardwareStart[qubit + 1]; at++) {
                int other = chains.owner[chains.hardwareNeighbour[at]];
                if (other >= 0 && contacts[other] != NO_NEIGHBOUR && seenBy[other] != qubit) {
                    seenBy[other] = qubit;
                    contacts[other]++;
                }
            }
        }
    }

    private void forget() {
        for (int k = 0; k < contactedCount; k++) {
            contacts[contacted[k]] = NO_NEIGHBOUR;
        }
        contactedCount = 0;
    }

    private boolean connectedWithout(int variable, int without) {
        int length = chains.length[variable];
        int[] chain = chains.chain[variable];
        if (length <= 2) {
            return length == 2;
        }
        int first = chain[0] == without ? chain[1] : chain[0];
        int waiting = 0;
        queue[waiting++] = first;
        reached[first] = true;
        for (int done = 0; done < waiting; done++) {
            int qubit = queue[done];
            for (int at = chains.hardwareStart[qubit]; at < chains.hardwareStart[qubit + 1]; at++) {
                int other = chains.hardwareNeighbour[at];
                if (chains.owner[other] == variable && other != without && !reached[other]) {
                    reached[other] = true;
                    queue[waiting++] = other;
                }
            }
        }
        for (int k = 0; k < waiting; k++) {
            reached[queue[k]] = false;
        }
        return waiting == length - 1;
    }
}
