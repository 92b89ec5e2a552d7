package org.jaket.cli;

import org.jaket.circuit.Block;
import org.jaket.circuit.stim.DetectorErrorModel;
import org.jaket.stabilizer.results.RecordLayout;
import org.jaket.stabilizer.results.ResultFormat;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.results.ShotReader;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;

/** The options with which {@code jaket convert} turns shots from one format into another. */
final class ShotConversion {
    /** The longest shot that is converted: 128 MiB of bits. */
    static final long MAX_BITS = 1L << 30;

    /** Words of a batch that is read and written at once. */
    private static final int BATCH_WORDS = 1 << 17;

    private static final int MAX_SHOTS = 1 << 12;

    @Option(names = "--in", paramLabel = "FILE", description = "The shots; default standard input.")
    private @Nullable String in;

    @Option(
            names = "--in_format",
            paramLabel = "FMT",
            description = "01, b8, r8, ptb64, hits or dets; says that shots are converted.")
    private @Nullable String inFormat;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where shots go; default standard output.")
    private @Nullable String out;

    @Option(
            names = "--out_format",
            paramLabel = "FMT",
            description = "01, b8, r8, hits or dets; default ${DEFAULT-VALUE}.")
    private String outFormat = "01";

    @Option(
            names = "--obs_out",
            paramLabel = "FILE",
            description = "Write the observables there, and not to --out.")
    private @Nullable String observablesOut;

    @Option(
            names = "--obs_out_format",
            paramLabel = "FMT",
            description = "The format of that file; default ${DEFAULT-VALUE}.")
    private String observablesFormat = "01";

    @Option(
            names = "--circuit",
            paramLabel = "FILE",
            description = "The circuit says how many bits of each of --types a shot has.")
    private @Nullable String circuit;

    @Option(
            names = "--types",
            paramLabel = "MDL",
            description = "With --circuit: measurements, detectors, observables.")
    private @Nullable String types;

    @Option(
            names = "--dem",
            paramLabel = "FILE",
            description = "The detector error model says how many detectors and observables.")
    private @Nullable String model;

    @Option(names = "--num_measurements", paramLabel = "N", description = "In a shot.")
    private long measurements;

    @Option(names = "--num_detectors", paramLabel = "N", description = "In a shot.")
    private long detectors;

    @Option(names = "--num_observables", paramLabel = "N", description = "In a shot.")
    private long observables;

    @Option(
            names = "--bits_per_shot",
            paramLabel = "N",
            description = "When nothing else says it; not enough for dets.")
    private long bits;

    /** Whether shots are to be converted. */
    boolean isWanted() {
        return inFormat != null;
    }

    void run() throws IOException {
        if (inFormat == null) {
            throw new IllegalArgumentException("--in_format is missing");
        }
        ResultFormat from = ResultFormat.of(inFormat);
        ResultFormat to = ShotOutput.streamed("--out_format", outFormat);
        ResultFormat formatOfObservables = ResultFormat.of(observablesFormat);
        if (observablesOut != null) {
            ShotOutput.streamed("--obs_out_format", observablesFormat);
        }
        RecordLayout layout = layout(to);
        try (ShotReader reader = ShotReader.from(Streams.input(in), from, layout);
                ShotOutput output =
                        ShotOutput.open(
                                layout,
                                observablesOut == null
                                        ? ShotOutput.Observables.LAST
                                        : ShotOutput.Observables.LEFT_OUT,
                                out,
                                to,
                                observablesOut,
                                formatOfObservables)) {
            int words = layout.bits() / 64 + 8;
            ShotBatch batch =
                    new ShotBatch(layout.bits(), Math.clamp(BATCH_WORDS / words, 1, MAX_SHOTS));
            while (reader.read(batch) > 0) {
                output.write(batch);
            }
            output.finish();
        }
    }

    /** What a shot is made of: from the numbers, the model, the circuit, in this order. */
    private RecordLayout layout(ResultFormat to) throws IOException {
        long m = checked("--num_measurements", measurements);
        long d = checked("--num_detectors", detectors);
        long l = checked("--num_observables", observables);
        boolean hasM = m > 0;
        boolean hasD = d > 0;
        boolean hasL = l > 0;
        if (model != null) {
            DetectorErrorModel dem = DetectorErrorModel.read(Path.of(model));
            d = dem.detectors();
            l = dem.observables();
            hasD = d > 0;
            hasL = l > 0;
        }
        if (circuit != null) {
            if (types == null) {
                throw new IllegalArgumentException(
                        "--circuit needs --types: which of M, D and L the shots have");
            }
            Block body = CircuitFile.read(circuit).body();
            m = body.results();
            d = body.detectors();
            l = body.observables();
            for (int k = 0; k < types.length(); k++) {
                char type = types.charAt(k);
                boolean again =
                        switch (type) {
                            case 'M' -> hasM;
                            case 'D' -> hasD;
                            case 'L' -> hasL;
                            default ->
                                    throw new IllegalArgumentException(
                                            "--types %s: '%s' is not one of M, D and L"
                                                    .formatted(types, type));
                        };
                if (again) {
                    throw new IllegalArgumentException(
                            "--types %s: %s is named twice, or given by another option too"
                                    .formatted(types, type));
                }
                hasM |= type == 'M';
                hasD |= type == 'D';
                hasL |= type == 'L';
            }
        }
        if (!hasM && !hasD && !hasL) {
            if (to == ResultFormat.DETS) {
                throw new IllegalArgumentException(
                        "dets names the kinds of bits; give --num_measurements, --num_detectors and --num_observables, or --circuit with --types, or --dem");
            }
            m = checked("--bits_per_shot", bits);
            hasM = true;
            if (m == 0) {
                throw new IllegalArgumentException(
                        "nothing says how many bits a shot has; give --bits_per_shot, or --num_measurements, --num_detectors and --num_observables, or --circuit with --types, or --dem");
            }
        }
        long all = (hasM ? m : 0) + (hasD ? d : 0) + (hasL ? l : 0);
        checked("a shot", all);
        return new RecordLayout(hasM ? (int) m : 0, hasD ? (int) d : 0, hasL ? (int) l : 0);
    }

    private static long checked(String what, long count) {
        if (count < 0) {
            throw new IllegalArgumentException(what + " is not negative: " + count);
        }
        if (count > MAX_BITS) {
            throw new IllegalArgumentException(
                    "%s: %d bits are too many; shots of up to %d are converted"
                            .formatted(what, count, MAX_BITS));
        }
        return count;
    }
}
