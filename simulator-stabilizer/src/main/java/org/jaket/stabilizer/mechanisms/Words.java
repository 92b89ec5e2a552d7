package org.jaket.stabilizer.mechanisms;

/**
 * Symptoms as bits of the words of a shot. A word's number is relative to where the detectors of a
 * stretch begin; the sign bit says that it is not, because it holds observables.
 */
final class Words {
    static final int ABSOLUTE = Integer.MIN_VALUE;

    final int[] words;
    final long[] masks;
    int count;

    private Words(int size) {
        // One at least, so that an error without symptoms flips nothing in some word.
        words = new int[Math.max(1, size)];
        masks = new long[words.length];
        words[0] = ABSOLUTE;
    }

    /**
     * Packs symptoms.
     *
     * @param symptoms detectors relative to a base, and observables
     * @param phase the base modulo 64
     * @param detectors number of detectors of a shot; observables come behind them
     */
    static Words of(int[] symptoms, int phase, int detectors) {
        Words packed = new Words(symptoms.length);
        for (int s : symptoms) {
            int bit = s >= 0 ? phase + s : detectors + ~s;
            packed.flip(bit >>> 6 | (s >= 0 ? 0 : ABSOLUTE), 1L << bit);
        }
        return packed;
    }

    private void flip(int word, long mask) {
        for (int k = 0; k < count; k++) {
            if (words[k] == word) {
                masks[k] |= mask;
                return;
            }
        }
        words[count] = word;
        masks[count++] = mask;
    }

    /** The number of a word in a shot. */
    static int at(int word, int base) {
        return (word & ~ABSOLUTE) + (base & ~(word >> 31));
    }
}
