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
import java.util.Locale;

/**
 * Formats and channels side by side with a Stim binary, in turns within one run: nanoseconds per
 * shot of {@code detect} in the steady state, one thread each, on a rotated surface code of
 * distance 11 with as many rounds and all noise flags 1e-3.
 *
 * <p>First each format that shots are written in, to nowhere. Then b8 with every {@code
 * DEPOLARIZE2(p)} written as the {@code PAULI_CHANNEL_2} of the same law, sampled from error
 * mechanisms and with frames. Argument: the path of Stim's binary.
 */
public final class StimVariants {
    private static final int DISTANCE = 11;
    private static final double NOISE = 1e-3;
    private static final long SHOTS = 1 << 20;
    private static final int TURNS = 3;

    private StimVariants() {}

    /** Runs the comparison. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 1) {
            System.err.println("usage: StimVariants <path of stim>");
            System.exit(2);
        }
        Circuit plain = SurfaceCode.rotatedMemoryX(DISTANCE).noise(NOISE).circuit();
        Circuit channels = Circuit.stim(withChannels(plain.toStim()));
        System.out.printf("%-34s %14s %14s %7s%n", "", "stim ns/shot", "jaket ns/shot", "ratio");
        for (ResultFormat format : ResultFormat.values()) {
            compare(args[0], format.text(), plain, ShotSampler.Method.AUTOMATIC, format);
        }
        for (ShotSampler.Method method :
                new ShotSampler.Method[] {
                    ShotSampler.Method.MECHANISMS, ShotSampler.Method.FRAMES
                }) {
            String name = method.toString().toLowerCase(Locale.ROOT);
            compare(args[0], name + ", DEPOLARIZE2", plain, method, ResultFormat.B8);
            compare(args[0], name + ", PAULI_CHANNEL_2", channels, method, ResultFormat.B8);
        }
    }

    private static String withChannels(String stim) {
        String each = Double.toString(NOISE / 15);
        String arguments = each + (", " + each).repeat(14);
        return stim.replaceAll("DEPOLARIZE2\\([^)]*\\)", "PAULI_CHANNEL_2(" + arguments + ")");
    }

    private static void compare(
            String stim,
            String name,
            Circuit circuit,
            ShotSampler.Method method,
            ResultFormat format)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile("memory", ".stim");
        try {
            Files.writeString(file, circuit.toStim());
            ShotSampler sampler = ShotSampler.detectors(circuit, method);
            jaket(sampler, format);
            double bestStim = Double.MAX_VALUE;
            double bestJaket = Double.MAX_VALUE;
            for (int turn = 0; turn < TURNS; turn++) {
                double both = stim(stim, file, format, SHOTS + SHOTS / 8);
                double few = stim(stim, file, format, SHOTS / 8);
                bestStim = Math.min(bestStim, (both - few) / SHOTS);
                bestJaket = Math.min(bestJaket, jaket(sampler, format) / SHOTS);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-34s %14.1f %14.1f %7.2f%n",
                    name,
                    bestStim,
                    bestJaket,
                    bestStim / bestJaket);
        } finally {
            Files.delete(file);
        }
    }

    private static double jaket(ShotSampler sampler, ResultFormat format) throws IOException {
        long start = System.nanoTime();
        try (ShotWriter writer =
                ShotWriter.to(OutputStream.nullOutputStream(), format, sampler.layout())) {
            RunOptions options = RunOptions.shots(SHOTS).seed(start >>> 1).threads(1);
            sampler.sample(options, BatchSink.writing(writer));
        }
        return System.nanoTime() - start;
    }

    private static double stim(String binary, Path circuit, ResultFormat format, long shots)
            throws IOException, InterruptedException {
        return PeerProcess.nanos(
                binary,
                "detect",
                "--append_observables",
                "--shots",
                Long.toString(shots),
                "--in",
                circuit.toString(),
                "--out",
                "/dev/null",
                "--out_format",
                format.text());
    }
}
