package org.jaket.cli;

import org.jaket.circuit.Circuit;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.stabilizer.ShotSampler;
import org.jaket.stabilizer.codes.SurfaceCode;
import org.jaket.statevector.Precision;
import org.jaket.statevector.StateVectorSimulator;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Typical command lines, run one after the other in one JVM: what the class cache of {@code
 * ./jaket} is trained on. The build of the launcher ({@code bin/build-jaket}) starts it; its output
 * goes nowhere.
 */
final class Training {
    private static final String[][] COMMAND_LINES = {
        {"--version"},
        {"--help"},
        {"--no-such-option"},
        {"run", "--help"},
        {"run", "examples/circuits/bell.qasm", "--seed", "1"},
        {"run", "examples/circuits/bell.qasm", "--engine", "statevector", "--json", "--time"},
        {"run", "examples/circuits/teleport.qasm", "--probabilities", "--json"},
        {"run", "examples/circuits/qft.qasm", "--amplitudes", "0,last"},
        {"draw", "examples/circuits/teleport.qasm"},
        {"convert", "examples/circuits/bell.qasm", "--to", "stim"},
        {
            "gen",
            "--code",
            "surface_code",
            "--task",
            "rotated_memory_x",
            "--distance",
            "3",
            "--rounds",
            "3"
        },
        {"sample", "--in", "examples/circuits/repetition.stim", "--shots", "1000"},
        {"analyze_errors", "--in", "examples/circuits/repetition.stim", "--decompose_errors"},
        {"explain_errors", "--in", "examples/circuits/repetition.stim", "--single"},
        {"diagram", "--in", "examples/circuits/repetition.stim", "--type", "timeline-text"},
        {"repl", "--help"},
        {
            "detect",
            "--in",
            "examples/circuits/repetition.stim",
            "--shots",
            "1000",
            "--append_observables"
        },
        {
            "analyze_errors",
            "--in",
            "examples/circuits/repetition.stim",
            "--decompose_errors",
            "--fold_loops"
        },
        {"explain_errors", "--in", "examples/circuits/repetition.stim", "--single"}
    };

    private static final int QUBITS = 17;
    private static final int ROUNDS = 8;

    private Training() {}

    public static void main(String[] args) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        System.setOut(nowhere);
        System.setErr(nowhere);
        Streams.replaceStandardOutput(OutputStream.nullOutputStream());
        for (String[] commandLine : COMMAND_LINES) {
            Main.execute(commandLine);
        }
        for (int round = 0; round < ROUNDS; round++) {
            kernels(StateVectorSimulator.create());
            kernels(StateVectorSimulator.create().forOneRun());
            kernels(StateVectorSimulator.of(Precision.SINGLE).forOneRun());
        }
        frames();
    }

    /**
     * Layers of random-looking rotations and CZ, and a Fourier transform: every hot kernel gets its
     * profile.
     */
    private static void kernels(StateVectorSimulator simulator) {
        Circuit brick =
                Circuit.of(
                        QUBITS,
                        c -> {
                            for (int layer = 0; layer < 12; layer++) {
                                for (int q = 0; q < QUBITS; q++) {
                                    c.u(1 + q * 0.1, layer * 0.2, q * 0.3, q);
                                }
                                for (int q = layer % 2; q + 1 < QUBITS; q += 2) {
                                    c.cz(q, q + 1);
                                }
                            }
                        });
        Circuit fourier =
                Circuit.of(
                        QUBITS,
                        c -> {
                            for (int a = QUBITS - 1; a >= 0; a--) {
                                c.h(a);
                                for (int b = 0; b < a; b++) {
                                    c.cp(Math.PI / (1 << a - b), b, a);
                                }
                            }
                        });
        for (Circuit circuit : List.of(brick, fourier)) {
            simulator.compile(circuit).state(1, Progress.NONE).close();
        }
    }

    private static void frames() {
        try {
            Circuit memory = SurfaceCode.rotatedMemoryX(11).rounds(11).noise(1e-3).circuit();
            ShotSampler.detectors(memory).sample(RunOptions.shots(400_000), batch -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
