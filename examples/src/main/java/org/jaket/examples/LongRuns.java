package org.jaket.examples;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.observable.PauliString;
import org.jaket.execution.RunOptions;
import org.jaket.statevector.Checkpoint;
import org.jaket.statevector.StateVectorSimulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What helps runs that take long: looking on, going on after an interruption, states on disk. */
public final class LongRuns {
    private LongRuns() {}

    /** Runs the example. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("jaket");

        Circuit steps = Circuit.of(2, c -> c.h(0).tick().cx(0, 1).tick().measureAll());
        var simulator = StateVectorSimulator.create();
        var compiled = simulator.compile(steps);
        compiled.snapshots(
                RunOptions.shots(1_000).seed(7),
                (place, state, shots) ->
                        IO.println(
                                "place %d: %.2f of %d shots"
                                        .formatted(place, state.probability(3), shots.length)));

        var shots =
                compiled.run(
                        RunOptions.shots(1_000).seed(7),
                        Checkpoint.at(folder.resolve("run.checkpoint")));
        IO.println("%d shots".formatted(shots.size()));

        Circuit ghz =
                Circuit.of(
                        20,
                        c -> {
                            c.h(0);
                            for (int q = 1; q < 20; q++) {
                                c.cx(q - 1, q);
                            }
                        });
        try (var state = simulator.onDisk(folder.resolve("amplitudes"), 1 << 20).state(ghz)) {
            IO.println(
                    "16 MiB on disk, 1 in memory: %.2f"
                            .formatted(state.expectation(PauliString.of("X".repeat(20)))));
        }
        Files.delete(folder);
    }
}
