package org.jaket.annealing.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.annealing.SamplingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

/** Published instances have their published optima. */
class KnownOptimaTest {
    // ---- quadratic assignment: optima of QAPLIB, places found by exchanging pairs ------------

    @ParameterizedTest
    @CsvSource({
        "nug12, 578, 11 6 8 2 3 7 10 0 4 5 9 1",
        "had12, 1652, 2 9 10 1 11 4 6 5 7 0 3 8",
        "chr12a, 9552, 6 4 11 1 0 2 8 10 9 5 7 3",
        "tai10a, 135028, 8 0 7 5 9 4 3 2 6 1",
    })
    void assignments(String name, double optimum, String places) throws IOException {
        var problem = QuadraticAssignment.read(ConformanceData.of("qap/" + name + ".dat"));
        int[] answer = numbers(places);
        assertThat(problem.value(answer)).isEqualTo(optimum);
        assertThat(problem.model().energy(problem.encode(answer))).isCloseTo(optimum, within(1e-6));
    }

    private static int[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    }

    // ---- round trips: optima of TSPLIB, tours found by 2-opt and moving of segments ----------

    @ParameterizedTest
    @CsvSource({
        "gr17, 2085, 0 3 12 6 7 5 16 13 14 2 10 9 1 4 8 11 15",
        "fri26, 937, 0 24 23 22 25 21 20 16 17 19 18 15 10 11 12 14 13 9 8 7 6 4 5 3 2 1",
        "bays29, 2020, 0 20 12 15 23 7 26 22 6 24 18 10 21 13 16 17 14 3 9 19 1 2 28 25 4 8 11 5 27",
        "att48, 10628, 0 8 39 14 11 10 12 24 13 22 2 21 15 40 33 28 1 25 3 34 44 9 23 41 4 47 38 31"
                + " 20 46 19 32 45 35 29 42 16 26 18 36 5 27 6 17 43 30 37 7",
    })
    void roundTrips(String name, double optimum, String tour) throws IOException {
        var problem = TravellingSalesman.read(ConformanceData.of("tsplib/" + name + ".tsp"));
        int[] answer = numbers(tour);
        assertThat(problem.value(answer)).isEqualTo(optimum);
        byte[] state = problem.encode(answer);
        assertThat(problem.model().energy(state)).isCloseTo(optimum, within(1e-6));
        assertThat(problem.decode(state)).hasValueSatisfying(t -> assertThat(t).isEqualTo(answer));
    }

    @Test
    void burmaByDynamicProgramming() throws IOException {
        var problem = TravellingSalesman.read(ConformanceData.of("tsplib/burma14.tsp"));
        assertThat(heldKarp(problem)).isEqualTo(3323);
    }

    @Test
    void gr17ByDynamicProgramming() throws IOException {
        var problem = TravellingSalesman.read(ConformanceData.of("tsplib/gr17.tsp"));
        assertThat(heldKarp(problem)).isEqualTo(2085);
    }

    /** The shortest ways from city 0 through sets of the others, by their last city. */
    private static double heldKarp(TravellingSalesman problem) {
        int m = problem.cities() - 1;
        double[][] way = new double[1 << m][m];
        for (int set = 1; set < 1 << m; set++) {
            for (int last = 0; last < m; last++) {
                if ((set >> last & 1) == 0) {
                    continue;
                }
                int before = set ^ 1 << last;
                double best = before == 0 ? problem.distance(0, last + 1) : Double.MAX_VALUE;
                for (int k = 0; k < m; k++) {
                    if ((before >> k & 1) != 0) {
                        best = Math.min(best, way[before][k] + problem.distance(k + 1, last + 1));
                    }
                }
                way[set][last] = best;
            }
        }
        double best = Double.MAX_VALUE;
        for (int last = 0; last < m; last++) {
            best = Math.min(best, way[(1 << m) - 1][last] + problem.distance(last + 1, 0));
        }
        return best;
    }

    // ---- independent sets: sizes of the source, found by branching ---------------------------

    /**
     * The numbers of the Loihi set are those of its source; of codes, 1tc.8 to 64: 4, 8, 12, 20.
     */
    @ParameterizedTest
    @CsvSource({
        "1tc.8, 4",
        "1tc.16, 8",
        "1tc.32, 12",
        "1tc.64, 20",
        "mis-uniform-100-0.05-0, 44",
        "mis-uniform-100-0.05-1, 42",
        "mis-uniform-100-0.05-2, 45",
        "mis-uniform-100-0.05-3, 45",
        "mis-uniform-100-0.05-4, 42",
    })
    void independentSets(String name, int optimum) throws IOException {
        var problem = MaximumIndependentSet.read(ConformanceData.of("mis/" + name + ".txt"));
        Graph graph = problem.graph();
        BitSet all = new BitSet();
        all.set(0, graph.nodes());
        BitSet set = largest(graph, all);
        assertThat(problem.value(set)).isEqualTo(optimum);
        assertThat(problem.model().energy(problem.encode(set))).isEqualTo(-optimum);
        if (graph.nodes() <= 16) {
            assertThat(
                            problem.best(
                                            new ExhaustiveSearch()
                                                    .sample(
                                                            problem.model(),
                                                            SamplingOptions.reads(1)))
                                    .orElseThrow()
                                    .value())
                    .isEqualTo(optimum);
        }
    }

    /** A node of at most one neighbour is in a largest set; one of most is in or not. */
    private static BitSet largest(Graph graph, BitSet left) {
        int most = -1;
        int mostDegree = 1;
        for (int i = left.nextSetBit(0); i >= 0; i = left.nextSetBit(i + 1)) {
            int degree = 0;
            for (int k = 0; k < graph.degree(i); k++) {
                degree += left.get(graph.neighbour(i, k)) ? 1 : 0;
            }
            if (degree <= 1) {
                return with(graph, left, i);
            }
            if (degree > mostDegree) {
                mostDegree = degree;
                most = i;
            }
        }
        if (most < 0) {
            return new BitSet();
        }
        BitSet in = with(graph, left, most);
        if (mostDegree == 2) {
            return in; // Only rings are left, and a ring is the same from everywhere.
        }
        BitSet without = (BitSet) left.clone();
        without.clear(most);
        BitSet out = largest(graph, without);
        return in.cardinality() >= out.cardinality() ? in : out;
    }

    private static BitSet with(Graph graph, BitSet left, int node) {
        BitSet rest = (BitSet) left.clone();
        rest.clear(node);
        for (int k = 0; k < graph.degree(node); k++) {
            rest.clear(graph.neighbour(node, k));
        }
        BitSet set = largest(graph, rest);
        set.set(node);
        return set;
    }

    // ---- knapsacks: optima of the files, found by branch and bound ---------------------------

    @ParameterizedTest
    @CsvSource({"hp1, 3418", "pb1, 3090", "pet3, 4015"})
    void knapsacks(String name, double optimum) throws IOException {
        var problem = MultidimensionalKnapsack.read(ConformanceData.of("mdkp/" + name + ".dat"));
        assertThat(problem.knownOptimum()).hasValue(optimum);
        BitSet best = new KnapsackSearch(problem).best();
        assertThat(problem.value(best)).isEqualTo(optimum);
        assertThat(problem.model().energy(problem.encode(best))).isCloseTo(-optimum, within(1e-4));
    }

    /** Items by profit per weight; the bound is the linear one of all constraints' sum. */
    private static final class KnapsackSearch {
        private final MultidimensionalKnapsack problem;
        private final Integer[] order;
        private final double[] weight;
        private final long[] left;
        private final BitSet chosen = new BitSet();
        private BitSet best = new BitSet();
        private double bestValue = -1;

        KnapsackSearch(MultidimensionalKnapsack problem) {
            this.problem = problem;
            int n = problem.items();
            weight = new double[n];
            order = new Integer[n];
            left = new long[problem.constraints()];
            for (int j = 0; j < n; j++) {
                order[j] = j;
                for (int c = 0; c < left.length; c++) {
                    left[c] = problem.capacity(c);
                    weight[j] += (double) problem.weight(c, j) / problem.capacity(c);
                }
            }
            Arrays.sort(
                    order,
                    (i, j) ->
                            Double.compare(
                                    problem.profit(j) / weight[j], problem.profit(i) / weight[i]));
        }

        BitSet best() {
            branch(0, 0);
            return best;
        }

        private void branch(int depth, double value) {
            if (value > bestValue) {
                bestValue = value;
                best = (BitSet) chosen.clone();
            }
            if (depth == order.length || value + bound(depth) <= bestValue) {
                return;
            }
            int item = order[depth];
            boolean fits = true;
            for (int c = 0; c < left.length; c++) {
                fits &= problem.weight(c, item) <= left[c];
            }
            if (fits) {
                change(item, -1);
                branch(depth + 1, value + problem.profit(item));
                change(item, 1);
            }
            branch(depth + 1, value);
        }

        private void change(int item, int sign) {
            chosen.set(item, sign < 0);
            for (int c = 0; c < left.length; c++) {
                left[c] += sign * problem.weight(c, item);
            }
        }

        private double bound(int depth) {
            double room = 0;
            for (int c = 0; c < left.length; c++) {
                room += (double) left[c] / problem.capacity(c);
            }
            double bound = 0;
            for (int k = depth; k < order.length && room > 0; k++) {
                double part = Math.min(1, room / weight[order[k]]);
                bound += part * problem.profit(order[k]);
                room -= part * weight[order[k]];
            }
            return bound + 1e-9;
        }
    }

    // ---- others ------------------------------------------------------------------------------

    /** The cut of one node is its degree; 19176 edges by the first line. */
    @Test
    void cutsAreTheEdgesBetweenTheSides() throws IOException {
        var problem = MaximumCut.read(ConformanceData.of("gset/G1.txt"));
        assertThat(problem.model().size()).isEqualTo(800);
        BitSet one = new BitSet();
        one.set(0);
        assertThat(problem.value(one)).isEqualTo(problem.model().degree(0));
        assertThat(problem.model().energy(problem.encode(one)))
                .isEqualTo(19176 - 2 * problem.value(one));
    }

    @ParameterizedTest
    @CsvSource({"c101, C101, 25, 200", "r101, R101, 25, 200", "rc101, RC101, 25, 200"})
    void routes(String file, String name, int vehicles, double capacity) throws IOException {
        var instance = SolomonInstance.read(ConformanceData.of("solomon/" + file + ".txt"));
        assertThat(instance.name()).isEqualTo(name);
        assertThat(instance.vehicles()).isEqualTo(vehicles);
        assertThat(instance.capacity()).isEqualTo(capacity);
        assertThat(instance.places()).hasSize(101);
        assertThat(instance.first(25).places()).hasSize(26);
    }

    /** The set's largest instance: 1000 nodes, floor(0.05 1000^2 / 2) edges. */
    @Test
    void theLoihiSetsSizes() throws IOException {
        Graph graph = Graph.read(ConformanceData.of("mis/mis-uniform-1000-0.05-0.txt"));
        assertThat(graph.edges()).isEqualTo(25_000);
        assertThat(Graph.random(1000, 0.05, 0).edges()).isEqualTo(25_000);
    }
}
