package org.jaket.benchmarks;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.problem.MaximumIndependentSet;
import org.jaket.annealing.problem.MultidimensionalKnapsack;
import org.jaket.annealing.problem.Problem;
import org.jaket.annealing.problem.TravellingSalesman;
import org.jaket.annealing.relaxation.LagrangianRelaxation;
import org.jaket.annealing.relaxation.MultiplierUpdate;
import org.jaket.annealing.relaxation.RelaxationResult;
import org.jaket.annealing.sampler.RandomSampler;
import org.jaket.annealing.sampler.SimulatedAnnealing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Constrained problems with penalties and slack beside Lagrange multipliers, as in "Cutting slack",
 * arXiv 2507.12159: the same sampler, simulated annealing, with the same reads and sweeps in all
 * rounds together. The last row of each problem repairs random states instead: what the repair
 * alone is worth.
 *
 * <p>Arguments: a folder with {@code mdkp}, {@code tsplib} and {@code mis}; options {@code --rounds
 * <n>}, {@code --reads <n>}, {@code --sweeps <n>}, {@code --seed <n>}. Prints for each form its
 * variables, the best solution and its gap to the optimum, the lower bound (for a maximum the upper
 * one), and seconds on one thread.
 */
public final class SlackFreeForms {
    private static final Map<String, MultiplierUpdate> UPDATES = new LinkedHashMap<>();

    static {
        UPDATES.put("dual ascent", MultiplierUpdate.DUAL_ASCENT);
        UPDATES.put("subgradient", MultiplierUpdate.SUBGRADIENT);
        UPDATES.put("bundle", MultiplierUpdate.BUNDLE);
        UPDATES.put("cutting plane", MultiplierUpdate.CUTTING_PLANE);
        UPDATES.put("augmented", MultiplierUpdate.AUGMENTED);
    }

    private int rounds = 100;
    private int reads = 16;
    private long sweeps = 200;
    private long seed = 7;

    private SlackFreeForms() {}

    /** Runs the benchmark. */
    public static void main(String[] args) throws IOException {
        var bench = new SlackFreeForms();
        Path folder = Path.of(args[0]);
        for (int k = 1; k < args.length; k++) {
            switch (args[k]) {
                case "--rounds" -> bench.rounds = Integer.parseInt(args[++k]);
                case "--reads" -> bench.reads = Integer.parseInt(args[++k]);
                case "--sweeps" -> bench.sweeps = Long.parseLong(args[++k]);
                case "--seed" -> bench.seed = Long.parseLong(args[++k]);
                default -> throw new IllegalArgumentException("no option " + args[k]);
            }
        }
        bench.run(folder);
    }

    private void run(Path folder) throws IOException {
        System.out.printf(
                "%-8s %8s %-14s %9s %9s %8s %9s %9s%n",
                "problem", "optimum", "form", "variables", "best", "gap %", "bound", "seconds");
        for (String name : new String[] {"hp1", "pb1", "pet3"}) {
            var problem = MultidimensionalKnapsack.read(folder.resolve("mdkp/" + name + ".dat"));
            double optimum = problem.knownOptimum().orElseThrow();
            compare(name, problem, problem.constrainedModel(), optimum);
        }
        tour("burma14", 3323, folder);
        tour("gr17", 2085, folder);
        int[][] sets = {{8, 4}, {16, 8}, {32, 12}, {64, 20}};
        for (int[] set : sets) {
            String name = "1tc." + set[0];
            var problem = MaximumIndependentSet.read(folder.resolve("mis/" + name + ".txt"));
            compare(name, problem, problem.constrainedModel(), set[1]);
        }
    }

    /** The optima of TSPLIB. */
    private void tour(String name, double optimum, Path folder) throws IOException {
        var problem = TravellingSalesman.read(folder.resolve("tsplib/" + name + ".tsp"));
        compare(name, problem, problem.constrainedModel(), optimum);
    }

    private <A> void compare(
            String name, Problem<A> problem, ConstrainedModel constrained, double optimum) {
        BinaryQuadraticModel penalties = problem.model();
        SamplingOptions all =
                SamplingOptions.reads(reads * rounds).sweeps(sweeps).seed(seed).threads(1);
        long start = System.nanoTime();
        SampleSet set = new SimulatedAnnealing().sample(penalties, all);
        double found = problem.best(set).map(Problem.Solution::value).orElse(Double.NaN);
        print(name, optimum, "penalties", penalties.size(), found, Double.NaN, start);
        double sign = problem.isMaximum() ? -1 : 1;
        UPDATES.forEach(
                (form, update) ->
                        relax(name, optimum, form, update, constrained, sign, annealing()));
        relax(
                name,
                optimum,
                "random states",
                MultiplierUpdate.DUAL_ASCENT,
                constrained,
                sign,
                new RandomSampler());
    }

    private static Sampler annealing() {
        return new SimulatedAnnealing();
    }

    private void relax(
            String name,
            double optimum,
            String form,
            MultiplierUpdate update,
            ConstrainedModel model,
            double sign,
            Sampler sampler) {
        long start = System.nanoTime();
        RelaxationResult result =
                LagrangianRelaxation.of(model)
                        .update(update)
                        .rounds(rounds)
                        .solve(
                                sampler,
                                SamplingOptions.reads(reads).sweeps(sweeps).seed(seed).threads(1));
        double best = result.isFeasible() ? sign * result.best().energy() : Double.NaN;
        print(name, optimum, form, result.qubits(), best, sign * result.bound().value(), start);
    }

    private static void print(
            String name,
            double optimum,
            String form,
            int variables,
            double best,
            double bound,
            long start) {
        System.out.printf(
                Locale.ROOT,
                "%-8s %8.0f %-14s %9d %9.0f %8.2f %9.1f %9.2f%n",
                name,
                optimum,
                form,
                variables,
                best,
                100 * Math.abs(best - optimum) / optimum,
                bound,
                (System.nanoTime() - start) / 1e9);
    }
}
