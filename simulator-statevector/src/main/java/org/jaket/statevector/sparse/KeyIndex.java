package org.jaket.statevector.sparse;

import java.util.Arrays;

/**
 * Finds numbers for keys: an open-addressing table of ints beside the keys themselves, a power of
 * two of places, at most half of them taken.
 */
final class KeyIndex {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final int[] table;
    private final int shift;
    private long[] keys;
    private int size;

    /** Room for {@code most} keys. */
    KeyIndex(int most) {
        int places = places(most);
        table = new int[places];
        shift = 64 - Integer.numberOfTrailingZeros(places);
        keys = new long[16];
    }

    private static int places(int most) {
        return Math.max(16, Integer.highestOneBit(Math.max(1, 2 * most - 1)) << 1);
    }

    /** The bytes of an index of {@code most} keys, the growth of its list of keys included. */
    static long bytes(long most) {
        return 4L * Math.max(16, Long.highestOneBit(Math.max(1, 2 * most - 1)) << 1) + 12 * most;
    }

    /** How many different keys there are. */
    int size() {
        return size;
    }

    /** The key with a number. */
    long key(int number) {
        return keys[number];
    }

    /** The number of a key, a new one if it was not there. */
    int add(long key) {
        int place = (int) ((key * GOLDEN) >>> shift);
        while (table[place] != 0) {
            int number = table[place] - 1;
            if (keys[number] == key) {
                return number;
            }
            place = place + 1 & table.length - 1;
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, (int) Math.min(3L * size / 2, table.length / 2));
        }
        keys[size++] = key;
        table[place] = size;
        return size - 1;
    }

    /** The number of a key, or -1. */
    int find(long key) {
        int place = (int) ((key * GOLDEN) >>> shift);
        while (table[place] != 0) {
            int number = table[place] - 1;
            if (keys[number] == key) {
                return number;
            }
            place = place + 1 & table.length - 1;
        }
        return -1;
    }
}
