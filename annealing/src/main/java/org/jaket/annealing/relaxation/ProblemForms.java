package org.jaket.annealing.relaxation;

import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.constrained.ConstrainedModelBuilder;
import org.jaket.annealing.constrained.Constraint;
import org.jaket.annealing.constrained.QuadraticFunction;
import org.jaket.annealing.polynomial.Sense;
import org.jaket.annealing.polynomial.Variable;
import org.jaket.annealing.problem.Graph;
import org.jaket.annealing.problem.MaximumIndependentSet;
import org.jaket.annealing.problem.MultidimensionalKnapsack;
import org.jaket.annealing.problem.TravellingSalesman;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Problems as constrained models of binary variables: what a relaxation starts from. */
public final class ProblemForms {
    private ProblemForms() {}

    /**
     * The knapsack: variable j is 1 if item j is taken, energies are minus the profit, constraint c
     * (label c) is capacity c.
     */
    public static ConstrainedModel of(MultidimensionalKnapsack problem) {
        int n = problem.items();
        ConstrainedModelBuilder builder = binaries(n);
        int[] all = IntStream.range(0, n).toArray();
        builder.minimize(
                QuadraticFunction.linear(
                        0, all, IntStream.of(all).mapToDouble(j -> -problem.profit(j)).toArray()));
        for (int c = 0; c < problem.constraints(); c++) {
            int row = c;
            double[] weights =
                    IntStream.of(all).mapToDouble(j -> (double) problem.weight(row, j)).toArray();
            builder.add(
                    Constraint.hard(
                            c,
                            QuadraticFunction.linear(0, all, weights),
                            Sense.AT_MOST,
                            (double) problem.capacity(c)));
        }
        return builder.build();
    }

    /**
     * The independent set: variable i is 1 if node i is chosen, energies are minus the number of
     * nodes, and each edge (label {@code "i-j"}) allows one of its ends.
     */
    public static ConstrainedModel of(MaximumIndependentSet problem) {
        Graph graph = problem.graph();
        ConstrainedModelBuilder builder = binaries(graph.nodes());
        double[] ones = new double[graph.nodes()];
        Arrays.fill(ones, -1);
        builder.minimize(
                QuadraticFunction.linear(0, IntStream.range(0, ones.length).toArray(), ones));
        graph.forEachEdge(
                (i, j) ->
                        builder.add(
                                Constraint.hard(
                                        i + "-" + j,
                                        QuadraticFunction.linear(
                                                0, new int[] {i, j}, new double[] {1, 1}),
                                        Sense.AT_MOST,
                                        1)));
        return builder.build();
    }

    /**
     * The round trip, with the (n-1)^2 variables of {@link TravellingSalesman#model} in their
     * order, so that its {@code decode} reads the states: each city (label {@code "city 1"} and so
     * on) has one position, each position (label {@code "position 1"}) one city.
     *
     * @throws IllegalArgumentException if there is only one city
     */
    public static ConstrainedModel of(TravellingSalesman problem) {
        int m = problem.cities() - 1;
        if (m < 1) {
            throw new IllegalArgumentException("a round trip of one city leaves nothing to decide");
        }
        ConstrainedModelBuilder builder = binaries(m * m);
        double[] linear = new double[m * m];
        int products = m * (m - 1) * (m - 1);
        int[] first = new int[products];
        int[] second = new int[products];
        double[] weights = new double[products];
        int at = 0;
        for (int i = 0; i < m; i++) {
            linear[i * m] += problem.distance(0, i + 1);
            linear[i * m + m - 1] += problem.distance(i + 1, 0);
            for (int j = 0; j < m; j++) {
                for (int t = 0; t + 1 < m && i != j; t++) {
                    first[at] = i * m + t;
                    second[at] = j * m + t + 1;
                    weights[at++] = problem.distance(i + 1, j + 1);
                }
            }
        }
        int[] all = IntStream.range(0, m * m).toArray();
        builder.minimize(QuadraticFunction.of(0, all, linear, first, second, weights));
        double[] ones = new double[m];
        Arrays.fill(ones, 1);
        for (int k = 0; k < m; k++) {
            int which = k;
            int[] city = IntStream.range(0, m).map(t -> which * m + t).toArray();
            int[] position = IntStream.range(0, m).map(i -> i * m + which).toArray();
            builder.add(one("city " + (k + 1), city, ones));
            builder.add(one("position " + (k + 1), position, ones));
        }
        return builder.build();
    }

    private static Constraint one(String label, int[] variables, double[] ones) {
        return Constraint.hard(label, QuadraticFunction.linear(0, variables, ones), Sense.EQUAL, 1);
    }

    private static ConstrainedModelBuilder binaries(int n) {
        ConstrainedModelBuilder builder = ConstrainedModel.builder();
        for (int k = 0; k < n; k++) {
            builder.variable(Variable.binary(k));
        }
        return builder;
    }
}
