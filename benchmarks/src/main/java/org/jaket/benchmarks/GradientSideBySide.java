package org.jaket.benchmarks;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Progress;
import org.jaket.statevector.CompiledExpectation;
import org.jaket.statevector.StateVectorSimulator;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Gradients of a hardware-efficient ansatz beside another simulator's binary, both by the adjoint
 * method, for the energy of the transverse-field Ising chain.
 *
 * <p>Options: {@code --peer <binary>}; {@code --qubits}, {@code --layers}, {@code --threads}
 * (comma-separated lists); {@code --turns <n>}.
 *
 * <p>The peer is called as {@code <binary> <circuit file> <threads> <turns>}, reads the text of
 * {@link CircuitFamilies#text(Circuit, PauliSum)} and prints as its last line the best milliseconds
 * and the derivative by the angle of each rotation, in the order of the gates; these are compared
 * with Jaket's. Both sides' times have the run forwards and the allocation of the states in them;
 * Jaket's has the compilation of the circuit and the expectation value.
 */
public final class GradientSideBySide {
    /** Largest difference of two derivatives that are called equal. */
    private static final double TOLERANCE = 1e-9;

    private static final long SEED = 11;

    private @Nullable String peer;
    private String qubits = "16,20";
    private String layers = "4";
    private String threads = "1,2";
    private int turns = 5;

    private GradientSideBySide() {}

    /** Runs the comparison. */
    public static void main(String[] args) throws IOException, InterruptedException {
        GradientSideBySide bench = new GradientSideBySide();
        for (int k = 0; k < args.length; k++) {
            switch (args[k]) {
                case "--peer" -> bench.peer = args[++k];
                case "--qubits" -> bench.qubits = args[++k];
                case "--layers" -> bench.layers = args[++k];
                case "--threads" -> bench.threads = args[++k];
                case "--turns" -> bench.turns = Integer.parseInt(args[++k]);
                default -> throw new IllegalArgumentException("no option " + args[k]);
            }
        }
        bench.run();
    }

    private void run() throws IOException, InterruptedException {
        System.out.printf(
                "%3s %6s %10s %7s %11s %11s %6s %9s  %s%n",
                "n",
                "layers",
                "parameters",
                "threads",
                "jaket ms",
                "peer ms",
                "ratio",
                "first ms",
                "largest difference");
        for (String t : threads.split(",")) {
            for (String n : qubits.split(",")) {
                for (String depth : layers.split(",")) {
                    compare(Integer.parseInt(n), Integer.parseInt(depth), Integer.parseInt(t));
                }
            }
        }
    }

    private void compare(int size, int depth, int count) throws IOException, InterruptedException {
        Circuit ansatz = CircuitFamilies.ansatz(size, depth);
        PauliSum energy = CircuitFamilies.ising(size);
        Map<String, Double> values = values(ansatz);
        double[] own = new double[values.size()];
        CompiledExpectation compiled = StateVectorSimulator.create().compile(ansatz, energy);
        List<double[]> binding =
                List.of(
                        ansatz.parameters().stream()
                                .mapToDouble(p -> values.get(p.name()))
                                .toArray());
        Turns times = Turns.of(turns, () -> turn(compiled, binding, count, own));
        System.out.printf(
                Locale.ROOT,
                "%3d %6d %10d %7d %11.3f ",
                size,
                depth,
                own.length,
                count,
                times.best());
        if (peer == null) {
            System.out.printf(Locale.ROOT, "%11s %6s %9.0f%n", "", "", times.first());
            return;
        }
        String text = CircuitFamilies.text(ansatz.bind(values), energy);
        double[] other = PeerProcess.numbers(peer, text, count, turns);
        double difference = difference(own, other);
        System.out.printf(
                Locale.ROOT,
                "%11.3f %6.2f %9.0f  %.1e %s%n",
                other[0],
                other[0] / times.best(),
                times.first(),
                difference,
                difference < TOLERANCE ? "agree" : "DIFFER");
    }

    /** Computes the gradient once and returns how many milliseconds that took. */
    private static double turn(
            CompiledExpectation compiled, List<double[]> binding, int count, double[] gradient) {
        long start = System.nanoTime();
        double[] slopes = compiled.gradients(binding, count, Progress.NONE).getFirst().toArray();
        double ms = (System.nanoTime() - start) / 1e6;
        System.arraycopy(slopes, 0, gradient, 0, slopes.length);
        return ms;
    }

    private static Map<String, Double> values(Circuit ansatz) {
        Random random = new Random(SEED);
        Map<String, Double> values = new HashMap<>();
        for (Parameter parameter : ansatz.parameters()) {
            values.put(parameter.name(), random.nextDouble(2 * Math.PI));
        }
        return values;
    }

    /**
     * The largest difference; infinite if there is a different number of derivatives.
     *
     * @param other the peer's derivatives, behind its time
     */
    private static double difference(double[] own, double[] other) {
        if (other.length != own.length + 1) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = 0;
        for (int k = 0; k < own.length; k++) {
            // Math.max keeps NaN, which then is not below the tolerance.
            largest = Math.max(largest, Math.abs(own[k] - other[k + 1]));
        }
        return largest;
    }
}
