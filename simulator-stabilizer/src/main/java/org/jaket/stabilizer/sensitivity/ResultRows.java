package org.jaket.stabilizer.sensitivity;

import java.util.Arrays;

/**
 * Which rows belong to which results: a hash table by open addressing, from ids of results, which
 * are positive, to rows.
 */
final class ResultRows {
    private static final int FREE = -1;

    private int[] keys;
    private int[] rows;
    private int size;

    ResultRows() {
        keys = new int[32];
        rows = new int[32];
        Arrays.fill(keys, FREE);
    }

    ResultRows(ResultRows other) {
        keys = other.keys.clone();
        rows = other.rows.clone();
        size = other.size;
    }

    int size() {
        return size;
    }

    /** How many places there are, for those who look at all of them. */
    int places() {
        return keys.length;
    }

    /** The result at a place, or -1 if there is none. */
    int result(int place) {
        return keys[place];
    }

    /** The row at a place that has a result. */
    int row(int place) {
        return rows[place];
    }

    /** The row of a result, or -1. */
    int find(int result) {
        int slot = slot(result);
        return keys[slot] == result ? rows[slot] : -1;
    }

    /** Puts in a result that is not there. */
    void put(int result, int row) {
        if (2 * (size + 1) > keys.length) {
            grow();
        }
        int slot = slot(result);
        keys[slot] = result;
        rows[slot] = row;
        size++;
    }

    /** Takes a result out and returns its row, or -1 if it was not there. */
    int remove(int result) {
        int slot = slot(result);
        if (keys[slot] != result) {
            return -1;
        }
        int row = rows[slot];
        size--;
        // Entries behind the gap move up when that is nearer to their home.
        int mask = keys.length - 1;
        int gap = slot;
        int at = slot;
        while (true) {
            at = at + 1 & mask;
            if (keys[at] == FREE) {
                break;
            }
            int home = home(keys[at]);
            if ((at - home & mask) >= (at - gap & mask)) {
                keys[gap] = keys[at];
                rows[gap] = rows[at];
                gap = at;
            }
        }
        keys[gap] = FREE;
        return row;
    }

    private int home(int key) {
        return key * 0x9E3779B1 >>> 7 & keys.length - 1;
    }

    private int slot(int key) {
        int slot = home(key);
        while (keys[slot] != FREE && keys[slot] != key) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }

    private void grow() {
        int[] oldKeys = keys;
        int[] oldRows = rows;
        keys = new int[2 * oldKeys.length];
        rows = new int[keys.length];
        Arrays.fill(keys, FREE);
        for (int k = 0; k < oldKeys.length; k++) {
            if (oldKeys[k] != FREE) {
                int slot = slot(oldKeys[k]);
                keys[slot] = oldKeys[k];
                rows[slot] = oldRows[k];
            }
        }
    }
}
