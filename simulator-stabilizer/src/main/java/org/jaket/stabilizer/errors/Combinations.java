package org.jaket.stabilizer.errors;

import org.jaket.circuit.CircuitException;
import org.jaket.stabilizer.sensitivity.Ids;

/**
 * The errors of one channel: all products of up to four basis errors (such as X and Z on two
 * qubits), each with its probability; error number k is the product of the basis errors in k's
 * bits.
 *
 * <p>With decomposition, products with more than two symptoms are written as products of members of
 * the same channel that have one or two, where that is possible.
 */
final class Combinations {
    /**
     * The most detectors that one application of a channel may touch when errors are decomposed.
     */
    static final int MAX_DETECTORS = 16;

    private final ErrorTable table;
    private final boolean decompose;

    /** The basis errors at 1, 2, 4, 8; filled by the caller. Other places are computed. */
    final int[] stored = new int[16];

    private final int[] masks = new int[16];
    private final int[] detectors = new int[MAX_DETECTORS];
    private final int[] pairs = new int[16];
    private final double[] merged = new double[16];

    Combinations(ErrorTable table, boolean decompose) {
        this.table = table;
        this.decompose = decompose;
    }

    /**
     * Adds the channel.
     *
     * @param basis how many basis errors there are
     * @param probabilities one a product; the first (nothing happens) counts only for disjoint ones
     * @param disjoint whether at most one product happens, instead of each independently
     */
    void add(int basis, double[] probabilities, boolean disjoint, int tag) {
        int size = 1 << basis;
        if (decompose) {
            findMasks(basis);
        }
        for (int k = 3; k < size; k++) {
            int most = k & k - 1;
            int least = k ^ most;
            if (most != 0) {
                table.pushSum(stored[most], stored[least]);
                stored[k] = table.store(tag);
                masks[k] = masks[most] ^ masks[least];
            }
        }
        if (decompose) {
            decompose(size, tag);
        }
        double[] p = probabilities;
        if (disjoint) {
            p = merged;
            System.arraycopy(probabilities, 0, p, 0, size);
            mergeIndistinguishable(size, p);
        }
        for (int k = 1; k < size; k++) {
            table.accumulate(stored[k], p[k]);
        }
    }

    private void mergeIndistinguishable(int size, double[] p) {
        for (int k = 1; k < size; k++) {
            if (table.size(stored[k]) == 0) {
                for (int to = 0; to < size; to++) {
                    int from = to ^ k;
                    if (from > to) {
                        p[to] += p[from];
                        p[from] = 0;
                    }
                }
            }
        }
    }

    private void findMasks(int basis) {
        int count = 0;
        int[] arena = table.arena();
        for (int k = 0; k < basis; k++) {
            int entry = stored[1 << k];
            int mask = 0;
            for (int i = table.start(entry); i < table.end(entry); i++) {
                int target = arena[i];
                if (!Ids.isDetector(target)) {
                    break;
                }
                int at = 0;
                while (at < count && detectors[at] != target) {
                    at++;
                }
                if (at == count) {
                    if (count == MAX_DETECTORS) {
                        throw new CircuitException(
                                "one application of this channel touches more than %d detectors, too many to decompose its errors. Maybe analyse without decomposition?"
                                        .formatted(MAX_DETECTORS));
                    }
                    detectors[count++] = target;
                }
                mask ^= 1 << at;
            }
            masks[1 << k] = mask;
        }
    }

    private void decompose(int size, int tag) {
        int singles = 0;
        int pairCount = 0;
        int solved = 0;
        for (int k = 1; k < size; k++) {
            if (Integer.bitCount(masks[k]) == 1) {
                singles |= masks[k];
                solved |= 1 << k;
            }
        }
        for (int k = 1; k < size; k++) {
            if (Integer.bitCount(masks[k]) == 2 && (masks[k] & ~singles) != 0) {
                pairs[pairCount++] = k;
                solved |= 1 << k;
            }
        }
        for (int k = 1; k < size; k++) {
            if (masks[k] == 0 || (solved >> k & 1) != 0) {
                continue;
            }
            int rest = pushPairs(k, singles, pairCount);
            for (int single = 0; rest != 0 && single < size; single++) {
                if (Integer.bitCount(masks[single]) == 1 && (masks[single] & ~rest) == 0) {
                    rest &= ~masks[single];
                    pushPart(stored[single]);
                }
            }
            if (table.hasPushed()) {
                table.popOne();
            }
            stored[k] = table.store(tag);
        }
    }

    private void pushPart(int entry) {
        table.pushEntry(entry);
        table.push(Ids.SEPARATOR);
    }

    /** Pushes as many pairs as it takes, and returns what single symptoms have to do. */
    private int pushPairs(int k, int singles, int pairCount) {
        int goal = masks[k];
        if ((goal & ~singles) == 0) {
            return goal;
        }
        for (int i = 0; i < pairCount; i++) {
            int mask = masks[pairs[i]];
            if ((goal & mask) == mask && (goal & ~(singles | mask)) == 0) {
                pushPart(stored[pairs[i]]);
                return goal & ~mask;
            }
        }
        for (int i = 0; i < pairCount; i++) {
            int first = masks[pairs[i]];
            for (int j = i + 1; j < pairCount; j++) {
                int second = masks[pairs[j]];
                if ((first & second) == 0 && (goal & ~(singles | first | second)) == 0) {
                    int a = stored[pairs[i]];
                    int b = stored[pairs[j]];
                    boolean inOrder = table.compareTargets(a, b) <= 0;
                    pushPart(inOrder ? a : b);
                    pushPart(inOrder ? b : a);
                    return goal & ~(first | second);
                }
            }
        }
        // Left whole; the other channels may have parts for it.
        pushPart(stored[k]);
        return 0;
    }
}
