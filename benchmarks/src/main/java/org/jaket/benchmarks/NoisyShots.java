package org.jaket.benchmarks;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.noise.KrausChannel;
import org.jaket.circuit.noise.NoiseModel;
import org.jaket.circuit.noise.StandardChannels;
import org.jaket.execution.RunOptions;
import org.jaket.statevector.StateVectorSimulator;

import java.util.Locale;

/**
 * How long a shot of a noisy circuit takes: {@code brick} with a channel behind every gate, every
 * qubit measured, beside one run without noise.
 *
 * <p>Options: {@code --qubits}, {@code --errors} (comma-separated lists; the chance of an error
 * behind a gate), {@code --shots <n>}, {@code --threads <n>}, {@code --turns <n>}.
 */
public final class NoisyShots {
    private String qubits = "10,14,18";
    private String errors = "1e-4,1e-3,1e-2";
    private int shots = 200;
    private int threads = 1;
    private int turns = 3;

    private NoisyShots() {}

    /** Runs the measurements. */
    public static void main(String[] args) {
        NoisyShots bench = new NoisyShots();
        for (int k = 0; k < args.length; k++) {
            switch (args[k]) {
                case "--qubits" -> bench.qubits = args[++k];
                case "--errors" -> bench.errors = args[++k];
                case "--shots" -> bench.shots = Integer.parseInt(args[++k]);
                case "--threads" -> bench.threads = Integer.parseInt(args[++k]);
                case "--turns" -> bench.turns = Integer.parseInt(args[++k]);
                default -> throw new IllegalArgumentException("no option " + args[k]);
            }
        }
        bench.run();
    }

    private void run() {
        System.out.printf(
                "%3s %14s %14s %16s %16s%n",
                "n", "error", "no noise ms", "Pauli ms/shot", "damping ms/shot");
        for (String n : qubits.split(",")) {
            Circuit brick = CircuitFamilies.named("brick", Integer.parseInt(n));
            Circuit measured = Circuit.of(brick.qubits(), c -> c.add(brick).measureAll());
            double once = milliseconds(measured, 1);
            for (String p : errors.split(",")) {
                double error = Double.parseDouble(p);
                double pauli = milliseconds(measured.with(depolarizing(error)), shots) / shots;
                double damping = milliseconds(measured.with(damping(error)), shots) / shots;
                System.out.printf(
                        Locale.ROOT, "%3s %14s %14.3f %16.3f %16.3f%n", n, p, once, pauli, damping);
            }
        }
    }

    private static NoiseModel depolarizing(double error) {
        return NoiseModel.depolarizing(error, error);
    }

    /** Amplitude damping behind every gate on one qubit. */
    private static NoiseModel damping(double error) {
        KrausChannel channel = StandardChannels.amplitudeDamping(error);
        return NoiseModel.builder().after(StandardGate.U, channel).build();
    }

    private double milliseconds(Circuit circuit, int count) {
        StateVectorSimulator simulator = StateVectorSimulator.create();
        RunOptions options = RunOptions.shots(count).seed(5).threads(threads);
        return Turns.of(
                        turns,
                        () -> {
                            long start = System.nanoTime();
                            var shots = simulator.run(circuit, options);
                            double ms = (System.nanoTime() - start) / 1e6;
                            return shots.size() == count ? ms : Double.NaN;
                        })
                .best();
    }
}
