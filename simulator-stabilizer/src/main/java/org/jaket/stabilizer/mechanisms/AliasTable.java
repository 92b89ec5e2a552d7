package org.jaket.stabilizer.mechanisms;

/**
 * Draws from a finite law with one random word and one comparison: M. Vose, "A linear algorithm for
 * generating random numbers with a given distribution", 1991.
 */
final class AliasTable {
    private static final int ALIAS_BITS = 24;
    private static final int ALIAS_MASK = (1 << ALIAS_BITS) - 1;

    /** Per column: the chance of staying in it (upper 40 bits) and the other one (lower 24). */
    private final long[] alias;

    /**
     * Makes the table.
     *
     * @param weights at most 2^24 positive numbers
     * @param total their sum
     */
    AliasTable(double[] weights, double total) {
        alias = alias(weights, total);
    }

    private static long[] alias(double[] means, double total) {
        int n = means.length;
        double[] share = new double[n];
        int[] small = new int[n];
        int[] large = new int[n];
        int smalls = 0;
        int larges = 0;
        for (int m = 0; m < n; m++) {
            share[m] = means[m] / total * n;
            if (share[m] < 1) {
                small[smalls++] = m;
            } else {
                large[larges++] = m;
            }
        }
        long[] alias = new long[n];
        while (smalls > 0 && larges > 0) {
            int less = small[--smalls];
            int more = large[larges - 1];
            alias[less] = (long) (share[less] * 0x1p40) << ALIAS_BITS | more;
            share[more] -= 1 - share[less];
            if (share[more] < 1) {
                larges--;
                small[smalls++] = more;
            }
        }
        // What is left over has a share of 1 but for rounding: either way it is itself.
        while (larges > 0) {
            int m = large[--larges];
            alias[m] = m;
        }
        while (smalls > 0) {
            int m = small[--smalls];
            alias[m] = m;
        }
        return alias;
    }

    /**
     * What a uniform random word draws. Its product with the number of columns is the column and,
     * as a fraction, the coin.
     */
    int draw(long random) {
        long n = alias.length;
        int column = (int) Math.unsignedMultiplyHigh(random, n);
        long entry = alias[column];
        return random * n >>> ALIAS_BITS < entry >>> ALIAS_BITS ? column : (int) entry & ALIAS_MASK;
    }
}
