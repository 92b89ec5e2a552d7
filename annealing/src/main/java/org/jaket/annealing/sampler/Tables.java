package org.jaket.annealing.sampler;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.execution.CounterRandom;
import org.jaket.execution.Progress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tables of {@link TreeDecomposition}. A bag is a variable and those that it is joined to when
 * it is eliminated; bit k of a table's index is the k-th of these in ascending order. The message
 * of a bag is its table with the variable minimised over, or summed over at a temperature: then
 * numbers are free energies, {@code -1/beta ln sum of exp(-beta E)}.
 */
final class Tables {
    private final BinaryQuadraticModel model;
    private final EliminationOrder order;
    private final double beta;

    /** Per place in the order: variables of the bag, the eliminated one's place in it, energies. */
    private final int[][] bag;

    private final int[] own;
    private final double[][] table;

    /** For each bag the bags whose messages it receives. */
    private final List<List<Integer>> received = new ArrayList<>();

    /** The sum of messages without variables: the lowest energy, or the free energy. */
    private double constant;

    Tables(BinaryQuadraticModel spins, EliminationOrder order, double beta) {
        this.model = spins;
        this.order = order;
        this.beta = beta;
        int n = order.order().length;
        bag = new int[n][];
        own = new int[n];
        table = new double[n][];
        int[] place = new int[n];
        for (int p = 0; p < n; p++) {
            place[order.order()[p]] = p;
            received.add(new ArrayList<>());
        }
        for (int p = 0; p < n; p++) {
            int v = order.order()[p];
            int[] scope = order.scope()[p];
            bag[p] = Arrays.copyOf(scope, scope.length + 1);
            bag[p][scope.length] = v;
            Arrays.sort(bag[p]);
            own[p] = Arrays.binarySearch(bag[p], v);
            if (scope.length > 0) {
                int next = Arrays.stream(scope).map(u -> place[u]).min().orElseThrow();
                received.get(next).add(p);
            }
        }
    }

    void fill(Progress progress) {
        constant = model.offset();
        for (int p = 0; p < bag.length; p++) {
            progress.checkCancelled();
            table[p] = energies(p);
            for (int from : received.get(p)) {
                add(table[p], bag[p], message(from), without(from));
            }
            if (bag[p].length == 1) {
                constant += message(p)[0];
            }
        }
    }

    double logPartition() {
        return -beta * constant;
    }

    /** The terms between the eliminated variable and the others of its bag. */
    private double[] energies(int p) {
        int v = order.order()[p];
        double[] weight = new double[bag[p].length];
        for (int k = 0; k < weight.length; k++) {
            weight[k] = k == own[p] ? 0 : model.quadratic(v, bag[p][k]);
        }
        double[] energies = new double[1 << weight.length];
        for (int a = 0; a < energies.length; a++) {
            double field = model.linear(v);
            for (int k = 0; k < weight.length; k++) {
                field += (a >> k & 1) != 0 ? weight[k] : -weight[k];
            }
            energies[a] = (a >> own[p] & 1) != 0 ? field : -field;
        }
        return energies;
    }

    private int[] without(int p) {
        return order.scope()[p];
    }

    private double[] message(int p) {
        double[] from = table[p];
        double[] message = new double[from.length / 2];
        int low = (1 << own[p]) - 1;
        for (int a = 0; a < message.length; a++) {
            int down = (a & ~low) << 1 | a & low;
            message[a] = joined(from[down], from[down | low + 1]);
        }
        return message;
    }

    private double joined(double a, double b) {
        double least = Math.min(a, b);
        return Double.isInfinite(beta)
                ? least
                : least - Math.log1p(Math.exp(-beta * Math.abs(a - b))) / beta;
    }

    private static void add(double[] to, int[] bag, double[] message, int[] scope) {
        int mask = 0;
        for (int u : scope) {
            mask |= 1 << Arrays.binarySearch(bag, u);
        }
        for (int a = 0; a < to.length; a++) {
            to[a] += message[Integer.compress(a, mask)];
        }
    }

    /** A state, from the last eliminated variable to the first. */
    byte[] draw(byte low, long seed, long read) {
        byte[] state = new byte[bag.length];
        Arrays.fill(state, low);
        for (int p = bag.length - 1; p >= 0; p--) {
            int a = 0;
            for (int k = 0; k < bag[p].length; k++) {
                a |= k != own[p] && state[bag[p][k]] == 1 ? 1 << k : 0;
            }
            double down = table[p][a];
            double up = table[p][a | 1 << own[p]];
            double u = CounterRandom.uniform(seed, read, p);
            boolean high =
                    Double.isInfinite(beta)
                            ? up < down || up == down && u < 0.5
                            : u * (1 + Math.exp(beta * (up - down))) < 1;
            state[order.order()[p]] = high ? 1 : low;
        }
        return state;
    }
}
