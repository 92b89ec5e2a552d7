package org.jaket.stabilizer.nearclifford;

import org.jaket.execution.UnsupportedCircuitException;

import java.util.Arrays;

/** Collects the masks of a program. */
final class Masks {
    /** The most words of all masks of a circuit together: 400 MB. */
    static final int MAX_WORDS = 1 << 25;

    private int[] start = new int[64];
    private int count;
    private int pending;
    private int[] word = new int[256];
    private long[] bits = new long[256];

    private final int most;

    /** Masks that take so many words at most. */
    Masks(int most) {
        this.most = most;
    }

    /** A mask that flips the Pauli frame by a string. */
    int flipping(PauliRow row) {
        return add(row, false);
    }

    /** A mask whose parity with the frame says whether a string anticommutes with it. */
    int testing(PauliRow row) {
        return add(row, true);
    }

    private int add(PauliRow row, boolean exchanged) {
        int words = row.words();
        for (int w = 0; w < words; w++) {
            append(w, exchanged ? row.z(w) : row.x(w));
        }
        for (int w = 0; w < words; w++) {
            append(words + w, exchanged ? row.x(w) : row.z(w));
        }
        count++;
        if (count + 1 > start.length) {
            start = Arrays.copyOf(start, 2 * start.length);
        }
        // What is not yet closed ends here.
        int end = start[count - 1] + pending;
        pending = 0;
        start[count] = end;
        return count - 1;
    }

    private void append(int at, long value) {
        if (value == 0) {
            return;
        }
        int size = start[count] + pending;
        if (size >= most) {
            throw new UnsupportedCircuitException(
                    "The circuit compiles to more than %d MB. Maybe repeat its loops less often, or branch less?"
                            .formatted(MAX_WORDS / 1_000_000 * 12));
        }
        if (size == word.length) {
            word = Arrays.copyOf(word, 2 * size);
            bits = Arrays.copyOf(bits, 2 * size);
        }
        word[size] = at;
        bits[size] = value;
        pending++;
    }

    int[] start() {
        return Arrays.copyOf(start, count + 1);
    }

    int[] word() {
        return Arrays.copyOf(word, start[count]);
    }

    long[] bits() {
        return Arrays.copyOf(bits, start[count]);
    }
}
