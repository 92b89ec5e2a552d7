package org.jaket.benchmarks;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.problem.Graph;
import org.jaket.annealing.problem.MaximumIndependentSet;
import org.jaket.annealing.problem.Problem.Solution;
import org.jaket.annealing.sampler.ParallelTempering;
import org.jaket.annealing.sampler.Portfolio;

import java.time.Duration;
import java.util.BitSet;
import java.util.Locale;
import java.util.Optional;

/**
 * Maximum independent sets of random graphs in a very short time: the 105 problems of A. Pierro et
 * al., "Solving QUBO on the Loihi 2 neuromorphic processor", arXiv 2408.03076 (10 to 1000 nodes, 5,
 * 15 and 30% of all edges, five seeds), from this project's own generator.
 *
 * <p>Options: {@code --ms <limit>}; {@code --reference <seconds>} of parallel tempering, whose
 * result stands for the best known one where the graph is too large for branching (above 50 nodes);
 * {@code --turns <n>}. Prints for each size and density how many of the sets found are feasible,
 * their mean size and gap to the reference over all turns and seeds, and the longest time that a
 * call took.
 */
public final class IndependentSets {
    private static final int[] NODES = {10, 25, 50, 100, 250, 500, 1000};
    private static final double[] DENSITIES = {0.05, 0.15, 0.3};
    private static final int SEEDS = 5;

    /** Up to this size the largest set is computed. */
    private static final int EXACT = 50;

    private double ms = 1;
    private double reference = 2;
    private int turns = 20;

    private IndependentSets() {}

    /** Runs the benchmark. */
    public static void main(String[] args) {
        var bench = new IndependentSets();
        for (int k = 0; k < args.length; k++) {
            switch (args[k]) {
                case "--ms" -> bench.ms = Double.parseDouble(args[++k]);
                case "--reference" -> bench.reference = Double.parseDouble(args[++k]);
                case "--turns" -> bench.turns = Integer.parseInt(args[++k]);
                default -> throw new IllegalArgumentException("no option " + args[k]);
            }
        }
        bench.run();
    }

    private void run() {
        warmUp();
        System.out.printf(
                "%6s %8s %9s %9s %8s %8s %11s%n",
                "nodes", "density", "feasible", "mean", "best", "gap %", "longest ms");
        for (double density : DENSITIES) {
            for (int nodes : NODES) {
                group(nodes, density);
            }
        }
    }

    private SamplingOptions options(double limit, long seed) {
        return SamplingOptions.reads(1)
                .threads(1)
                .seed(seed)
                .limit(Duration.ofNanos((long) (limit * 1e6)));
    }

    private void warmUp() {
        Sampler sampler = new Portfolio();
        long end = System.nanoTime() + 8_000_000_000L;
        for (int k = 0; System.nanoTime() < end; k++) {
            Graph graph = Graph.random(NODES[k % NODES.length], DENSITIES[k % 3], 100 + k);
            BinaryQuadraticModel model = new MaximumIndependentSet(graph).model();
            SampleSet ignored = sampler.sample(model, options(ms, k));
        }
    }

    private double patient(MaximumIndependentSet problem, BinaryQuadraticModel model) {
        SamplingOptions options =
                options(reference * 1e3, 1).withReads(2).threads(2).sweeps(1_000_000_000);
        return problem.best(new ParallelTempering().sample(model, options)).orElseThrow().value();
    }

    /** The largest independent set of at most 64 nodes, by branching on the node of most edges. */
    private static int exact(Graph graph) {
        long[] near = new long[graph.nodes()];
        graph.forEachEdge(
                (i, j) -> {
                    near[i] |= 1L << j;
                    near[j] |= 1L << i;
                });
        return exact(near, (1L << graph.nodes()) - 1);
    }

    private static int exact(long[] near, long left) {
        int most = -1;
        int degree = -1;
        for (long rest = left; rest != 0; rest &= rest - 1) {
            int i = Long.numberOfTrailingZeros(rest);
            int edges = Long.bitCount(near[i] & left);
            if (edges <= 1) {
                // No set is worse for having a node of one edge instead of its neighbour.
                return 1 + exact(near, left & ~(near[i] | 1L << i));
            }
            if (edges > degree) {
                degree = edges;
                most = i;
            }
        }
        if (most < 0) {
            return 0;
        }
        long without = left & ~(1L << most);
        return Math.max(exact(near, without), 1 + exact(near, without & ~near[most]));
    }

    private void group(int nodes, double density) {
        int feasible = 0;
        double sum = 0;
        double known = 0;
        double longest = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            var problem = new MaximumIndependentSet(Graph.random(nodes, density, seed));
            BinaryQuadraticModel model = problem.model();
            double best = nodes <= EXACT ? exact(problem.graph()) : patient(problem, model);
            for (int turn = 0; turn < turns; turn++) {
                long start = System.nanoTime();
                SampleSet set = new Portfolio().sample(model, options(ms, turn));
                longest = Math.max(longest, (System.nanoTime() - start) / 1e6);
                Optional<Solution<BitSet>> found = problem.best(set);
                feasible += found.isPresent() ? 1 : 0;
                double value = found.map(Solution::value).orElse(0.0);
                sum += value;
                best = Math.max(best, value);
            }
            known += best;
        }
        double mean = sum / (SEEDS * turns);
        System.out.printf(
                Locale.ROOT,
                "%6d %8.2f %5d/%3d %9.2f %8.2f %8.2f %11.2f%n",
                nodes,
                density,
                feasible,
                SEEDS * turns,
                mean,
                known / SEEDS,
                100 * (1 - mean / (known / SEEDS)),
                longest);
    }
}
