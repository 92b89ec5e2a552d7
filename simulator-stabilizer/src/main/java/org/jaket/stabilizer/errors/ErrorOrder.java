package org.jaket.stabilizer.errors;

import java.util.Arrays;

/**
 * Sorts errors by their targets and then by tag. The first targets decide nearly always, so they
 * are sorted as numbers, and only what is equal there is compared in full.
 */
final class ErrorOrder {
    private ErrorOrder() {}

    /** The first {@code count} entries, all with at least one target, in order. */
    static int[] sort(ErrorTable table, int[] entries, int count) {
        long[] keys = new long[count];
        for (int k = 0; k < count; k++) {
            keys[k] = (long) table.arena()[table.start(entries[k])] << 32 | entries[k];
        }
        Arrays.sort(keys);
        int[] order = new int[count];
        for (int k = 0; k < count; k++) {
            order[k] = (int) keys[k];
        }
        int[] scratch = new int[count];
        for (int from = 0; from < count; ) {
            int to = from + 1;
            while (to < count && keys[to] >> 32 == keys[from] >> 32) {
                to++;
            }
            merge(table, order, scratch, from, to);
            from = to;
        }
        return order;
    }

    private static void merge(ErrorTable table, int[] order, int[] scratch, int from, int to) {
        if (to - from < 12) {
            for (int k = from + 1; k < to; k++) {
                int entry = order[k];
                int at = k;
                while (at > from && compare(table, order[at - 1], entry) > 0) {
                    order[at] = order[at - 1];
                    at--;
                }
                order[at] = entry;
            }
            return;
        }
        int middle = from + to >>> 1;
        merge(table, order, scratch, from, middle);
        merge(table, order, scratch, middle, to);
        System.arraycopy(order, from, scratch, from, middle - from);
        int left = from;
        int right = middle;
        int at = from;
        while (left < middle) {
            if (right < to && compare(table, order[right], scratch[left]) < 0) {
                order[at++] = order[right++];
            } else {
                order[at++] = scratch[left++];
            }
        }
    }

    private static int compare(ErrorTable table, int a, int b) {
        int targets = table.compareTargets(a, b);
        return targets != 0 ? targets : Integer.compare(table.tag(a), table.tag(b));
    }
}
