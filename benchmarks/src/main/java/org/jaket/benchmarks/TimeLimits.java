package org.jaket.benchmarks;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.sampler.ParallelTempering;
import org.jaket.annealing.sampler.PathIntegralAnnealing;
import org.jaket.annealing.sampler.Portfolio;
import org.jaket.annealing.sampler.SimulatedAnnealing;
import org.jaket.annealing.sampler.SimulatedBifurcation;
import org.jaket.annealing.sampler.SteepestDescent;
import org.jaket.annealing.sampler.SynchronousAnnealing;
import org.jaket.annealing.sampler.TabuSearch;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * By how much samplers overrun their limit of time: 1000 spins with all, a tenth or a hundredth of
 * the couplings, one thread. Options: {@code --calls <n>} of each kind, {@code --ms <limit>}.
 * Prints the median and the largest overrun in milliseconds.
 */
public final class TimeLimits {
    private static final int SPINS = 1000;
    private static final double[] DENSITIES = {0.01, 0.1, 1};

    private int calls = 40;
    private double ms = 20;

    private TimeLimits() {}

    /** Runs the benchmark. */
    public static void main(String[] args) {
        var bench = new TimeLimits();
        for (int k = 0; k < args.length; k++) {
            switch (args[k]) {
                case "--calls" -> bench.calls = Integer.parseInt(args[++k]);
                case "--ms" -> bench.ms = Double.parseDouble(args[++k]);
                default -> throw new IllegalArgumentException("no option " + args[k]);
            }
        }
        bench.run();
    }

    private void run() {
        Map<String, Sampler> samplers = new LinkedHashMap<>();
        samplers.put("Metropolis", new SimulatedAnnealing());
        samplers.put("Gibbs", new SimulatedAnnealing().update(SimulatedAnnealing.Update.GIBBS));
        samplers.put("parallel tempering", new ParallelTempering());
        samplers.put("path integral", new PathIntegralAnnealing());
        samplers.put(
                "discrete bifurcation",
                new SimulatedBifurcation(SimulatedBifurcation.Kind.DISCRETE));
        samplers.put(
                "ballistic bifurcation",
                new SimulatedBifurcation(SimulatedBifurcation.Kind.BALLISTIC));
        samplers.put("synchronous", new SynchronousAnnealing());
        samplers.put("tabu", new TabuSearch());
        samplers.put("steepest descent", new SteepestDescent());
        samplers.put("portfolio", new Portfolio());
        System.out.printf("%-22s %8s %10s %10s%n", "sampler", "density", "median", "largest");
        for (double density : DENSITIES) {
            BinaryQuadraticModel model = model(density);
            samplers.forEach((name, sampler) -> measure(name, sampler, density, model));
        }
    }

    private static BinaryQuadraticModel model(double density) {
        Random random = new Random(1);
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN);
        for (int i = 0; i < SPINS; i++) {
            for (int j = 0; j < i; j++) {
                if (random.nextDouble() < density) {
                    builder.addQuadratic(i, j, random.nextGaussian());
                }
            }
        }
        return builder.build();
    }

    private void measure(String name, Sampler sampler, double density, BinaryQuadraticModel model) {
        double[] over = new double[calls];
        int warm = calls / 2;
        for (int k = -warm; k < calls; k++) {
            SamplingOptions options =
                    SamplingOptions.reads(1_000_000)
                            .threads(1)
                            .seed(k)
                            .limit(Duration.ofNanos((long) (ms * 1e6)));
            long start = System.nanoTime();
            SampleSet set = sampler.sample(model, options);
            double took = (System.nanoTime() - start) / 1e6;
            if (set.samples().isEmpty()) {
                throw new IllegalStateException(name + " gave no sample");
            }
            if (k >= 0) {
                over[k] = took - ms;
            }
        }
        Arrays.sort(over);
        System.out.printf(
                Locale.ROOT,
                "%-22s %8.2f %10.2f %10.2f%n",
                name,
                density,
                over[calls / 2],
                over[calls - 1]);
    }
}
