package org.jaket.stabilizer.mechanisms;

import java.util.Arrays;

/**
 * Sets of detectors and observables, as sorted arrays that are never changed. A detector is its
 * number, observable {@code k} is {@code ~k}, a negative number.
 */
final class Symptoms {
    static final int[] NONE = {};

    private Symptoms() {}

    /** The symmetric difference of two sets. */
    static int[] sum(int[] a, int[] b) {
        if (a.length == 0) {
            return b;
        }
        if (b.length == 0) {
            return a;
        }
        int[] sum = new int[a.length + b.length];
        int i = 0;
        int j = 0;
        int n = 0;
        while (i < a.length && j < b.length) {
            int x = a[i];
            int y = b[j];
            if (x == y) {
                i++;
                j++;
            } else if (x < y) {
                sum[n++] = x;
                i++;
            } else {
                sum[n++] = y;
                j++;
            }
        }
        while (i < a.length) {
            sum[n++] = a[i++];
        }
        while (j < b.length) {
            sum[n++] = b[j++];
        }
        return n == 0 ? NONE : n == sum.length ? sum : Arrays.copyOf(sum, n);
    }

    /** The same set with all detector numbers moved; they stay above zero. */
    static int[] shifted(int[] set, int by) {
        if (by == 0 || set.length == 0 || set[set.length - 1] < 0) {
            return set;
        }
        int[] moved = set.clone();
        for (int i = 0; i < moved.length; i++) {
            if (moved[i] >= 0) {
                moved[i] += by;
            }
        }
        return moved;
    }

    /**
     * The bits of a shot that symptoms are: those of detectors counted from where a stretch begins,
     * those of observables from the start of the shot, as {@code ~bit}.
     *
     * @param detectors number of detectors of a shot; observables come behind them
     */
    static int[] places(int[] set, int detectors) {
        int[] places = set.clone();
        for (int k = 0; k < places.length; k++) {
            if (places[k] < 0) {
                places[k] = ~(detectors + ~places[k]);
            }
        }
        return places;
    }

    /** The bits of a shot that places are, ascending. */
    static int[] bits(int[] places, int base) {
        int[] bits = new int[places.length];
        for (int k = 0; k < bits.length; k++) {
            bits[k] = places[k] < 0 ? ~places[k] : base + places[k];
        }
        Arrays.sort(bits);
        return bits;
    }

    /** Flips bits of the shot that begins at a word. */
    static void flip(int[] places, int base, long[] rows, int row) {
        for (int place : places) {
            int bit = place < 0 ? ~place : base + place;
            rows[row + (bit >>> 6)] ^= 1L << bit;
        }
    }
}
