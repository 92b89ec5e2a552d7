package org.jaket.annealing.routing;

/** The moves within one route: swap, 2-opt, and or-opt with strings of up to three customers. */
final class Reorder {
    /** How many kinds of moves there are. */
    static final int KINDS = 5;

    private Reorder() {}

    /**
     * Writes the order after a move.
     *
     * @param kind 0 swaps two customers, 1 turns the part between them round, 2 to 4 move a string
     *     of one to three customers from i to before what is then at j
     * @return whether there is such a move
     */
    static boolean apply(int[] order, int size, int i, int j, int kind, int[] into) {
        if (i == j || kind < 2 && i > j) {
            return false;
        }
        if (kind < 2) {
            System.arraycopy(order, 0, into, 0, size);
            if (kind == 0) {
                into[i] = order[j];
                into[j] = order[i];
            } else {
                for (int k = i; k <= j; k++) {
                    into[k] = order[i + j - k];
                }
            }
            return true;
        }
        int string = kind - 1;
        if (i + string > size || j + string > size) {
            return false;
        }
        if (j < i) {
            System.arraycopy(order, 0, into, 0, j);
            System.arraycopy(order, i, into, j, string);
            System.arraycopy(order, j, into, j + string, i - j);
            System.arraycopy(order, i + string, into, i + string, size - i - string);
        } else {
            System.arraycopy(order, 0, into, 0, i);
            System.arraycopy(order, i + string, into, i, j - i);
            System.arraycopy(order, i, into, j, string);
            System.arraycopy(order, j + string, into, j + string, size - j - string);
        }
        return true;
    }
}
