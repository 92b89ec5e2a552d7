package org.jaket.annealing.problem;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/** The minima of small random instances' models are the optima, found by trying all answers. */
class ProblemModelsTest {
    private static double[][] matrix(Random random, int n, boolean symmetric) {
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                matrix[i][j] = symmetric && j < i ? matrix[j][i] : random.nextInt(10);
            }
        }
        return matrix;
    }

    private static Graph graph(Random random, int n) {
        List<int[]> edges = new ArrayList<>();
        for (int e = 0; e < random.nextInt(2 * n); e++) {
            int i = random.nextInt(n);
            int j = random.nextInt(n);
            if (i != j) {
                edges.add(new int[] {i, j});
            }
        }
        return Graph.of(n, edges.toArray(int[][]::new));
    }

    @Property(seed = "1", tries = 30)
    void maximumCut(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int n) {
        Graph graph = graph(new Random(seed), n);
        AllAnswers.check(
                MaximumCut.of(graph), AllAnswers.subsets(n), cut -> graph.edges() - 2 * cut);
    }

    @Property(seed = "1", tries = 50)
    void maximumIndependentSet(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int n) {
        Graph graph = graph(new Random(seed), n);
        AllAnswers.check(
                new MaximumIndependentSet(graph), AllAnswers.subsets(n + 1), size -> -size);
    }

    @Property(seed = "1", tries = 30)
    void graphColouring(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5) int n,
            @ForAll @IntRange(min = 1, max = 3) int colours) {
        Graph graph = graph(new Random(seed), n);
        AllAnswers.check(
                new GraphColouring(graph, colours), AllAnswers.choices(n, colours + 1), bad -> bad);
    }

    @Property(seed = "1", tries = 30)
    void multidimensionalKnapsack(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int items) {
        Random random = new Random(seed);
        long[][] weights = new long[2][items];
        long[] capacities = {random.nextInt(16), random.nextInt(30)};
        double[] profits = new double[items];
        for (int j = 0; j < items; j++) {
            profits[j] = random.nextInt(9);
            weights[0][j] = random.nextInt(8);
            weights[1][j] = random.nextInt(12);
        }
        AllAnswers.check(
                MultidimensionalKnapsack.of(profits, weights, capacities),
                AllAnswers.subsets(items),
                profit -> -profit);
    }

    @Property(seed = "1", tries = 30)
    void quadraticAssignment(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int n) {
        Random random = new Random(seed);
        AllAnswers.check(
                new QuadraticAssignment(
                        matrix(random, n, random.nextBoolean()),
                        matrix(random, n, random.nextBoolean())),
                AllAnswers.choices(n, n),
                cost -> cost);
    }

    @Property(seed = "1", tries = 30)
    void travellingSalesman(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int n) {
        Random random = new Random(seed);
        var problem = new TravellingSalesman(matrix(random, n, random.nextBoolean()));
        List<int[]> tours = AllAnswers.permutations(n);
        AllAnswers.check(problem, tours, length -> length);
        int[] turned = tours.getLast();
        int[] decoded = problem.decode(problem.encode(turned)).orElseThrow();
        assertThat(decoded[0]).isZero();
        assertThat(problem.value(decoded)).isEqualTo(problem.value(turned));
    }

    @Property(seed = "1", tries = 30)
    void numberPartitioning(@ForAll long seed, @ForAll @IntRange(min = 1, max = 10) int n) {
        long[] numbers = new Random(seed).longs(n, 0, 100).toArray();
        AllAnswers.check(
                new NumberPartitioning(numbers),
                AllAnswers.subsets(n),
                difference -> difference * difference);
    }

    @Property(seed = "1", tries = 5)
    void marketShare(@ForAll long seed) {
        var problem = MarketShare.random(2, seed);
        AllAnswers.check(problem, AllAnswers.subsets(problem.retailers()), squares -> squares);
        BitSet nobody = new BitSet();
        assertThat((double) problem.slack(nobody)).isGreaterThan(Math.sqrt(problem.value(nobody)));
    }

    @Property(seed = "1", tries = 12)
    void binPacking(@ForAll long seed, @ForAll @IntRange(min = 0, max = 4) int items) {
        Random random = new Random(seed);
        int capacity = 3 + random.nextInt(5);
        long[] sizes = random.longs(items, 0, capacity / 2 + 2).toArray();
        var problem = new BinPacking(capacity, sizes);
        if (problem.model().size() <= 20) {
            AllAnswers.check(problem, AllAnswers.choices(items, problem.bins() + 1), bins -> bins);
        }
        assertThat(problem.isFeasible(problem.firstFitDecreasing())).isTrue();
    }

    @Property(seed = "1", tries = 60)
    void satisfiability(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int n) {
        Random random = new Random(seed);
        List<int[]> clauses = new ArrayList<>();
        int free = 20 - n;
        while (true) {
            int[] clause = new int[random.nextInt(6)];
            for (int k = 0; k < clause.length; k++) {
                clause[k] = (1 + random.nextInt(n)) * (random.nextBoolean() ? 1 : -1);
            }
            free -= ClauseGadget.variables(clause.length);
            if (free < 0 || clauses.size() == 8) {
                break;
            }
            clauses.add(clause);
        }
        List<boolean[]> answers = new ArrayList<>();
        for (BitSet set : AllAnswers.subsets(n)) {
            boolean[] answer = new boolean[n];
            set.stream().forEach(k -> answer[k] = true);
            answers.add(answer);
        }
        answers.add(new boolean[n + 1]);
        AllAnswers.check(new Satisfiability(n, clauses), answers, clausesFalse -> clausesFalse);
    }

    @Property(seed = "1", tries = 30)
    void portfolioSelection(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int n) {
        Random random = new Random(seed);
        double[][] factors = new double[n][3];
        double[] returns = new double[n];
        for (int i = 0; i < n; i++) {
            returns[i] = random.nextGaussian();
            for (int k = 0; k < 3; k++) {
                factors[i][k] = random.nextGaussian();
            }
        }
        double[][] covariance = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < 3; k++) {
                    covariance[i][j] += factors[i][k] * factors[j][k];
                }
            }
        }
        AllAnswers.check(
                new PortfolioSelection(
                        returns, covariance, random.nextDouble() * 2, random.nextInt(n + 1)),
                AllAnswers.subsets(n),
                value -> value);
    }
}
