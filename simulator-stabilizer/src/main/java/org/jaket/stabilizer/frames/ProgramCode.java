package org.jaket.stabilizer.frames;

import java.util.Arrays;

/**
 * The words of a {@link FrameProgram} while it is written. Instructions of some kinds begin with a
 * count and grow as long as nothing else comes between, so that runs of small steps are one
 * instruction.
 */
final class ProgramCode {
    /** The most instructions' words a program may have. */
    private static final int MAX_CODE = 1 << 29;

    private static final int NONE = -1;

    private int[] words = new int[1024];
    private int size;

    /** Where the counted instruction begins that can still grow. */
    private int open = NONE;

    /** Words that are run, those of loops as often as they are. */
    private double work;

    /** Begins an instruction. */
    void begin(int op) {
        open = NONE;
        emit(op);
    }

    /** Adds a word to the last instruction. */
    void emit(int word) {
        if (size == words.length) {
            if (size >= MAX_CODE) {
                throw new IllegalArgumentException(
                        "The circuit compiles to more than %d words. Maybe fold repeated parts into REPEAT blocks?"
                                .formatted(MAX_CODE));
            }
            words = Arrays.copyOf(words, 2 * size);
        }
        words[size++] = word;
        work++;
    }

    /** Continues an instruction of this kind or begins one; its count is the word after the op. */
    void openCounted(int op) {
        if (open == NONE || words[open] != op) {
            open = size;
            emit(op);
            emit(0);
        }
    }

    /** Adds a word that counts. */
    void emitCounted(int word) {
        emit(word);
        count();
    }

    /** Counts the words that were added last as one. */
    void count() {
        words[open + 1]++;
    }

    double work() {
        return work;
    }

    /** Takes what was done since as done several times. */
    void repeat(double workBefore, long count) {
        work = workBefore + (work - workBefore) * count;
    }

    int[] words() {
        return Arrays.copyOf(words, size);
    }
}
