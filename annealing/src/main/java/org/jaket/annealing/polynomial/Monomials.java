package org.jaket.annealing.polynomial;

import java.util.Arrays;

/**
 * Different products of numbered variables with coefficients, in the order in which they came: flat
 * arrays, and a hash table with open addresses to find like products.
 */
final class Monomials {
    /** Where the factors of each product begin, and where the last ends. */
    private int[] start = new int[17];

    private int[] factors = new int[32];
    private double[] coefficient = new double[16];
    private int size;

    /** One more than a product's number, 0 where free; a power of two, at most half full. */
    private int[] slots = new int[32];

    int size() {
        return size;
    }

    double coefficient(int term) {
        return coefficient[term];
    }

    int degree(int term) {
        return start[term + 1] - start[term];
    }

    int factor(int term, int k) {
        return factors[start[term] + k];
    }

    int start(int term) {
        return start[term];
    }

    /** The factors of all products; {@link #start} says where whose begin. Not to be changed. */
    int[] factors() {
        return factors;
    }

    /**
     * Adds a product, or adds to the one that is there.
     *
     * @param product its factors in ascending order, up to length
     */
    void add(int[] product, int length, double more) {
        int at = slot(product, length);
        if (slots[at] > 0) {
            int term = slots[at] - 1;
            coefficient[term] = finite(coefficient[term] + more);
            return;
        }
        makeRoom(length);
        System.arraycopy(product, 0, factors, start[size], length);
        start[size + 1] = start[size] + length;
        coefficient[size++] = finite(more);
        slots[at] = size;
        if (2L * size > slots.length) {
            rehash();
        }
    }

    private static double finite(double sum) {
        if (!Double.isFinite(sum)) {
            throw new IllegalArgumentException(
                    "a coefficient of the polynomial would be %s: it is beyond all numbers"
                            .formatted(sum));
        }
        return sum;
    }

    private int slot(int[] product, int length) {
        int mask = slots.length - 1;
        int at = hash(product, 0, length) & mask;
        while (slots[at] > 0) {
            int begin = start[slots[at] - 1];
            if (Arrays.equals(factors, begin, start[slots[at]], product, 0, length)) {
                return at;
            }
            at = at + 1 & mask;
        }
        return at;
    }

    private static int hash(int[] of, int from, int to) {
        long h = 1;
        for (int k = from; k < to; k++) {
            h = (h ^ of[k]) * 0x9E3779B97F4A7C15L;
            h ^= h >>> 32;
        }
        return (int) h;
    }

    private void makeRoom(int length) {
        if (size + 1 == start.length) {
            start = Arrays.copyOf(start, longer(start.length, size + 2L));
            coefficient = Arrays.copyOf(coefficient, start.length - 1);
        }
        long needed = (long) start[size] + length;
        if (needed > factors.length) {
            factors = Arrays.copyOf(factors, longer(factors.length, needed));
        }
    }

    private static int longer(int now, long needed) {
        if (needed > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("the polynomial has too many terms for one array");
        }
        return (int) Math.max(needed, Math.min(Integer.MAX_VALUE - 8, now * 2L));
    }

    private void rehash() {
        if (slots.length == 1 << 30) {
            throw new IllegalArgumentException("the polynomial has too many terms for one table");
        }
        slots = new int[2 * slots.length];
        int mask = slots.length - 1;
        for (int term = 0; term < size; term++) {
            int at = hash(factors, start[term], start[term + 1]) & mask;
            while (slots[at] > 0) {
                at = at + 1 & mask;
            }
            slots[at] = term + 1;
        }
    }
}
