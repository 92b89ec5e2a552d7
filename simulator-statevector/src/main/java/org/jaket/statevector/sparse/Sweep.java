package org.jaket.statevector.sparse;

/**
 * A phase or permutation of basis states, carried out on a stretch of the list. Basis states whose
 * bits under {@code mask} are not {@code value} stay as they are.
 */
sealed interface Sweep {
    /** Changes keys and amplitudes from {@code from} to {@code to - 1}. */
    void apply(long[] keys, double[] re, double[] im, int from, int to);

    /** Flips bits. */
    record Flip(long mask, long value, long flipped) implements Sweep {
        @Override
        public void apply(long[] keys, double[] re, double[] im, int from, int to) {
            for (int i = from; i < to; i++) {
                long k = keys[i];
                keys[i] = (k & mask) == value ? k ^ flipped : k;
            }
        }
    }

    /** Exchanges two bits. */
    record Exchange(long mask, long value, int a, int b) implements Sweep {
        @Override
        public void apply(long[] keys, double[] re, double[] im, int from, int to) {
            for (int i = from; i < to; i++) {
                long k = keys[i];
                long differs = (k & mask) == value ? (k >> a ^ k >> b) & 1 : 0;
                keys[i] = k ^ (differs << a | differs << b);
            }
        }
    }

    /** Multiplies by a number. */
    record Phase(long mask, long value, double c, double s) implements Sweep {
        @Override
        public void apply(long[] keys, double[] re, double[] im, int from, int to) {
            for (int i = from; i < to; i++) {
                if ((keys[i] & mask) == value) {
                    double x = re[i];
                    double y = im[i];
                    re[i] = c * x - s * y;
                    im[i] = c * y + s * x;
                }
            }
        }
    }

    /**
     * Takes each value of the targets to another one, times a number.
     *
     * @param targets the places of the targets, least significant first
     * @param flipped for each value of the targets the bits of a key that change
     * @param factors for each value of the targets the factor, interleaved
     */
    record Monomial(long mask, long value, int[] targets, long[] flipped, double[] factors)
            implements Sweep {
        @Override
        public void apply(long[] keys, double[] re, double[] im, int from, int to) {
            for (int i = from; i < to; i++) {
                long k = keys[i];
                if ((k & mask) != value) {
                    continue;
                }
                int v = 0;
                for (int j = 0; j < targets.length; j++) {
                    v |= (int) (k >> targets[j] & 1) << j;
                }
                double c = factors[2 * v];
                double s = factors[2 * v + 1];
                double x = re[i];
                double y = im[i];
                keys[i] = k ^ flipped[v];
                re[i] = c * x - s * y;
                im[i] = c * y + s * x;
            }
        }
    }
}
