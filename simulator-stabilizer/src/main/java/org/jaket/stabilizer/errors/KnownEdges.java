package org.jaket.stabilizer.errors;

import java.util.Arrays;

/**
 * The parts with one or two detectors that errors have been seen to be made of: a primitive hash
 * table from the detectors to where the part stands in an arena of its own.
 */
final class KnownEdges {
    /** Stands for the second detector where there is only one. */
    static final int ALONE = -1;

    private static final long FREE = Long.MIN_VALUE;

    private long[] keys = new long[64];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int count;
    private int[] arena = new int[256];
    private int used;

    KnownEdges() {
        Arrays.fill(keys, FREE);
    }

    private static long key(int first, int second) {
        return (long) first << 32 | second & 0xFFFFFFFFL;
    }

    /** Notes a part, instead of an earlier one with the same detectors. */
    void put(int first, int second, int[] targets, int from, int to) {
        long key = key(first, second);
        int slot = slot(keys, key);
        if (keys[slot] == FREE) {
            if (2 * ++count > keys.length) {
                grow();
                slot = slot(keys, key);
            }
            keys[slot] = key;
        }
        while (arena.length - used < to - from) {
            arena = Arrays.copyOf(arena, 2 * arena.length);
        }
        System.arraycopy(targets, from, arena, used, to - from);
        starts[slot] = used;
        used += to - from;
        ends[slot] = used;
    }

    /** A handle of the part with these detectors, or -1. */
    int find(int first, int second) {
        long key = key(first, second);
        int slot = slot(keys, key);
        return keys[slot] == key ? slot : -1;
    }

    int start(int handle) {
        return starts[handle];
    }

    int end(int handle) {
        return ends[handle];
    }

    int[] arena() {
        return arena;
    }

    private static int slot(long[] keys, long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed ^ mixed >>> 32) & keys.length - 1;
        while (keys[slot] != FREE && keys[slot] != key) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }

    private void grow() {
        long[] larger = new long[2 * keys.length];
        Arrays.fill(larger, FREE);
        int[] newStarts = new int[larger.length];
        int[] newEnds = new int[larger.length];
        for (int k = 0; k < keys.length; k++) {
            if (keys[k] != FREE) {
                int slot = slot(larger, keys[k]);
                larger[slot] = keys[k];
                newStarts[slot] = starts[k];
                newEnds[slot] = ends[k];
            }
        }
        keys = larger;
        starts = newStarts;
        ends = newEnds;
    }
}
