package org.jaket.benchmarks;

import org.jaket.circuit.Circuit;
import org.jaket.statevector.Precision;
import org.jaket.statevector.ProgramPlan;
import org.jaket.statevector.StateVector;
import org.jaket.statevector.StateVectorSimulator;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whole circuits beside another simulator's binary, in turns within one run.
 *
 * <p>Options: {@code --peer <binary>}; {@code --circuit <file>} (qsim's text, or OpenQASM if it
 * ends in .qasm, without its measurements; repeatable, beside the built-in families); {@code
 * --family}, {@code --qubits}, {@code --threads} (comma-separated lists); {@code --single}; {@code
 * --turns <n>}.
 *
 * <p>The peer is called as {@code <binary> <circuit file> <threads> <turns>}, reads the text of
 * {@link CircuitFamilies#text} and prints as its last line the best milliseconds and the
 * probabilities of the first, the 12345th (modulo 2^n) and the last basis state, which are compared
 * with Jaket's. Neither side's time has the allocation of the state in it; Jaket's has the
 * compilation of the circuit.
 *
 * <p>Columns behind the times: the bytes that Jaket's passes read and write, per second, also as a
 * share of what a loop that does nothing else reaches on as many threads; and picoseconds per gate
 * and amplitude.
 */
public final class StateVectorSideBySide {
    private @Nullable String peer;
    private final List<Path> files = new ArrayList<>();
    private String families = "brick,qft,hadamards";
    private String qubits = "20,24";
    private String threads = "1,2";
    private Precision precision = Precision.DOUBLE;
    private int turns = 5;
    private final double[] limits = new double[2];
    private double logarithms;
    private int compared;

    private StateVectorSideBySide() {}

    /** Runs the comparison. */
    public static void main(String[] args) throws IOException, InterruptedException {
        StateVectorSideBySide bench = new StateVectorSideBySide();
        for (int k = 0; k < args.length; k++) {
            switch (args[k]) {
                case "--peer" -> bench.peer = args[++k];
                case "--circuit" -> bench.files.add(Path.of(args[++k]));
                case "--family" -> bench.families = args[++k];
                case "--qubits" -> bench.qubits = args[++k];
                case "--threads" -> bench.threads = args[++k];
                case "--single" -> bench.precision = Precision.SINGLE;
                case "--turns" -> bench.turns = Integer.parseInt(args[++k]);
                default -> throw new IllegalArgumentException("no option " + args[k]);
            }
        }
        bench.run();
    }

    private void run() throws IOException, InterruptedException {
        for (int t : new int[] {1, 2}) {
            limits[t - 1] = stream(t);
        }
        System.out.printf(
                Locale.ROOT,
                "in-place pass over 256 MiB: %.1f GB/s read and written on one thread, %.1f on two%n",
                limits[0],
                limits[1]);
        System.out.printf(
                "%-16s %3s %7s %11s %11s %6s %9s %6s %6s %8s  %s%n",
                "circuit",
                "n",
                "threads",
                "jaket ms",
                "peer ms",
                "ratio",
                "first ms",
                "GB/s",
                "limit",
                "ps/gate",
                "probabilities");
        for (String t : threads.split(",")) {
            int count = Integer.parseInt(t);
            for (String n : qubits.split(",")) {
                for (String family : families.split(",")) {
                    if (!family.isEmpty() && !n.isEmpty()) {
                        int size = Integer.parseInt(n);
                        compare(family, CircuitFamilies.named(family, size), count);
                    }
                }
            }
            for (Path file : files) {
                String name = file.getFileName().toString();
                boolean qasm = name.endsWith(".qasm");
                Circuit circuit = qasm ? CircuitFamilies.qasm(file) : CircuitFamilies.qsim(file);
                compare(qasm ? name.substring(0, name.length() - 5) : name, circuit, count);
            }
        }
        if (compared > 0) {
            System.out.printf(
                    Locale.ROOT,
                    "geometric mean of the %d ratios: %.2f%n",
                    compared,
                    Math.exp(logarithms / compared));
        }
    }

    private void compare(String name, Circuit circuit, int count)
            throws IOException, InterruptedException {
        int n = circuit.qubits();
        long[] places = {0, 12345 & (1L << n) - 1, (1L << n) - 1};
        double[] own = new double[3];
        Turns times = Turns.of(turns, () -> turn(circuit, count, places, own));
        double best = times.best();
        double[] other =
                peer == null
                        ? new double[0]
                        : PeerProcess.numbers(peer, CircuitFamilies.text(circuit), count, turns);
        if (other.length > 0) {
            logarithms += Math.log(other[0] / best);
            compared++;
        }
        ProgramPlan plan = StateVectorSimulator.of(precision).compile(circuit).plan();
        double rate = plan.movedBytes() / best / 1e6;
        double each = 1e9 * best / plan.gates() / Math.scalb(1.0, n);
        String verdict = other.length == 0 ? "" : agree(own, other) ? "agree" : "DIFFER";
        System.out.printf(
                Locale.ROOT,
                "%-16s %3d %7d %11.2f %11.2f %6.2f %9.0f %6.1f %5.0f%% %8.2f  %.6e %.6e %.6e %s%n",
                name,
                n,
                count,
                best,
                other.length == 0 ? Double.NaN : other[0],
                other.length == 0 ? Double.NaN : other[0] / best,
                times.first(),
                rate,
                100 * rate / limits[Math.min(count, 2) - 1],
                each,
                own[0],
                own[1],
                own[2],
                verdict);
    }

    /** Runs the circuit once and returns how many milliseconds that took. */
    private double turn(Circuit circuit, int count, long[] places, double[] probabilities) {
        try (StateVector state = StateVector.basis(circuit.qubits(), 0, precision, count)) {
            long start = System.nanoTime();
            state.apply(circuit);
            double ms = (System.nanoTime() - start) / 1e6;
            for (int k = 0; k < places.length; k++) {
                probabilities[k] = state.probability(places[k]);
            }
            return ms;
        }
    }

    private boolean agree(double[] own, double[] other) {
        double tolerance = precision == Precision.DOUBLE ? 1e-9 : 1e-3;
        for (int k = 0; k < 3; k++) {
            if (Math.abs(own[k] - other[k + 1]) > tolerance * (own[k] + 1e-12)) {
                return false;
            }
        }
        return true;
    }

    /** What a loop that reads and writes each number once reaches, each thread on its own part. */
    private static double stream(int threads) throws InterruptedException {
        double[][] parts = new double[threads][(1 << 25) / threads];
        double best = 0;
        for (int turn = 0; turn < 8; turn++) {
            List<Thread> running = new ArrayList<>();
            long start = System.nanoTime();
            for (double[] part : parts) {
                running.add(Thread.ofPlatform().start(() -> pass(part)));
            }
            for (Thread thread : running) {
                thread.join();
            }
            best = Math.max(best, 2.0 * Double.BYTES * (1 << 25) / (System.nanoTime() - start));
        }
        return best;
    }

    private static void pass(double[] a) {
        for (int i = 0; i < a.length; i++) {
            a[i] = a[i] * 0.5 + 1;
        }
    }
}
