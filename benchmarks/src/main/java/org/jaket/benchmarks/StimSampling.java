package org.jaket.benchmarks;

import org.jaket.circuit.Circuit;
import org.jaket.execution.RunOptions;
import org.jaket.stabilizer.ShotSampler;
import org.jaket.stabilizer.codes.SurfaceCode;
import org.jaket.stabilizer.results.ResultFormat;
import org.jaket.stabilizer.results.ShotWriter;
import org.jaket.stabilizer.sampling.BatchSink;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sampling side by side with a Stim binary, in turns within one run: nanoseconds per shot of {@code
 * detect} and {@code sample} in the steady state, one thread each, the best of the turns; then two
 * threads of Jaket, and the machine's own limit for these: two samplers at once that know nothing
 * of each other. These two are medians of the turns, each against one thread in the same turn.
 *
 * <p>Arguments: the path of Stim's binary, then optionally how long Jaket samples on one thread at
 * a time (default 1 second). Both sides write b8 to nowhere. Stim's time is the difference between
 * a long and a short run, so that starting the process and reading the circuit do not count.
 */
public final class StimSampling {
    private static final int TURNS = 5;

    /** Nanoseconds. */
    private static final long WARM_UP = 2_000_000_000;

    private StimSampling() {}

    /** Runs the comparison. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length < 1) {
            System.err.println("usage: StimSampling <path of stim> [seconds per measurement]");
            System.exit(2);
        }
        double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 1;
        System.out.printf(
                "%7s %4s %7s %14s %14s %7s %14s %7s %7s%n",
                "",
                "d",
                "p",
                "stim ns/shot",
                "jaket ns/shot",
                "ratio",
                "two threads",
                "gain",
                "limit");
        for (String command : new String[] {"detect", "sample"}) {
            for (int distance : new int[] {5, 11, 17, 25}) {
                for (double p : new double[] {1e-3, 5e-3}) {
                    compare(args[0], command, distance, p, seconds);
                }
            }
        }
    }

    private static void compare(String stim, String command, int distance, double p, double seconds)
            throws IOException, InterruptedException {
        Circuit circuit = SurfaceCode.rotatedMemoryX(distance).noise(p).circuit();
        Path file = Files.createTempFile("memory", ".stim");
        try {
            Files.writeString(file, circuit.toStim());
            ShotSampler sampler = sampler(command, circuit);
            ShotSampler other = sampler(command, circuit);
            long few = (long) (1e8 / Math.pow(distance, 2.2));
            warmUp(sampler, few);
            long shots = (long) (seconds * 1e9 * few / jaket(sampler, few, 1));
            jaket(other, few, 1);
            double bestStim = Double.MAX_VALUE;
            double bestJaket = Double.MAX_VALUE;
            double[] two = new double[TURNS];
            double[] gain = new double[TURNS];
            double[] limit = new double[TURNS];
            for (int turn = 0; turn < TURNS; turn++) {
                double longer = stim(stim, command, file, shots + shots / 10);
                double shorter = stim(stim, command, file, shots / 10);
                bestStim = Math.min(bestStim, (longer - shorter) / shots);
                double one = jaket(sampler, shots, 1) / shots;
                bestJaket = Math.min(bestJaket, one);
                two[turn] = jaket(sampler, shots, 2) / shots;
                gain[turn] = one / two[turn];
                limit[turn] = one / (both(sampler, other, shots) / (2 * shots));
            }
            System.out.printf(
                    Locale.ROOT,
                    "%7s %4d %7.4f %14.1f %14.1f %7.2f %14.1f %7.2f %7.2f%n",
                    command,
                    distance,
                    p,
                    bestStim,
                    bestJaket,
                    bestStim / bestJaket,
                    median(two),
                    median(gain),
                    median(limit));
        } finally {
            Files.delete(file);
        }
    }

    private static double median(double[] values) {
        return Arrays.stream(values).sorted().toArray()[values.length / 2];
    }

    private static ShotSampler sampler(String command, Circuit circuit) {
        return command.equals("detect")
                ? ShotSampler.detectors(circuit)
                : ShotSampler.measurements(circuit);
    }

    /** Samples on two threads until what runs is what the compiler makes of it in the end. */
    private static void warmUp(ShotSampler sampler, long shots) throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < WARM_UP) {
            jaket(sampler, shots, 2);
        }
    }

    /** Two samplers at once, each on one thread. */
    private static double both(ShotSampler one, ShotSampler other, long shots)
            throws InterruptedException {
        long start = System.nanoTime();
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            var runs =
                    two.invokeAll(
                            List.of(() -> jaket(one, shots, 1), () -> jaket(other, shots, 1)));
            runs.forEach(Future::resultNow);
        }
        return System.nanoTime() - start;
    }

    private static double jaket(ShotSampler sampler, long shots, int threads) throws IOException {
        long start = System.nanoTime();
        try (ShotWriter writer =
                ShotWriter.to(OutputStream.nullOutputStream(), ResultFormat.B8, sampler.layout())) {
            RunOptions options = RunOptions.shots(shots).seed(start >>> 1).threads(threads);
            sampler.sample(options, BatchSink.writing(writer));
        }
        return System.nanoTime() - start;
    }

    private static double stim(String binary, String command, Path circuit, long shots)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(command, "--shots", Long.toString(shots)));
        arguments.addAll(List.of("--in", circuit.toString(), "--out", "/dev/null"));
        arguments.addAll(List.of("--out_format", "b8"));
        if (command.equals("detect")) {
            arguments.add("--append_observables");
        }
        return PeerProcess.nanos(binary, arguments.toArray(String[]::new));
    }
}
