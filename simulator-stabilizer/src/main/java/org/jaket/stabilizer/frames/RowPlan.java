package org.jaket.stabilizer.frames;

import java.util.Arrays;

/**
 * The cheapest way to apply a linear map of up to four rows: row additions in place, after which
 * each result is found in some row.
 *
 * <p>A map is four nibbles; bit {@code j} of nibble {@code i} says that old row {@code j} is a term
 * of new row {@code i}. The identity is {@code 0x8421}. All 20160 invertible maps are reached by a
 * breadth-first search over additions once, when the class is loaded.
 *
 * @param additions target and source row, alternating, to be applied in order
 * @param place new row {@code i} is found in old row {@code place[i]} afterwards
 */
record RowPlan(int[] additions, int[] place) {
    static final int IDENTITY = 0x8421;

    private static final byte[] DEPTH = new byte[1 << 16];
    private static final byte[] LAST_TARGET = new byte[1 << 16];
    private static final byte[] LAST_SOURCE = new byte[1 << 16];
    private static final int[][] ORDERS = orders();

    static {
        Arrays.fill(DEPTH, (byte) -1);
        int[] queue = new int[20160];
        int head = 0;
        int tail = 0;
        queue[tail++] = IDENTITY;
        DEPTH[IDENTITY] = 0;
        while (head < tail) {
            int map = queue[head++];
            for (int target = 0; target < 4; target++) {
                for (int source = 0; source < 4; source++) {
                    int next = add(map, target, source);
                    if (target != source && DEPTH[next] < 0) {
                        DEPTH[next] = (byte) (DEPTH[map] + 1);
                        LAST_TARGET[next] = (byte) target;
                        LAST_SOURCE[next] = (byte) source;
                        queue[tail++] = next;
                    }
                }
            }
        }
    }

    private static int add(int map, int target, int source) {
        return map ^ (map >>> 4 * source & 15) << 4 * target;
    }

    /** The permutations of four things, the identity first and then by distance from it. */
    private static int[][] orders() {
        int[][] result = new int[24][];
        int count = 0;
        for (int moved = 0; moved <= 4; moved++) {
            for (int code = 0; code < 256; code++) {
                int[] p = {code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6};
                int fixed = 0;
                int seen = 0;
                for (int i = 0; i < 4; i++) {
                    fixed += p[i] == i ? 1 : 0;
                    seen |= 1 << p[i];
                }
                if (seen == 15 && 4 - fixed == moved) {
                    result[count++] = p;
                }
            }
        }
        return result;
    }

    /**
     * Finds the plan of a map.
     *
     * @throws IllegalArgumentException if the map is not invertible
     */
    static RowPlan of(int map) {
        int[] best = null;
        int bestMap = 0;
        for (int[] place : ORDERS) {
            int permuted = 0;
            for (int i = 0; i < 4; i++) {
                permuted |= (map >>> 4 * i & 15) << 4 * place[i];
            }
            if (DEPTH[permuted] >= 0 && (best == null || DEPTH[permuted] < DEPTH[bestMap])) {
                best = place;
                bestMap = permuted;
            }
        }
        if (best == null) {
            throw new IllegalArgumentException("Map 0x%04X is not invertible.".formatted(map));
        }
        int steps = DEPTH[bestMap];
        int[] additions = new int[2 * steps];
        for (int i = steps - 1, at = bestMap; i >= 0; i--) {
            additions[2 * i] = LAST_TARGET[at];
            additions[2 * i + 1] = LAST_SOURCE[at];
            at = add(at, LAST_TARGET[at], LAST_SOURCE[at]);
        }
        return new RowPlan(additions, best);
    }
}
