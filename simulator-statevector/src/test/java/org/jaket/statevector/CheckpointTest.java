package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jaket.circuit.Circuit;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.execution.Shots;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs that go on from a checkpoint give, bit for bit, what an uninterrupted run gives. The process
 * that is interrupted is a JVM of its own, killed with SIGKILL.
 */
class CheckpointTest {
    @TempDir private Path directory;

    /** Layers of random rotations and CX on random pairs: many passes. */
    private static Circuit circuit(String kind, int qubits) {
        Random random = new Random(5);
        return Circuit.of(
                qubits,
                c -> {
                    for (int layer = 0; layer < 24; layer++) {
                        for (int q = 0; q < qubits; q++) {
                            c.u(
                                    random.nextDouble(3),
                                    random.nextDouble(3),
                                    random.nextDouble(3),
                                    q);
                        }
                        for (int q = 0; q < qubits; q++) {
                            c.cx(q, (q + 1 + random.nextInt(qubits - 1)) % qubits);
                        }
                        if (layer == 6) {
                            // Loops are places of their own: their counters are saved too.
                            c.repeat(4, r -> r.ry(0.2, 1).cx(1, 3).rz(0.1, 3).cx(0, 2));
                        }
                        if (kind.equals("middle") && layer >= 12) {
                            c.measure(layer % qubits);
                        }
                        if (kind.equals("reset") && layer % 8 == 7) {
                            var bit = c.measure(layer % qubits);
                            c.when(bit, t -> t.x(0).ry(0.3, 1));
                            c.reset(2);
                        }
                    }
                    if (!kind.equals("gates")) {
                        c.measureAll();
                    }
                });
    }

    /** The process that is killed. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws IOException {
            Checkpoint checkpoint = Checkpoint.at(Path.of(args[4])).every(Duration.ZERO);
            Circuit circuit = circuit(args[0], Integer.parseInt(args[1]));
            int threads = Integer.parseInt(args[3]);
            CompiledCircuit compiled =
                    StateVectorSimulator.of(Precision.valueOf(args[2])).compile(circuit);
            Progress slowly =
                    (done, total) -> {
                        try {
                            Thread.sleep(2);
                        } catch (InterruptedException e) {
                            throw new CancellationException();
                        }
                    };
            if (args[0].equals("gates")) {
                compiled.state(threads, slowly, checkpoint).close();
            } else {
                compiled.run(options(threads).progress(slowly), checkpoint);
            }
        }
    }

    private static RunOptions options(int threads) {
        return RunOptions.shots(200).seed(11).threads(threads);
    }

    /** Kills a process after its checkpoint has been written some times. */
    private void interrupt(String kind, int qubits, Precision precision, int threads, Path file)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-cp"));
        List<String> places = new ArrayList<>();
        for (Class<?> c :
                List.of(CheckpointTest.class, StateVectorSimulator.class, Circuit.class)) {
            places.add(c.getProtectionDomain().getCodeSource().getLocation().getPath());
        }
        command.add(String.join(java.io.File.pathSeparator, places));
        command.add(Child.class.getName());
        command.addAll(
                List.of(
                        kind,
                        Integer.toString(qubits),
                        precision.name(),
                        Integer.toString(threads),
                        file.toString()));
        Process child =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("child.log").toFile())
                        .start();
        Object last = null;
        int writes = 0;
        while (writes < 6) {
            assertThat(child.isAlive()).as(() -> "the child ended by itself: " + log()).isTrue();
            Object now = Files.exists(file) ? Files.readAttributes(file, "fileKey") : null;
            writes += now != null && !now.equals(last) ? 1 : 0;
            last = now;
            TimeUnit.MILLISECONDS.sleep(1);
        }
        child.destroyForcibly().waitFor();
        assertThat(file).exists();
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("child.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @ParameterizedTest
    @CsvSource({"DOUBLE, 1", "DOUBLE, 2", "SINGLE, 1", "SINGLE, 2"})
    void killedStatesGoOn(Precision precision, int threads) throws Exception {
        Path file = directory.resolve("state.ckpt");
        interrupt("gates", 17, precision, threads, file);
        CompiledCircuit compiled = StateVectorSimulator.of(precision).compile(circuit("gates", 17));
        AtomicInteger first = new AtomicInteger(-1);
        Progress listener = (done, total) -> first.compareAndSet(-1, (int) (100 * done / total));
        try (StateVector whole = compiled.state(threads, Progress.NONE);
                StateVector resumed = compiled.state(threads, listener, Checkpoint.at(file))) {
            for (long i = 0; i < 1L << 17; i++) {
                assertThat(resumed.re(i)).isEqualTo(whole.re(i));
                assertThat(resumed.im(i)).isEqualTo(whole.im(i));
            }
        }
        // It did not begin anew.
        assertThat(first.get()).isPositive();
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "end, 16, DOUBLE, 1",
        "end, 16, SINGLE, 2",
        "middle, 10, DOUBLE, 1",
        "middle, 10, DOUBLE, 2",
        "middle, 16, SINGLE, 2",
        "middle, 16, DOUBLE, 1",
        "reset, 10, SINGLE, 1",
        "reset, 15, DOUBLE, 2",
    })
    void killedShotsGoOn(String kind, int qubits, Precision precision, int threads)
            throws Exception {
        Path file = directory.resolve("shots.ckpt");
        interrupt(kind, qubits, precision, threads, file);
        CompiledCircuit compiled =
                StateVectorSimulator.of(precision).compile(circuit(kind, qubits));
        assertThat(Checkpoint.at(file).seed()).hasValue(11);
        Shots whole = compiled.run(options(threads));
        Shots resumed = compiled.run(options(threads), Checkpoint.at(file));
        assertThat(resumed.words()).isEqualTo(whole.words());
        // Nothing is left, of the process that was killed while it wrote, either.
        assertThat(directory.toFile().list()).containsExactly("child.log");
    }

    /** Ends a run by cancelling, after most of its shots. */
    private Path cancelled(CompiledCircuit compiled, int shots) throws IOException {
        Path file = directory.resolve("cancelled.ckpt");
        AtomicInteger most = new AtomicInteger();
        Progress listener =
                new Progress() {
                    @Override
                    public void report(long done, long total) {
                        most.accumulateAndGet((int) done, Math::max);
                    }

                    @Override
                    public boolean isCancelled() {
                        return most.get() >= shots;
                    }
                };
        Checkpoint checkpoint = Checkpoint.at(file).every(Duration.ZERO);
        assertThatThrownBy(() -> compiled.run(options(1).progress(listener), checkpoint))
                .isInstanceOf(CancellationException.class);
        assertThat(file).exists();
        return file;
    }

    /** Shots that are done are not run again: as many groups are reported as are left. */
    @Test
    void finishedShotsAreKept() throws Exception {
        CompiledCircuit compiled = StateVectorSimulator.create().compile(circuit("middle", 9));
        Path file = cancelled(compiled, 150);
        List<Long> reports = new ArrayList<>();
        Shots resumed =
                compiled.run(
                        options(1).progress((done, total) -> reports.add(done)),
                        Checkpoint.at(file));
        assertThat(reports.getFirst()).isGreaterThan(140);
        assertThat(reports.getLast()).isEqualTo(200);
        assertThat(resumed.words()).isEqualTo(compiled.run(options(1)).words());
    }

    @Test
    void foreignCheckpointsAreRefused() throws Exception {
        CompiledCircuit compiled = StateVectorSimulator.create().compile(circuit("middle", 9));
        Checkpoint checkpoint = Checkpoint.at(cancelled(compiled, 50));
        refuses(compiled, options(1).seed(12), checkpoint, "its seed is 11, not 12");
        refuses(
                compiled,
                RunOptions.shots(201).seed(11),
                checkpoint,
                "its number of shots is 200, not 201");
        refuses(
                StateVectorSimulator.of(Precision.SINGLE).compile(circuit("middle", 9)),
                options(1),
                checkpoint,
                "its precision is DOUBLE, not SINGLE");
        refuses(
                StateVectorSimulator.create().compile(circuit("middle", 10)),
                options(1),
                checkpoint,
                "its number of qubits is 9, not 10");
        Circuit other = Circuit.of(9, c -> c.h(0).measureAll());
        refuses(
                StateVectorSimulator.create().compile(other),
                options(1),
                checkpoint,
                "its circuit is another one");
        CompiledCircuit gates = StateVectorSimulator.create().compile(circuit("gates", 9));
        assertThatThrownBy(() -> gates.state(1, Progress.NONE, checkpoint))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("its purpose is shots, not a state");
        assertThat(checkpoint.file()).exists();
    }

    private static void refuses(
            CompiledCircuit compiled, RunOptions options, Checkpoint checkpoint, String why) {
        assertThatThrownBy(() -> compiled.run(options, checkpoint))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(checkpoint.file().toString())
                .hasMessageContaining(why);
    }

    /** A bit flipped anywhere, and any shorter or longer file, is noticed. */
    @ParameterizedTest
    @ValueSource(strings = {"middle", "reset"})
    void damagedCheckpointsAreRefused(String kind) throws Exception {
        CompiledCircuit compiled = StateVectorSimulator.create().compile(circuit(kind, 7));
        Path file = cancelled(compiled, 50);
        byte[] good = Files.readAllBytes(file);
        Checkpoint checkpoint = Checkpoint.at(file);
        Random random = new Random(3);
        for (int k = 0; k < 300; k++) {
            byte[] bad = good.clone();
            int at = k < 40 ? k : random.nextInt(good.length);
            bad[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bad);
            assertThatThrownBy(() -> compiled.run(options(1), checkpoint))
                    .as("byte %d of %d", at, good.length)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file.toString());
        }
        for (int k = 0; k < 100; k++) {
            int length = k < 40 ? k : random.nextInt(good.length);
            Files.write(file, Arrays.copyOf(good, length));
            assertThatThrownBy(() -> compiled.run(options(1), checkpoint))
                    .as("%d bytes of %d", length, good.length)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file.toString());
        }
        Files.write(file, Arrays.copyOf(good, good.length + 1));
        assertThatThrownBy(() -> compiled.run(options(1), checkpoint))
                .isInstanceOf(IOException.class);
        Files.write(file, good);
        assertThat(compiled.run(options(1), checkpoint).words())
                .isEqualTo(compiled.run(options(1)).words());
    }

    @Test
    void placesThatCannotBeWrittenAreRefusedAtOnce() {
        CompiledCircuit compiled = StateVectorSimulator.create().compile(circuit("end", 4));
        assertThatThrownBy(
                        () -> compiled.run(options(1), Checkpoint.at(directory.resolve("no/file"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("needs a directory");
        assertThatThrownBy(() -> compiled.run(options(1), Checkpoint.at(directory)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is a directory");
    }

    /** Where the directory goes away in mid-run the run goes on, and its results are right. */
    @Test
    void troubleWithWritingDoesNotEndTheRun() throws Exception {
        Path place = Files.createDirectory(directory.resolve("place"));
        CompiledCircuit compiled = StateVectorSimulator.create().compile(circuit("middle", 9));
        Progress vandal =
                (done, total) -> {
                    try (var files = Files.list(place)) {
                        for (Path p : files.toList()) {
                            Files.delete(p);
                        }
                        Files.delete(place);
                    } catch (IOException e) {
                        // Done before.
                    }
                };
        Shots shots =
                compiled.run(
                        options(1).progress(vandal),
                        Checkpoint.at(place.resolve("a.ckpt")).every(Duration.ZERO));
        assertThat(shots.words()).isEqualTo(compiled.run(options(1)).words());
    }
}
