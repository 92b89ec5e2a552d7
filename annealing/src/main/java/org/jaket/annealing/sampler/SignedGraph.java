package org.jaket.annealing.sampler;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.execution.CounterRandom;

import java.util.Arrays;

/**
 * A spin model without biases: each of them is an interaction with one more vertex, the last one,
 * which is always up. Only edges whose weight is not 0.
 *
 * <p>Weights are the model's times a power of two, so that they are multiples of {@link #UNIT}
 * which add up to less than 2^28. The matching compares numbers with a tolerance of 10^-9 and takes
 * larger ones than 10^10 for infinite, so with weights as they come it may end at a matching that
 * is not the cheapest, or never. Of these multiples a double holds every sum exactly, and halves
 * and quarters too; different ones differ by far more than the tolerance.
 *
 * @param first one end of each edge
 * @param second the other, a larger number
 * @param weight its weight, not 0
 * @param biases how many edges end at the last vertex
 */
record SignedGraph(int variables, int[] first, int[] second, double[] weight, int biases) {
    /** What all weights are multiples of. */
    private static final double UNIT = 0x1p-20;

    /** The sum of all weights is below 2 to this power. */
    private static final int EXPONENT = 28;

    static SignedGraph of(BinaryQuadraticModel spins) {
        int n = spins.size();
        double[] sum = new double[1];
        for (int i = 0; i < n; i++) {
            sum[0] += Math.abs(spins.linear(i));
        }
        spins.forEachInteraction((i, j, w) -> sum[0] += Math.abs(w));
        if (!Double.isFinite(sum[0])) {
            throw new IllegalArgumentException(
                    "the coefficients are too large to be added; scale the model first");
        }
        int shift = EXPONENT - 1 - Math.getExponent(sum[0]);
        int[] first = new int[n + spins.interactions()];
        int[] second = new int[first.length];
        double[] weight = new double[first.length];
        int[] size = new int[1];
        for (int i = 0; i < n; i++) {
            double w = rounded(spins.linear(i), shift);
            if (w != 0) {
                first[size[0]] = i;
                second[size[0]] = n;
                weight[size[0]++] = w;
            }
        }
        int biases = size[0];
        spins.forEachInteraction(
                (i, j, coefficient) -> {
                    double w = rounded(coefficient, shift);
                    if (w != 0) {
                        first[size[0]] = i;
                        second[size[0]] = j;
                        weight[size[0]++] = w;
                    }
                });
        return new SignedGraph(
                n,
                Arrays.copyOf(first, size[0]),
                Arrays.copyOf(second, size[0]),
                Arrays.copyOf(weight, size[0]),
                biases);
    }

    private static double rounded(double coefficient, int shift) {
        return Math.rint(Math.scalb(coefficient, shift) / UNIT) * UNIT;
    }

    /** How many vertices there are: the variables, and the one that biases interact with. */
    int vertices() {
        return variables + 1;
    }

    int edges() {
        return weight.length;
    }

    /** The sides of the edges at each vertex; side 2e leads along edge e, side 2e + 1 back. */
    int[][] sides() {
        int[] degree = new int[vertices()];
        for (int e = 0; e < edges(); e++) {
            degree[first[e]]++;
            degree[second[e]]++;
        }
        int[][] sides = new int[vertices()][];
        for (int v = 0; v < sides.length; v++) {
            sides[v] = new int[degree[v]];
        }
        for (int e = edges() - 1; e >= 0; e--) {
            sides[first[e]][--degree[first[e]]] = 2 * e;
            sides[second[e]][--degree[second[e]]] = 2 * e + 1;
        }
        return sides;
    }

    /** The vertex that a side leads to. */
    int end(int side) {
        return (side & 1) == 0 ? second[side >> 1] : first[side >> 1];
    }

    /**
     * The spins on both sides of a cut, relative to each other in each connected part.
     *
     * @throws IllegalStateException if the edges are no cut
     */
    Parts parts(boolean[] cut) {
        int[][] sides = sides();
        int[] part = new int[vertices()];
        Arrays.fill(part, -1);
        boolean[] down = new boolean[vertices()];
        int[] queue = new int[vertices()];
        int parts = 0;
        for (int root = vertices() - 1; root >= 0; root--) {
            if (part[root] >= 0) {
                continue;
            }
            int size = 0;
            queue[size++] = root;
            part[root] = parts;
            for (int at = 0; at < size; at++) {
                for (int side : sides[queue[at]]) {
                    int v = end(side);
                    if (part[v] < 0) {
                        part[v] = parts;
                        down[v] = down[queue[at]] != cut[side >> 1];
                        queue[size++] = v;
                    }
                }
            }
            parts++;
        }
        for (int e = 0; e < cut.length; e++) {
            if ((down[first[e]] != down[second[e]]) != cut[e]) {
                throw new IllegalStateException(
                        "the faces of the drawing are not those of a plane");
            }
        }
        return new Parts(Arrays.copyOf(part, variables), Arrays.copyOf(down, variables));
    }

    /**
     * States that differ by the signs of connected parts.
     *
     * @param part the part of each variable; only number 0 has biases, and its sign
     * @param down whether a variable's spin is down, or opposed to that of its part
     */
    record Parts(int[] part, boolean[] down) {
        byte[] state(byte low, long seed, int read) {
            byte[] state = new byte[part.length];
            for (int i = 0; i < state.length; i++) {
                boolean reversed = part[i] > 0 && CounterRandom.bits(seed, read, part[i]) < 0;
                state[i] = down[i] != reversed ? low : 1;
            }
            return state;
        }
    }
}
