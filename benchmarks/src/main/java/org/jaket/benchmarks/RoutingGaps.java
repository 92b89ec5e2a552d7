package org.jaket.benchmarks;

import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.constrained.ConstrainedAnnealing;
import org.jaket.annealing.constrained.ConstrainedSampleSet;
import org.jaket.annealing.problem.SolomonInstance;
import org.jaket.annealing.routing.DistanceRule;
import org.jaket.annealing.routing.Routing;
import org.jaket.annealing.routing.RoutingInstance;
import org.jaket.annealing.routing.RoutingModel;
import org.jaket.annealing.routing.VehicleRouting;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Vehicle routing with time windows, the problems of arXiv 2503.24285: Solomon's instances against
 * the best known lengths, and random tours (one vehicle) through the constrained model, before and
 * after repair, and without a model.
 *
 * <p>Arguments: a folder with Solomon's files; options {@code --seconds <limit>} of each call,
 * {@code --seeds <n>}. One thread, distances with one decimal, as exact methods count them.
 */
public final class RoutingGaps {
    private static final int[] CUSTOMERS = {25, 50, 100};
    private static final int[] STOPS = {5, 10, 13, 20, 27, 35};
    private static final double WIDTH = 60;

    /** Optima, from N. Kohl et al., 1999, and Solomon's page. */
    private static final Map<String, double[]> OPTIMA = new LinkedHashMap<>();

    static {
        OPTIMA.put("c101", new double[] {191.3, 362.4, 827.3});
        OPTIMA.put("c105", new double[] {191.3, 362.4, 827.3});
        OPTIMA.put("r101", new double[] {617.1, 1044.0, 1637.7});
        OPTIMA.put("rc101", new double[] {461.1, 944.0, 1619.8});
    }

    private double seconds = 1;
    private int seeds = 5;

    private RoutingGaps() {}

    /** Runs the benchmark. */
    public static void main(String[] args) throws IOException {
        var bench = new RoutingGaps();
        for (int k = 1; k < args.length; k++) {
            switch (args[k]) {
                case "--seconds" -> bench.seconds = Double.parseDouble(args[++k]);
                case "--seeds" -> bench.seeds = Integer.parseInt(args[++k]);
                default -> throw new IllegalArgumentException("no option " + args[k]);
            }
        }
        bench.fleets(Path.of(args[0]));
        bench.tours();
    }

    private SamplingOptions options(long seed) {
        return SamplingOptions.reads(1)
                .threads(1)
                .seed(seed)
                .limit(Duration.ofNanos((long) (seconds * 1e9)));
    }

    private void fleets(Path folder) throws IOException {
        System.out.printf(
                "%-8s %9s %9s %9s %9s %8s %9s %9s%n",
                "problem",
                "customers",
                "feasible",
                "optimum",
                "best",
                "gap %",
                "worst %",
                "seconds");
        double gaps = 0;
        for (Map.Entry<String, double[]> entry : OPTIMA.entrySet()) {
            var all = SolomonInstance.read(folder.resolve(entry.getKey() + ".txt"));
            for (int c = 0; c < CUSTOMERS.length; c++) {
                SolomonInstance some = CUSTOMERS[c] < 100 ? all.first(CUSTOMERS[c]) : all;
                var instance = RoutingInstance.of(some, DistanceRule.ONE_DECIMAL);
                gaps += fleet(entry.getKey(), instance, entry.getValue()[c]);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "mean gap %.2f%%%n%n",
                100 * gaps / (OPTIMA.size() * CUSTOMERS.length));
    }

    private double fleet(String name, RoutingInstance instance, double optimum) {
        int feasible = 0;
        double best = Double.POSITIVE_INFINITY;
        double worst = 0;
        double sum = 0;
        double time = 0;
        for (int seed = 1; seed <= seeds; seed++) {
            long start = System.nanoTime();
            Routing found = new VehicleRouting().solve(instance, options(seed));
            time += (System.nanoTime() - start) / 1e9;
            feasible += found.isFeasible() ? 1 : 0;
            best = Math.min(best, found.length());
            worst = Math.max(worst, found.length());
            sum += found.length();
        }
        double gap = sum / seeds / optimum - 1;
        System.out.printf(
                Locale.ROOT,
                "%-8s %9d %6d/%2d %9.1f %9.1f %8.2f %9.2f %9.2f%n",
                name,
                instance.customers(),
                feasible,
                seeds,
                optimum,
                best,
                100 * gap,
                100 * (worst / optimum - 1),
                time / seeds);
        return gap;
    }

    private void tours() {
        System.out.printf(
                "%-6s %14s %10s %9s %16s %9s%n",
                "stops", "model feasible", "repaired", "seconds", "without a model", "seconds");
        for (int stops : STOPS) {
            int plain = 0;
            int repaired = 0;
            int direct = 0;
            double modelTime = 0;
            double directTime = 0;
            for (int seed = 1; seed <= seeds; seed++) {
                var instance = RoutingInstance.randomTour(stops, WIDTH, seed);
                long start = System.nanoTime();
                RoutingModel routing = RoutingModel.of(instance);
                ConstrainedSampleSet samples =
                        new ConstrainedAnnealing().sample(routing.model(), options(seed));
                Routing routes = routing.repaired(samples, seed);
                modelTime += (System.nanoTime() - start) / 1e9;
                plain += samples.isFeasible() ? 1 : 0;
                repaired += routes.isFeasible() ? 1 : 0;
                start = System.nanoTime();
                direct += new VehicleRouting().solve(instance, options(seed)).isFeasible() ? 1 : 0;
                directTime += (System.nanoTime() - start) / 1e9;
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-6d %11d/%2d %7d/%2d %9.2f %13d/%2d %9.2f%n",
                    stops,
                    plain,
                    seeds,
                    repaired,
                    seeds,
                    modelTime / seeds,
                    direct,
                    seeds,
                    directTime / seeds);
        }
    }
}
