package org.jaket.benchmarks;

import org.jaket.circuit.Circuit;
import org.jaket.stabilizer.codes.SurfaceCode;
import org.jaket.stabilizer.errors.ErrorAnalysis;
import org.jaket.stabilizer.errors.ModelText;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Error analysis side by side with a Stim binary, in turns within one run: milliseconds from the
 * text of a circuit to the text of its detector error model, both written to nowhere.
 *
 * <p>Arguments: the path of Stim's binary, then optionally distances (default 11 and 25). The
 * circuits are rotated surface codes with as many rounds and all four noise flags 1e-3. Stim's time
 * has the start of its process in it, some milliseconds; Jaket's is given for the first call in
 * this JVM and for the best one.
 */
public final class StimAnalyze {
    private static final int TURNS = 7;
    private static final double NOISE = 1e-3;

    private StimAnalyze() {}

    /** Runs the comparison. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length < 1) {
            System.err.println("usage: StimAnalyze <path of stim> [distance ...]");
            System.exit(2);
        }
        List<String> distances =
                args.length > 1 ? List.of(args).subList(1, args.length) : List.of("11", "25");
        System.out.printf(
                "%4s %-18s %10s %12s %12s %7s%n",
                "d", "flag", "stim ms", "jaket first", "jaket best", "ratio");
        for (String distance : distances) {
            int d = Integer.parseInt(distance);
            compare(args[0], d, "", ErrorAnalysis.options());
            compare(args[0], d, "--decompose_errors", ErrorAnalysis.options().decomposed());
            compare(args[0], d, "--fold_loops", ErrorAnalysis.options().foldedLoops());
        }
    }

    private static void compare(String stim, int distance, String flag, ErrorAnalysis analysis)
            throws IOException, InterruptedException {
        String text = SurfaceCode.rotatedMemoryX(distance).noise(NOISE).circuit().toStim();
        Path file = Files.createTempFile("memory", ".stim");
        try {
            Files.writeString(file, text);
            double first = jaket(text, analysis);
            double best = first;
            double bestStim = Double.MAX_VALUE;
            for (int turn = 0; turn < TURNS; turn++) {
                bestStim = Math.min(bestStim, stim(stim, file, flag));
                best = Math.min(best, jaket(text, analysis));
            }
            System.out.printf(
                    Locale.ROOT,
                    "%4d %-18s %10.1f %12.1f %12.1f %7.2f%n",
                    distance,
                    flag,
                    bestStim,
                    first,
                    best,
                    bestStim / best);
        } finally {
            Files.delete(file);
        }
    }

    private static double jaket(String text, ErrorAnalysis analysis) throws IOException {
        long start = System.nanoTime();
        var nowhere =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        ModelText.write(analysis.analyse(Circuit.stim(text)), nowhere);
        return (System.nanoTime() - start) / 1e6;
    }

    private static double stim(String binary, Path circuit, String flag)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("analyze_errors"));
        arguments.addAll(List.of("--in", circuit.toString(), "--out", "/dev/null"));
        if (!flag.isEmpty()) {
            arguments.add(flag);
        }
        return PeerProcess.nanos(binary, arguments.toArray(String[]::new)) / 1e6;
    }
}
