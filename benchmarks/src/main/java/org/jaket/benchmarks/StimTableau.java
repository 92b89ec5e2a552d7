package org.jaket.benchmarks;

import org.jaket.circuit.Circuit;
import org.jaket.execution.RunOptions;
import org.jaket.stabilizer.ShotSampler;
import org.jaket.stabilizer.codes.SurfaceCode;
import org.jaket.stabilizer.results.ResultFormat;
import org.jaket.stabilizer.results.ShotWriter;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tableaux side by side with a Stim binary, in turns within one run: milliseconds from the text of
 * a circuit to its measurements, one thread each.
 *
 * <p>{@code random}: one shot of 1000 qubits and 1000 layers, each of them a random Clifford gate
 * on every qubit, five CX and measurements of 5% of the qubits. {@code memory}: 1000 shots of a
 * rotated surface code of distance 100 with 100 rounds and all noise flags 1e-3, of which the
 * noiseless shot takes the longest. Stim's time has the start of its process in it, some
 * milliseconds; Jaket's is given for the first call in this JVM and for the best one. Argument: the
 * path of Stim's binary.
 */
public final class StimTableau {
    private static final int TURNS = 5;
    private static final String[] GATES = {
        "H",
        "S",
        "S_DAG",
        "SQRT_X",
        "SQRT_X_DAG",
        "SQRT_Y",
        "SQRT_Y_DAG",
        "C_XYZ",
        "C_ZYX",
        "H_XY",
        "H_YZ",
        "X",
        "Y",
        "Z"
    };

    private StimTableau() {}

    /** Runs the comparison. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 1) {
            System.err.println("usage: StimTableau <path of stim>");
            System.exit(2);
        }
        System.out.printf(
                "%-8s %10s %12s %12s %7s%n", "", "stim ms", "jaket first", "jaket best", "ratio");
        compare(args[0], "random", random(1000, 1000), 1);
        compare(
                args[0],
                "memory",
                SurfaceCode.rotatedMemoryX(100).noise(1e-3).circuit().toStim(),
                1000);
    }

    private static String random(int qubits, int layers) {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        for (int layer = 0; layer < layers; layer++) {
            int[] gate = random.ints(qubits, 0, GATES.length).toArray();
            for (int g = 0; g < GATES.length; g++) {
                int here = g;
                line(text, GATES[g], IntStream.range(0, qubits).filter(q -> gate[q] == here));
            }
            line(text, "CX", random.ints(0, qubits).distinct().limit(10));
            line(text, "M", IntStream.range(0, qubits).filter(q -> random.nextInt(20) == 0));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, IntStream targets) {
        int[] all = targets.toArray();
        if (all.length > 0) {
            text.append(name)
                    .append(' ')
                    .append(
                            Arrays.stream(all)
                                    .mapToObj(Integer::toString)
                                    .collect(Collectors.joining(" ")))
                    .append('\n');
        }
    }

    private static void compare(String stim, String name, String text, long shots)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile("tableau", ".stim");
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
            double first = jaket(text, shots);
            double best = first;
            double bestStim = Double.MAX_VALUE;
            for (int turn = 0; turn < TURNS; turn++) {
                bestStim = Math.min(bestStim, stim(stim, file, shots));
                best = Math.min(best, jaket(text, shots));
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-8s %10.1f %12.1f %12.1f %7.2f%n",
                    name,
                    bestStim,
                    first,
                    best,
                    bestStim / best);
        } finally {
            Files.delete(file);
        }
    }

    private static double jaket(String text, long shots) throws IOException {
        long start = System.nanoTime();
        ShotSampler sampler = ShotSampler.measurements(Circuit.stim(text));
        try (ShotWriter writer =
                ShotWriter.to(OutputStream.nullOutputStream(), ResultFormat.B8, sampler.layout())) {
            sampler.sample(RunOptions.shots(shots).seed(1).threads(1), writer::write);
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static double stim(String binary, Path circuit, long shots)
            throws IOException, InterruptedException {
        return PeerProcess.nanos(
                        binary,
                        "sample",
                        "--shots",
                        Long.toString(shots),
                        "--in",
                        circuit.toString(),
                        "--out",
                        "/dev/null",
                        "--out_format",
                        "b8")
                / 1e6;
    }
}
