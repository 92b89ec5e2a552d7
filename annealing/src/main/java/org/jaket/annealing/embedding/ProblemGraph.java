package org.jaket.annealing.embedding;

import org.jaket.annealing.BinaryQuadraticModel;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/**
 * Which variables of a model interact: all that an embedding depends on. Variables are numbers from
 * 0, as in {@link BinaryQuadraticModel}. Immutable; neighbours stand in ascending order.
 */
public final class ProblemGraph {
    private final int[] start;
    private final int[] neighbour;

    private ProblemGraph(int[] start, int[] neighbour) {
        this.start = start;
        this.neighbour = neighbour;
    }

    /** The interactions of a model, also those of weight 0. */
    public static ProblemGraph of(BinaryQuadraticModel model) {
        int[] start = new int[model.size() + 1];
        int[] neighbour = new int[2 * model.interactions()];
        for (int v = 0; v < model.size(); v++) {
            start[v + 1] = start[v] + model.degree(v);
            for (int k = 0; k < model.degree(v); k++) {
                neighbour[start[v] + k] = model.neighbour(v, k);
            }
        }
        return new ProblemGraph(start, neighbour);
    }

    /**
     * A graph of listed interactions.
     *
     * @param size how many variables
     * @param pairs of variables, in either order; repeated ones count once
     * @throws IllegalArgumentException if a pair has not two different variables
     */
    public static ProblemGraph of(int size, Collection<int[]> pairs) {
        long[] packed = new long[2 * pairs.size()];
        int count = 0;
        for (int[] pair : pairs) {
            if (pair.length != 2
                    || pair[0] == pair[1]
                    || Math.min(pair[0], pair[1]) < 0
                    || Math.max(pair[0], pair[1]) >= size) {
                throw new IllegalArgumentException(
                        "an interaction has two different variables below %d, not %s"
                                .formatted(size, Arrays.toString(pair)));
            }
            packed[count++] = (long) pair[0] << 32 | pair[1];
            packed[count++] = (long) pair[1] << 32 | pair[0];
        }
        long[] sorted = Arrays.stream(packed).sorted().distinct().toArray();
        int[] start = new int[size + 1];
        int[] neighbour = new int[sorted.length];
        for (int at = 0; at < sorted.length; at++) {
            neighbour[at] = (int) sorted[at];
            start[(int) (sorted[at] >>> 32) + 1]++;
        }
        for (int v = 0; v < size; v++) {
            start[v + 1] += start[v];
        }
        return new ProblemGraph(start, neighbour);
    }

    /** Every variable interacts with every other one. */
    public static ProblemGraph complete(int size) {
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                pairs.add(new int[] {i, j});
            }
        }
        return of(size, pairs);
    }

    /** Each of the first {@code left} variables interacts with each of the other {@code right}. */
    public static ProblemGraph bipartite(int left, int right) {
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < left; i++) {
            for (int j = 0; j < right; j++) {
                pairs.add(new int[] {i, left + j});
            }
        }
        return of(left + right, pairs);
    }

    /** How many variables there are. */
    public int size() {
        return start.length - 1;
    }

    /** How many pairs interact. */
    public int interactions() {
        return neighbour.length / 2;
    }

    /** With how many others a variable interacts. */
    public int degree(int variable) {
        return start[variable + 1] - start[variable];
    }

    /**
     * A variable's neighbour.
     *
     * @param k which one, below {@link #degree}; they ascend
     */
    public int neighbour(int variable, int k) {
        return neighbour[start[variable] + k];
    }

    /**
     * What tells this graph from all others: the SHA-256 digest of its interactions, in hexadecimal
     * digits.
     */
    public String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int[] part : new int[][] {start, neighbour}) {
                ByteBuffer bytes = ByteBuffer.allocate(4 * (part.length + 1)).putInt(part.length);
                for (int number : part) {
                    bytes.putInt(number);
                }
                digest.update(bytes.flip());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProblemGraph g
                && Arrays.equals(start, g.start)
                && Arrays.equals(neighbour, g.neighbour);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(start) + Arrays.hashCode(neighbour);
    }

    @Override
    public String toString() {
        return "%d variables, %d interactions".formatted(size(), interactions());
    }
}
