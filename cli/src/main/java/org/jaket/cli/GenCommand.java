package org.jaket.cli;

import org.jaket.stabilizer.codes.MemoryExperiment;
import org.jaket.stabilizer.codes.MemoryTask;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/** {@code jaket gen}: circuits of memory experiments, as {@code stim gen} writes them. */
@Command(
        name = "gen",
        header = "Write the circuit of a memory experiment on an error-correcting code.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 1,
        sortOptions = false,
        footer = {
            "",
            "Tasks: repetition_code memory; surface_code rotated_memory_x, rotated_memory_z, unrotated_memory_x,",
            "unrotated_memory_z; color_code memory_xyz.",
            "",
            "Example:",
            "  jaket gen --code surface_code --task rotated_memory_x --distance 5 --rounds 5"
        })
final class GenCommand implements Callable<Integer> {
    @Option(
            names = "--code",
            required = true,
            paramLabel = "CODE",
            description = "repetition_code, surface_code or color_code.")
    private String code = "";

    @Option(
            names = "--task",
            required = true,
            paramLabel = "TASK",
            description = "What is kept; see below.")
    private String task = "";

    @Option(names = "--distance", required = true, paramLabel = "D", description = "Code distance.")
    private int distance;

    @Option(
            names = "--rounds",
            required = true,
            paramLabel = "N",
            description = "Rounds of stabilizer measurements.")
    private long rounds;

    @Option(
            names = "--after_clifford_depolarization",
            paramLabel = "P",
            description = "After every gate.")
    private double afterClifford;

    @Option(
            names = "--after_reset_flip_probability",
            paramLabel = "P",
            description = "After every reset.")
    private double afterReset;

    @Option(
            names = "--before_measure_flip_probability",
            paramLabel = "P",
            description = "Before every measurement.")
    private double beforeMeasure;

    @Option(
            names = "--before_round_data_depolarization",
            paramLabel = "P",
            description = "On data qubits, every round.")
    private double beforeRound;

    @Option(names = "--out", paramLabel = "FILE", description = "Default: standard output.")
    private @Nullable String outName;

    @Override
    public Integer call() throws Exception {
        var experiment =
                new MemoryExperiment(
                        MemoryTask.of(code, task),
                        distance,
                        rounds,
                        afterClifford,
                        afterReset,
                        beforeMeasure,
                        beforeRound);
        String text =
                """
                # Generated %s circuit.
                # task: %s
                # rounds: %d
                # distance: %d
                # before_round_data_depolarization: %s
                # before_measure_flip_probability: %s
                # after_reset_flip_probability: %s
                # after_clifford_depolarization: %s
                """
                        .formatted(
                                code,
                                task,
                                rounds,
                                distance,
                                beforeRound,
                                beforeMeasure,
                                afterReset,
                                afterClifford);
        try (OutputStream out = Streams.output(outName)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.write(experiment.circuit().toStim().getBytes(StandardCharsets.UTF_8));
        }
        return 0;
    }
}
