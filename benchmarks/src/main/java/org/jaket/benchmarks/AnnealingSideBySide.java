package org.jaket.benchmarks;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.file.ModelDocument;
import org.jaket.annealing.file.ModelFile;
import org.jaket.annealing.file.Objective;
import org.jaket.annealing.sampler.SimulatedAnnealing;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Simulated annealing beside another annealer's binary, on one thread: time of a spin update at the
 * same number of sweeps, and the mean result when both get the same time.
 *
 * <p>Options: {@code --peer <binary>}; {@code --files} (comma-separated model files); {@code
 * --dense <n>:<density>} (comma-separated random models, couplings from -1.00 to 1.00); {@code
 * --sweeps}; {@code --reads}.
 *
 * <p>The peer is called as {@code <binary> <file> <reads> <sweeps> <seed>}. The file has a line
 * {@code variables terms} and then {@code i j w}: spins from 1, {@code i i w} for biases. It prints
 * as its last line milliseconds, the lowest and the mean energy.
 */
public final class AnnealingSideBySide {
    private static final long WARM_UP = 3_000_000_000L;

    private @Nullable String peer;
    private String files = "";
    private String dense = "2000:0.1,2000:1";
    private long sweeps = 1000;
    private int reads = 32;

    private record Problem(String name, BinaryQuadraticModel model, Objective objective) {}

    private AnnealingSideBySide() {}

    /** Runs the comparison. */
    public static void main(String[] args) throws IOException, InterruptedException {
        var bench = new AnnealingSideBySide();
        for (int k = 0; k < args.length; k++) {
            switch (args[k]) {
                case "--peer" -> bench.peer = args[++k];
                case "--files" -> bench.files = args[++k];
                case "--dense" -> bench.dense = args[++k];
                case "--sweeps" -> bench.sweeps = Long.parseLong(args[++k]);
                case "--reads" -> bench.reads = Integer.parseInt(args[++k]);
                default -> throw new IllegalArgumentException("no option " + args[k]);
            }
        }
        bench.run();
    }

    private List<Problem> problems() throws IOException {
        List<Problem> problems = new ArrayList<>();
        for (String file : files.isEmpty() ? new String[0] : files.split(",")) {
            ModelDocument document = ModelFile.read(Path.of(file));
            problems.add(
                    new Problem(
                            Path.of(file).getFileName().toString(),
                            document.model(),
                            document.objective()));
        }
        for (String text : dense.isEmpty() ? new String[0] : dense.split(",")) {
            String[] parts = text.split(":");
            int n = Integer.parseInt(parts[0]);
            problems.add(
                    new Problem(text, random(n, Double.parseDouble(parts[1])), Objective.ENERGY));
        }
        return problems;
    }

    private static BinaryQuadraticModel random(int n, double density) {
        Random random = new Random(1);
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN).addLinear(n - 1, 0);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                if (random.nextDouble() < density) {
                    builder.addQuadratic(i, j, random.nextInt(-100, 101) / 100.0);
                }
            }
        }
        return builder.build();
    }

    private void run() throws IOException, InterruptedException {
        System.out.printf(
                "%-12s %11s %11s %6s   %12s %12s   %9s %12s %12s%n",
                "problem",
                "jaket ns",
                "peer ns",
                "ratio",
                "jaket mean",
                "peer mean",
                "sweeps",
                "mean",
                "best");
        for (Problem problem : problems()) {
            compare(problem);
        }
    }

    private record Run(double ms, double best, double mean) {}

    private void compare(Problem problem) throws IOException, InterruptedException {
        BinaryQuadraticModel model = problem.model();
        // Warm-up: a second or two until all is compiled.
        long end = System.nanoTime() + WARM_UP;
        for (int k = 0; System.nanoTime() < end; k++) {
            own(model, sweeps, k);
        }
        Run own = own(model, sweeps, 1);
        double updates = (double) model.size() * sweeps * reads;
        System.out.printf(Locale.ROOT, "%-12s %11.2f ", problem.name(), own.ms * 1e6 / updates);
        if (peer == null) {
            System.out.printf(
                    Locale.ROOT, "%11s %6s   %12.2f%n", "", "", problem.objective().of(own.mean));
            return;
        }
        double[] numbers =
                PeerProcess.onFile(
                        peer, text(model), Integer.toString(reads), Long.toString(sweeps), "1");
        Run other = new Run(numbers[0], numbers[1], numbers[2]);
        // As long as the peer took, and rather less than more.
        long more = Math.max(1, (long) (0.95 * sweeps * other.ms / own.ms));
        Run longer = own(model, more, 2);
        while (longer.ms > other.ms) {
            more = (long) (0.9 * more * other.ms / longer.ms);
            longer = own(model, more, 2);
        }
        Objective objective = problem.objective();
        System.out.printf(
                Locale.ROOT,
                "%11.2f %6.1f   %12.2f %12.2f   %9d %12.2f %12.2f%n",
                other.ms * 1e6 / updates,
                other.ms / own.ms,
                objective.of(own.mean),
                objective.of(other.mean + model.toSpin().offset()),
                more,
                objective.of(longer.mean),
                objective.of(longer.best));
    }

    private Run own(BinaryQuadraticModel model, long count, long seed) {
        long start = System.nanoTime();
        SampleSet set =
                new SimulatedAnnealing()
                        .sample(
                                model,
                                SamplingOptions.reads(reads).sweeps(count).seed(seed).threads(1));
        double ms = (System.nanoTime() - start) / 1e6;
        return new Run(ms, set.best().energy(), set.meanEnergy());
    }

    private static String text(BinaryQuadraticModel model) {
        BinaryQuadraticModel spins = model.toSpin();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < spins.size(); i++) {
            if (spins.linear(i) != 0) {
                lines.append(i + 1).append(' ').append(i + 1).append(' ');
                lines.append(spins.linear(i)).append('\n');
            }
        }
        spins.forEachInteraction(
                (i, j, w) ->
                        lines.append(i + 1)
                                .append(' ')
                                .append(j + 1)
                                .append(' ')
                                .append(w)
                                .append('\n'));
        return spins.size() + " " + spins.interactions() + "\n" + lines;
    }
}
