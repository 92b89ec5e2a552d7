package org.jaket.benchmarks;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.noise.NoiseModel;
import org.jaket.circuit.noise.StandardChannels;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.statevector.Checkpoint;
import org.jaket.statevector.DiskState;
import org.jaket.statevector.Precision;
import org.jaket.statevector.StateVector;
import org.jaket.statevector.StateVectorSimulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;

/**
 * How long work with state vectors goes on after it was asked to stop: from the request, which
 * another thread makes at a random moment, to the return of the call, with all memory and files
 * freed.
 *
 * <p>Options: {@code --qubits <n>} (26), {@code --disk-qubits <n>} (those of {@code --qubits}),
 * {@code --precision double|single} (double), {@code --requests <n>} (8) for each kind of work,
 * {@code --window <seconds>} (6) in which requests fall, {@code --folder <path>} (the system's
 * temporary one) for states on disk and checkpoints, {@code --only <text>} for the kinds of work
 * whose names contain it.
 */
public final class CancelLatency {
    /** Gates of the circuit that is compiled. */
    private static final int MANY_GATES = 1_000_000;

    private static final int MANY_SHOTS = 1_000_000;

    /** Strings of the observable. */
    private static final int STRINGS = 2_000;

    private int qubits = 26;
    private int diskQubits;
    private Precision precision = Precision.DOUBLE;
    private int requests = 8;
    private double window = 6;
    private Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    private String only = "";
    private final Random random = new Random(1);
    private final Switch progress = new Switch();

    private CancelLatency(String[] args) {
        for (int k = 0; k < args.length; k++) {
            switch (args[k]) {
                case "--qubits" -> qubits = Integer.parseInt(args[++k]);
                case "--disk-qubits" -> diskQubits = Integer.parseInt(args[++k]);
                case "--precision" ->
                        precision = Precision.valueOf(args[++k].toUpperCase(Locale.ROOT));
                case "--requests" -> requests = Integer.parseInt(args[++k]);
                case "--window" -> window = Double.parseDouble(args[++k]);
                case "--folder" -> folder = Path.of(args[++k]);
                case "--only" -> only = args[++k];
                default -> throw new IllegalArgumentException("no option " + args[k]);
            }
        }
        diskQubits = diskQubits == 0 ? qubits : diskQubits;
    }

    /** Runs the measurements. */
    public static void main(String[] args) throws IOException {
        new CancelLatency(args).run();
    }

    /** Stops when it is told to. */
    private static final class Switch implements Progress {
        private volatile boolean isOn;

        @Override
        public void report(long done, long total) {}

        @Override
        public boolean isCancelled() {
            return isOn;
        }
    }

    /** Something that takes long. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private void run() throws IOException {
        System.out.printf(
                "%d qubits (on disk %d) in %s precision; milliseconds from request to return%n",
                qubits, diskQubits, precision.name().toLowerCase(Locale.ROOT));
        System.out.printf(
                "%-32s %8s %8s %8s %14s %10s%n",
                "work", "requests", "median", "largest", "asked after s", "ended");
        Path directory = Files.createTempDirectory(folder, "cancel-latency");
        try {
            inMemory(directory);
            onDisk(directory);
        } finally {
            Files.delete(directory);
        }
    }

    // ---- what is asked to stop ------------------------------------------------------------

    private void inMemory(Path directory) throws IOException {
        StateVectorSimulator simulator = StateVectorSimulator.of(precision);
        int threads = Runtime.getRuntime().availableProcessors();
        Circuit brick = CircuitFamilies.named("brick", qubits);
        Circuit shallow = shallow(qubits);
        Circuit measured = Circuit.of(qubits, c -> c.add(shallow).measureAll());
        RunOptions few = RunOptions.shots(1000).seed(1).threads(threads).progress(progress);
        measure("state", () -> simulator.state(brick, threads, progress).close());
        measure(
                "joint measurement, 1e6 shots",
                () -> simulator.run(measured, new RunOptions(MANY_SHOTS, 1, threads, progress)));
        Circuit middle =
                Circuit.of(
                        qubits,
                        c -> {
                            c.add(shallow);
                            c.measure(0);
                            c.measure(1);
                            c.add(shallow).measureAll();
                        });
        measure("measurements in the middle", () -> simulator.run(middle, few));
        Circuit noisy =
                measured.with(
                        NoiseModel.builder()
                                .after(StandardGate.CZ, StandardChannels.depolarizing(2, 0.1))
                                .after(StandardGate.H, StandardChannels.amplitudeDamping(0.1))
                                .build());
        measure("trajectories with noise", () -> simulator.run(noisy, few));
        Checkpoint checkpoint = Checkpoint.at(directory.resolve("checkpoint")).every(Duration.ZERO);
        measure(
                "state with checkpoints",
                () -> Files.deleteIfExists(checkpoint.file()),
                () -> simulator.compile(brick).state(threads, progress, checkpoint).close());
        Files.deleteIfExists(checkpoint.file());
        PauliSum observable = observable(qubits);
        Circuit ansatz = ansatz(qubits);
        Map<String, Double> values = new LinkedHashMap<>();
        ansatz.parameters().forEach(p -> values.put(p.name(), random.nextDouble(3)));
        measure(
                "adjoint gradient",
                () -> simulator.gradient(ansatz, observable, values, threads, progress));
        if (isWanted("compilation")) {
            Circuit many = manyGates();
            measure("compilation of 1e6 gates", () -> simulator.compile(many, progress));
        }
        if (isWanted("reading")) {
            try (StateVector state = simulator.state(shallow, threads, progress)) {
                reading(state, directory);
            }
        }
    }

    private void reading(StateVector state, Path directory) throws IOException {
        measure("reading: 1e6 samples", () -> state.sample(MANY_SHOTS, 1));
        int[] half = range(qubits / 2);
        measure("reading: probabilities", () -> state.probabilities(half));
        PauliSum observable = observable(qubits);
        measure("reading: expectation value", () -> state.expectation(observable));
        measure("reading: reduced density matrix", () -> state.densityMatrix(0, 5, qubits - 1));
        measure("reading: copy", () -> state.copy().close());
        Path npy = directory.resolve("state.npy");
        measure("reading: NumPy file", () -> state.write(npy));
        if (isWanted("reading: from NumPy file")) {
            int threads = Runtime.getRuntime().availableProcessors();
            state.write(npy);
            measure(
                    "reading: from NumPy file",
                    () -> StateVector.read(npy, threads, progress).close());
        }
        Files.deleteIfExists(npy);
    }

    private void onDisk(Path directory) throws IOException {
        long memory = (long) precision.bytesPerAmplitude() << diskQubits - 2;
        var simulator =
                StateVectorSimulator.of(precision).onDisk(directory.resolve("amplitudes"), memory);
        int threads = Runtime.getRuntime().availableProcessors();
        Circuit brick = CircuitFamilies.named("brick", diskQubits);
        measure("on disk: state", () -> simulator.state(brick, threads, progress).close());
        if (!isWanted("on disk: reading")) {
            return;
        }
        try (DiskState state = simulator.state(shallow(diskQubits), threads, progress)) {
            measure("on disk: reading, 1e6 samples", () -> state.sample(MANY_SHOTS, 1));
            int[] half = range(diskQubits / 2);
            measure("on disk: reading, probabilities", () -> state.probabilities(half));
            measure(
                    "on disk: reading, expectation",
                    () -> state.expectation(observable(diskQubits)));
        }
    }

    private static int[] range(int count) {
        int[] all = new int[count];
        Arrays.setAll(all, q -> q);
        return all;
    }

    /** All qubits entangled by few gates. */
    private static Circuit shallow(int qubits) {
        return Circuit.of(
                qubits,
                c -> {
                    for (int q = 0; q < qubits; q++) {
                        c.h(q).ry(0.1 + q, q);
                    }
                    for (int q = 0; q + 1 < qubits; q++) {
                        c.cz(q, q + 1).ry(0.3 * q, q);
                    }
                });
    }

    private static Circuit ansatz(int qubits) {
        return Circuit.of(
                qubits,
                c -> {
                    for (int layer = 0; layer < 4; layer++) {
                        for (int q = 0; q < qubits; q++) {
                            c.ry(Parameter.of("t" + (layer * qubits + q)), q);
                        }
                        for (int q = 0; q + 1 < qubits; q++) {
                            c.cx(q, q + 1);
                        }
                    }
                });
    }

    private static PauliSum observable(int qubits) {
        Random letters = new Random(3);
        StringBuilder sum = new StringBuilder();
        for (int k = 0; k < STRINGS; k++) {
            sum.append(k == 0 ? "" : " + ").append(0.1 + k).append('*');
            for (int q = 0; q < qubits; q++) {
                sum.append("IIIXYZ".charAt(letters.nextInt(6)));
            }
        }
        return PauliSum.of(sum.toString());
    }

    /** Gates of several kinds on pairs of qubits at random. */
    private static Circuit manyGates() {
        Random where = new Random(5);
        return Circuit.of(
                24,
                c -> {
                    for (int k = 0; k < MANY_GATES / 2; k++) {
                        int a = where.nextInt(24);
                        int b = (a + 1 + where.nextInt(23)) % 24;
                        c.ry(where.nextDouble(), a);
                        if (where.nextBoolean()) {
                            c.cx(a, b);
                        } else {
                            c.cp(where.nextDouble(), a, b);
                        }
                    }
                });
    }

    // ---- the measurement ------------------------------------------------------------------

    private boolean isWanted(String name) {
        return name.contains(only) || only.contains(name);
    }

    private void measure(String name, Work work) throws IOException {
        measure(name, () -> {}, work);
    }

    /** Measures work before which something else is done each time. */
    private void measure(String name, Work before, Work work) throws IOException {
        if (!name.contains(only)) {
            return;
        }
        List<Double> latencies = new ArrayList<>();
        double worst = 0;
        double worstAfter = 0;
        int ended = 0;
        double most = window;
        for (int k = 0; k < requests; k++) {
            before.run();
            double after = random.nextDouble(most);
            double[] took = asked(after, work);
            if (took[1] < 0) {
                // It was done before it was asked.
                ended++;
                most = Math.min(most, took[0]);
                continue;
            }
            double latency = 1e3 * took[1];
            latencies.add(latency);
            if (latency > worst) {
                worst = latency;
                worstAfter = after;
            }
        }
        latencies.sort(null);
        double median = latencies.isEmpty() ? 0 : latencies.get(latencies.size() / 2);
        System.out.printf(
                Locale.ROOT,
                "%-32s %8d %8.1f %8.1f %14.2f %10d%n",
                name,
                latencies.size(),
                median,
                worst,
                worstAfter,
                ended);
    }

    /**
     * Does work that is asked to stop after some seconds.
     *
     * @return the seconds that it took, and those after the request, or -1 if it was done by then
     */
    private double[] asked(double after, Work work) throws IOException {
        long[] request = {Long.MAX_VALUE};
        long start = System.nanoTime();
        Thread asking =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    LockSupport.parkNanos((long) (after * 1e9));
                                    request[0] = System.nanoTime();
                                    progress.isOn = !Thread.currentThread().isInterrupted();
                                });
        boolean stopped = false;
        try {
            work.run();
        } catch (CancellationException e) {
            stopped = true;
        }
        long end = System.nanoTime();
        asking.interrupt();
        try {
            asking.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        progress.isOn = false;
        return new double[] {(end - start) / 1e9, stopped ? (end - request[0]) / 1e9 : -1};
    }
}
