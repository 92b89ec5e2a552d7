package org.jaket.annealing.polynomial;

import java.util.Arrays;

/** Pairs of variables, in how many products each is, in which, and a queue by that count. */
final class PairTable {
    private long[] keys = new long[64];
    private int[] count = new int[64];
    private int[] first = new int[64];

    /** The next pair in the same bucket. */
    private int[] neighbour = new int[64];

    private int size;

    /** One more than a pair's number, 0 where free; a power of two, at most half full. */
    private int[] slots = new int[128];

    private int[] term = new int[64];
    private int[] next = new int[64];
    private int occurrences;

    /** The first pair with a count, -1 for none. */
    private int[] buckets = new int[0];

    private int fullest;

    int size() {
        return size;
    }

    int low(int pair) {
        return (int) (keys[pair] >>> 32);
    }

    int high(int pair) {
        return (int) keys[pair];
    }

    int firstOccurrence(int pair) {
        return first[pair];
    }

    int nextOccurrence(int occurrence) {
        return next[occurrence];
    }

    int term(int occurrence) {
        return term[occurrence];
    }

    /** A product has the pair. */
    void occurs(int i, int j, int product) {
        int pair = find(i, j);
        if (occurrences == term.length) {
            term = Arrays.copyOf(term, 2 * occurrences);
            next = Arrays.copyOf(next, 2 * occurrences);
        }
        count[pair]++;
        term[occurrences] = product;
        next[occurrences] = first[pair];
        first[pair] = occurrences++;
    }

    /** A product has lost the pair; it stays in the list. */
    void leaves(int i, int j) {
        count[find(i, j)]--;
    }

    private int find(int i, int j) {
        long key = (long) Math.min(i, j) << 32 | Math.max(i, j);
        int at = slot(key);
        if (slots[at] > 0) {
            return slots[at] - 1;
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            count = Arrays.copyOf(count, 2 * size);
            first = Arrays.copyOf(first, 2 * size);
            neighbour = Arrays.copyOf(neighbour, 2 * size);
        }
        keys[size] = key;
        first[size] = -1;
        slots[at] = ++size;
        if (2 * size > slots.length) {
            slots = new int[2 * slots.length];
            for (int pair = 0; pair < size; pair++) {
                slots[slot(keys[pair])] = pair + 1;
            }
        }
        return size - 1;
    }

    private int slot(long key) {
        long h = key * 0x9E3779B97F4A7C15L;
        int mask = slots.length - 1;
        int at = (int) (h ^ h >>> 32) & mask;
        while (slots[at] > 0 && keys[slots[at] - 1] != key) {
            at = at + 1 & mask;
        }
        return at;
    }

    /** Puts all pairs in the buckets of their counts. */
    void fillBuckets() {
        fullest = 0;
        for (int pair = 0; pair < size; pair++) {
            fullest = Math.max(fullest, count[pair]);
        }
        buckets = new int[fullest + 1];
        Arrays.fill(buckets, -1);
        for (int pair = size - 1; pair >= 0; pair--) {
            toBucket(pair);
        }
    }

    /** Puts a pair in the bucket of its count. */
    void toBucket(int pair) {
        neighbour[pair] = buckets[count[pair]];
        buckets[count[pair]] = pair;
    }

    /** Takes out a pair that is in most products, -1 if none is in any. */
    int next() {
        while (fullest > 0) {
            int pair = buckets[fullest];
            if (pair < 0) {
                fullest--;
                continue;
            }
            buckets[fullest] = neighbour[pair];
            if (count[pair] == fullest) {
                return pair;
            }
            toBucket(pair);
        }
        return -1;
    }
}
