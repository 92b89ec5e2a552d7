package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.MatrixGate;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.observable.PauliString;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.execution.UnsupportedCircuitException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CancellationException;

/** States on disk against the same circuits in memory. */
class DiskStateTest {
    @TempDir private Path directory;

    private Path file() {
        return directory.resolve("amplitudes");
    }

    /** Random gates of the whole table, controlled ones and dense ones. */
    private static Circuit circuit(int n, int gates, Random random) {
        StandardGate[] table = StandardGate.values();
        return Circuit.of(
                n,
                c -> {
                    for (int q = 0; q < n; q++) {
                        c.u(random.nextDouble(3), random.nextDouble(3), random.nextDouble(3), q);
                    }
                    for (int g = 0; g < gates; g++) {
                        Gate gate = table[random.nextInt(table.length)];
                        int kind = random.nextInt(16);
                        if (kind < 2) {
                            int controls = 1 + random.nextInt(3);
                            gate = gate.controlled(controls, random.nextLong(1L << controls));
                        } else if (kind == 2) {
                            int k = 2 + random.nextInt(3);
                            gate =
                                    new MatrixGate(
                                            "haar", GatesAgainstMatricesTest.unitary(k, random));
                        }
                        int[] targets =
                                GatesAgainstMatricesTest.targets(
                                        gate.qubits(), n, random.nextInt(n), random);
                        c.append(GatesAgainstMatricesTest.operation(gate, targets, random));
                    }
                });
    }

    private static long memory(Precision precision, int tileBits) {
        return 2L * precision.bytesPerAmplitude() << tileBits;
    }

    private static double tolerance(Precision precision) {
        return precision == Precision.DOUBLE ? 1e-12 : 1e-5;
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void randomCircuitsAgreeWithThoseInMemory(Precision precision) throws IOException {
        Random random = new Random(21);
        for (int round = 0; round < 40; round++) {
            int n = 9 + round % 6;
            int tileBits = 6 + random.nextInt(4);
            Circuit circuit = circuit(n, 80, random);
            StateVectorSimulator simulator = StateVectorSimulator.of(precision);
            DiskSimulator onDisk = simulator.onDisk(file(), memory(precision, tileBits));
            try (StateVector expected = simulator.state(circuit);
                    DiskState state = onDisk.state(circuit, 1 + round % 2, Progress.NONE)) {
                double worst = 0;
                for (long i = 0; i < 1L << n; i++) {
                    double re = state.re(i) - expected.re(i);
                    worst = Math.max(worst, Math.hypot(re, state.im(i) - expected.im(i)));
                }
                assertThat(worst)
                        .as("%d qubits, tiles of %d", n, tileBits)
                        .isLessThan(tolerance(precision));
                assertThat(state.norm()).isCloseTo(1, within(100 * tolerance(precision)));
                reads(state, expected, n, precision, random);
            }
            assertThat(directory.toFile().list()).isEmpty();
        }
    }

    private void reads(
            DiskState state, StateVector expected, int n, Precision precision, Random random)
            throws IOException {
        double tolerance = 10 * tolerance(precision);
        int[] qubits = GatesAgainstMatricesTest.targets(4, n, random.nextInt(n), random);
        double[] p = expected.probabilities(qubits);
        assertThat(state.probabilities(qubits)).containsExactly(p, within(tolerance));
        for (int k = 0; k < 5; k++) {
            PauliString string = PauliString.random(n, random);
            if (!string.isHermitian()) {
                continue;
            }
            assertThat(state.expectation(string))
                    .isCloseTo(expected.expectation(string), within(tolerance));
        }
        PauliSum sum =
                PauliSum.of(
                        "0.5*"
                                + "Z".repeat(n)
                                + " + 0.25*"
                                + "X".repeat(n)
                                + " - 2*"
                                + "I".repeat(n - 2)
                                + "YX + 1.5*Y"
                                + "I".repeat(n - 2)
                                + "Y");
        assertThat(state.expectation(sum))
                .isCloseTo(expected.expectation(sum), within(10 * tolerance));
        if (precision == Precision.DOUBLE) {
            // Draws differ only where a number falls between cumulative sums that differ by 1e-15.
            assertThat(state.sample(500, 9)).isEqualTo(expected.sample(500, 9));
        }
        Path npy = directory.resolve("state.npy");
        state.write(npy);
        try (StateVector read = StateVector.read(npy)) {
            for (long i = 0; i < 1L << n; i += 7) {
                assertThat(read.re(i)).isEqualTo(state.re(i));
                assertThat(read.im(i)).isCloseTo(expected.im(i), within(tolerance));
            }
        }
        Files.delete(npy);
    }

    /** 2^6 amplitudes at a time: most tiles are on disk, loops, classical values, final bits. */
    @Test
    void shotsAgreeWithThoseInMemory() {
        Random random = new Random(4);
        Circuit gates = circuit(11, 60, random);
        Circuit circuit =
                Circuit.of(
                        11,
                        c -> {
                            c.add(gates);
                            c.repeat(3, r -> r.ry(0.4, 3).cx(3, 10).cp(0.3, 9, 10));
                            c.measureAll();
                        });
        DiskSimulator onDisk =
                StateVectorSimulator.create().onDisk(file(), memory(Precision.DOUBLE, 6));
        RunOptions options = RunOptions.shots(3000).seed(17).threads(2);
        assertThat(onDisk.refusal(circuit)).isNull();
        assertThat(onDisk.run(circuit, options).words())
                .isEqualTo(StateVectorSimulator.create().run(circuit, options).words());
        assertThat(directory.toFile().list()).isEmpty();
        PauliSum z = PauliSum.of("Z" + "I".repeat(9) + "Z");
        assertThat(onDisk.expect(gates, z).value())
                .isCloseTo(StateVectorSimulator.create().expect(gates, z).value(), within(1e-12));
    }

    /** Where the state fits into one tile the arithmetic is the same as in memory. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void oneTileGivesTheSameBits(Precision precision) {
        for (int n : new int[] {10, 17}) {
            Circuit circuit = circuit(n, 100, new Random(8));
            StateVectorSimulator simulator = StateVectorSimulator.of(precision);
            try (StateVector expected = simulator.state(circuit);
                    DiskState state = simulator.onDisk(file(), 1 << 24).state(circuit)) {
                for (long i = 0; i < 1L << n; i++) {
                    if (state.re(i) != expected.re(i) || state.im(i) != expected.im(i)) {
                        assertThat(state.re(i)).as("amplitude %d", i).isEqualTo(expected.re(i));
                        assertThat(state.im(i)).as("amplitude %d", i).isEqualTo(expected.im(i));
                    }
                }
                assertThat(state.sample(100, 1)).isEqualTo(expected.sample(100, 1));
            }
        }
    }

    /** Putting the qubits in order, cut short, leaves no state. */
    @Test
    void writingThatIsCutShortLeavesNoState() throws IOException {
        boolean[] cancelled = new boolean[1];
        Progress listener =
                new Progress() {
                    @Override
                    public void report(long done, long total) {}

                    @Override
                    public boolean isCancelled() {
                        return cancelled[0];
                    }
                };
        Circuit circuit = Circuit.of(10, c -> c.h(0).cx(0, 9).swap(0, 9).x(2));
        DiskSimulator onDisk =
                StateVectorSimulator.create().onDisk(file(), memory(Precision.DOUBLE, 6));
        try (DiskState state = onDisk.state(circuit, 1, listener)) {
            cancelled[0] = true;
            Path npy = directory.resolve("state.npy");
            assertThatThrownBy(() -> state.write(npy)).isInstanceOf(CancellationException.class);
            cancelled[0] = false;
            assertThat(npy).doesNotExist();
            assertThatThrownBy(state::norm)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cancelled");
        }
        assertThat(directory.toFile().list()).isEmpty();
    }

    @Test
    void smallestStatesWork() {
        Circuit circuit = Circuit.of(2, c -> c.h(0).cx(0, 1));
        try (DiskState state = StateVectorSimulator.create().onDisk(file(), 4096).state(circuit)) {
            assertThat(state.probability(0)).isCloseTo(0.5, within(1e-15));
            assertThat(state.probability(3)).isCloseTo(0.5, within(1e-15));
            assertThat(state.expectation(PauliString.of("XX"))).isCloseTo(1, within(1e-15));
        }
    }

    @Test
    void whatNeedsCopiesIsRefused() {
        DiskSimulator onDisk = StateVectorSimulator.create().onDisk(file(), 4096);
        Circuit middle = Circuit.of(8, c -> c.h(0).measureAll().h(0).measureAll());
        assertThatThrownBy(() -> onDisk.run(middle, RunOptions.shots(10)))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining("is there once only");
        assertThat(onDisk.refusal(middle)).contains("matrix product states");
        Circuit measured = Circuit.of(8, c -> c.h(0).measureAll());
        assertThatThrownBy(() -> onDisk.state(measured))
                .isInstanceOf(UnsupportedCircuitException.class);
        Circuit wide =
                Circuit.of(
                        8,
                        c ->
                                c.gate(
                                        new MatrixGate(
                                                "wide",
                                                GatesAgainstMatricesTest.unitary(7, new Random(1))),
                                        1,
                                        2,
                                        3,
                                        4,
                                        5,
                                        6,
                                        7));
        assertThat(onDisk.refusal(wide)).contains("more memory");
        assertThat(directory.toFile().list()).isEmpty();
    }

    @Test
    void troubleWithTheFileIsOneError() throws IOException {
        Circuit circuit = Circuit.of(12, c -> c.h(0).measureAll());
        RunOptions options = RunOptions.shots(10);
        Files.createFile(file());
        assertThatThrownBy(
                        () ->
                                StateVectorSimulator.create()
                                        .onDisk(file(), 4096)
                                        .run(circuit, options))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("exists already");
        assertThat(file()).exists();
        assertThatThrownBy(
                        () ->
                                StateVectorSimulator.create()
                                        .onDisk(directory.resolve("no/file"), 4096)
                                        .run(circuit, options))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("needs a directory");
        Circuit huge = Circuit.of(40, c -> c.h(0).measureAll());
        assertThatThrownBy(
                        () ->
                                StateVectorSimulator.create()
                                        .onDisk(directory.resolve("huge"), 4096)
                                        .run(huge, options))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("has room for");
        assertThatThrownBy(() -> StateVectorSimulator.create().onDisk(file(), 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 2048 bytes");
    }

    @Test
    void cancellingDeletesTheFile() {
        Circuit circuit = circuit(12, 60, new Random(2));
        int[] reports = new int[1];
        Progress listener =
                new Progress() {
                    @Override
                    public void report(long done, long total) {
                        reports[0]++;
                    }

                    @Override
                    public boolean isCancelled() {
                        return reports[0] > 40;
                    }
                };
        assertThatThrownBy(
                        () ->
                                StateVectorSimulator.create()
                                        .onDisk(file(), 4096)
                                        .state(circuit, 1, listener))
                .isInstanceOf(CancellationException.class);
        assertThat(reports[0]).isEqualTo(41);
        assertThat(directory.toFile().list()).isEmpty();
    }
}
