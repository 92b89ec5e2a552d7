package org.jaket.annealing.problem;

import java.util.BitSet;
import java.util.Optional;

/** What several problems ask of their answers. */
final class Answers {
    private Answers() {}

    /** Refuses what is not feasible. */
    static <A> void require(Problem<A> problem, A answer) {
        problem.violation(answer)
                .ifPresent(
                        why -> {
                            throw new IllegalArgumentException(
                                    "the answer is not feasible: " + why);
                        });
    }

    /** Refuses states of another model. */
    static void length(byte[] state, int expected) {
        if (state.length != expected) {
            throw new IllegalArgumentException(
                    "a state has %d values, not %d".formatted(expected, state.length));
        }
    }

    /** The first {@code n} variables that have the high value. */
    static BitSet set(byte[] state, int n) {
        BitSet set = new BitSet(n);
        for (int i = 0; i < n; i++) {
            set.set(i, state[i] > 0);
        }
        return set;
    }

    /** A state of {@code length} variables, the first of them high where a set has them. */
    static byte[] state(BitSet set, int length, int low) {
        byte[] state = new byte[length];
        for (int i = 0; i < length; i++) {
            state[i] = set.get(i) ? 1 : (byte) low;
        }
        return state;
    }

    /** Complains about members beyond the last. */
    static Optional<String> within(BitSet set, int n, String what) {
        return set.length() <= n
                ? Optional.empty()
                : Optional.of("there is no %s %d".formatted(what, set.length() - 1));
    }

    /** For each row of a matrix of binary variables its only 1, or nothing if one has not one. */
    static Optional<int[]> oneHot(byte[] state, int from, int rows, int columns) {
        int[] chosen = new int[rows];
        for (int i = 0; i < rows; i++) {
            int count = 0;
            for (int k = 0; k < columns; k++) {
                if (state[from + i * columns + k] > 0) {
                    chosen[i] = k;
                    count++;
                }
            }
            if (count != 1) {
                return Optional.empty();
            }
        }
        return Optional.of(chosen);
    }

    /** Complains unless numbers 0 to n - 1 are there once each. */
    static Optional<String> permutation(int[] answer, int n, String what) {
        if (answer.length != n) {
            return Optional.of("it has %d entries, not %d".formatted(answer.length, n));
        }
        BitSet seen = new BitSet(n);
        for (int k : answer) {
            if (k < 0 || k >= n) {
                return Optional.of("there is no %s %d".formatted(what, k));
            }
            if (seen.get(k)) {
                return Optional.of("%s %d is there twice".formatted(what, k));
            }
            seen.set(k);
        }
        return Optional.empty();
    }

    /** Complains about entries that are not 0 to choices - 1. */
    static Optional<String> choices(int[] answer, int n, int choices, String what) {
        if (answer.length != n) {
            return Optional.of("it has %d entries, not %d".formatted(answer.length, n));
        }
        for (int k : answer) {
            if (k < 0 || k >= choices) {
                return Optional.of("there is no %s %d".formatted(what, k));
            }
        }
        return Optional.empty();
    }
}
