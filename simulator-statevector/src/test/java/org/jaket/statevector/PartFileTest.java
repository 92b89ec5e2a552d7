package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jaket.circuit.Circuit;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.execution.Shots;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Files that cannot become as long as they should. What a full disk does is done by a process of
 * its own whose files the system limits ({@code ulimit -f}): writes beyond fail there in the same
 * way, with another reason.
 */
class PartFileTest {
    /** In blocks of 512 or 1024 bytes, by the shell: 32 or 64 KiB. */
    private static final int BLOCKS = 64;

    /** 2^14 amplitudes in double precision, 256 KiB, are more than fit. */
    private static final int QUBITS = 14;

    private static final Circuit GATES =
            Circuit.of(
                    QUBITS,
                    c -> {
                        for (int q = 0; q < QUBITS; q++) {
                            c.ry(0.1 + q, q).cx(q, (q + 5) % QUBITS);
                        }
                    });

    private static final Circuit MIDDLE =
            Circuit.of(
                    QUBITS,
                    c -> {
                        c.add(GATES);
                        c.measure(0);
                        c.add(GATES).measureAll();
                    });

    @TempDir private Path folder;

    private static RunOptions options() {
        return RunOptions.shots(40).seed(5).threads(1);
    }

    /** The process with the limit; its first line tells what came of it. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws IOException {
            Path file = Path.of(args[1]);
            StateVectorSimulator simulator = StateVectorSimulator.create();
            switch (args[0]) {
                case "shots" -> {
                    Checkpoint checkpoint = Checkpoint.at(file).every(Duration.ZERO);
                    Shots shots = simulator.compile(MIDDLE).run(options(), checkpoint);
                    System.out.println(Arrays.toString(shots.words()));
                }
                case "cancelled" -> {
                    Checkpoint checkpoint = Checkpoint.at(file).every(Duration.ZERO);
                    RunOptions options = options().progress(new Until(30));
                    try {
                        simulator.compile(MIDDLE).run(options, checkpoint);
                    } catch (CancellationException e) {
                        System.out.println("cancelled");
                    }
                }
                case "numpy" -> {
                    try (StateVector state = simulator.state(GATES)) {
                        try {
                            state.write(file);
                        } catch (IOException e) {
                            System.out.println(e.getMessage());
                        }
                        System.out.printf("%.6f%n", state.norm());
                    }
                }
                default -> {
                    try {
                        simulator.onDisk(file, 1 << 16).state(GATES).close();
                    } catch (UncheckedIOException e) {
                        System.out.println(e.getMessage());
                    }
                }
            }
        }
    }

    /** Cancels when so many shots are done. */
    private static final class Until implements Progress {
        private final long most;
        private volatile long done;

        Until(long most) {
            this.most = most;
        }

        @Override
        public void report(long now, long total) {
            done = Math.max(done, now);
        }

        @Override
        public boolean isCancelled() {
            return done >= most;
        }
    }

    private Path file() {
        return folder.resolve("the.file");
    }

    private record Outcome(List<String> out, String err) {}

    private Outcome limited(String kind) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/bin/sh")), "limits the size of files by a shell");
        List<String> places = new ArrayList<>();
        for (Class<?> c : List.of(PartFileTest.class, StateVectorSimulator.class, Circuit.class)) {
            places.add(c.getProtectionDomain().getCodeSource().getLocation().getPath());
        }
        Path err = Files.createTempFile("limited", ".err");
        Path out = Files.createTempFile("limited", ".out");
        try {
            Process child =
                    new ProcessBuilder(
                                    "/bin/sh",
                                    "-c",
                                    "ulimit -f " + BLOCKS + "; exec \"$@\"",
                                    "sh",
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-XX:-UsePerfData",
                                    "--add-modules",
                                    "jdk.incubator.vector",
                                    "-cp",
                                    String.join(java.io.File.pathSeparator, places),
                                    Child.class.getName(),
                                    kind,
                                    file().toString())
                            .redirectError(err.toFile())
                            .redirectOutput(out.toFile())
                            .start();
            int exit = child.waitFor();
            String said = Files.readString(err);
            assertThat(exit).as(said).isZero();
            return new Outcome(Files.readAllLines(out), said);
        } finally {
            Files.delete(err);
            Files.delete(out);
        }
    }

    /** All shots are there, one warning says what is missing, and nothing half-written is left. */
    @Test
    void aRunThatCannotWriteItsCheckpointGivesItsResults() throws Exception {
        Outcome run = limited("shots");
        Shots expected = StateVectorSimulator.create().compile(MIDDLE).run(options());
        assertThat(run.out()).containsExactly(Arrays.toString(expected.words()));
        assertThat(run.err())
                .containsOnlyOnce("The checkpoint " + file() + " cannot be written: ")
                .contains("It takes 256.", "The run goes on without one.");
        assertThat(folder).isEmptyDirectory();
    }

    /** What was saved while there was room stays, bit for bit, and a run goes on from it. */
    @Test
    void theCheckpointBeforeStaysWhereTheNextCannotBeWritten() throws Exception {
        Checkpoint checkpoint = Checkpoint.at(file()).every(Duration.ZERO);
        CompiledCircuit compiled = StateVectorSimulator.create().compile(MIDDLE);
        assertThatThrownBy(() -> compiled.run(options().progress(new Until(10)), checkpoint))
                .isInstanceOf(CancellationException.class);
        byte[] before = Files.readAllBytes(file());
        Outcome cancelled = limited("cancelled");
        assertThat(cancelled.out()).containsExactly("cancelled");
        assertThat(cancelled.err()).containsOnlyOnce("goes on with the checkpoint that is there");
        assertThat(folder.toFile().list()).containsExactly("the.file");
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
        assertThat(limited("shots").out())
                .containsExactly(Arrays.toString(compiled.run(options()).words()));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aStateThatCannotBeWrittenIsStillThere() throws Exception {
        Outcome numpy = limited("numpy");
        assertThat(numpy.out()).hasSize(2);
        assertThat(numpy.out().getFirst())
                .startsWith("The NumPy file " + file() + " cannot be written: ")
                .endsWith(" It takes 256.1 KiB.");
        assertThat(numpy.out().getLast()).isEqualTo("1.000000");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aStateFileThatCannotBeWrittenIsDeleted() throws Exception {
        Outcome disk = limited("disk");
        assertThat(disk.out()).hasSize(1);
        assertThat(disk.out().getFirst())
                .contains("The state file " + file() + " cannot be written: ")
                .endsWith(" It takes 256.0 KiB.");
        assertThat(folder).isEmptyDirectory();
    }

    /** 2^70 bytes. */
    @Test
    void whatDoesNotFitSaysHowMuchThereIs() {
        assertThat(PartFile.noRoom("checkpoint", file(), 0x1p70))
                .startsWith("The checkpoint " + file() + " takes 1024.0 EiB, but " + folder)
                .contains(" has room for ")
                .endsWith(" Maybe make room, or put it on another disk.");
        assertThat(PartFile.noRoom("checkpoint", file(), 1)).isNull();
        assertThat(PartFile.failure("checkpoint", file(), 0x1p70, new IOException("full")))
                .hasMessageStartingWith(
                        "The checkpoint " + file() + " cannot be written: full. It takes ")
                .hasMessageContaining("takes 1024.0 EiB, but");
    }

    @Test
    void filesAppearWhenTheyAreComplete() throws IOException {
        Path part = folder.resolve("part");
        Files.writeString(file(), "before");
        try (PartFile out = PartFile.create("text", file(), part, 3, () -> {})) {
            out.write(ByteBuffer.wrap("abc".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
            assertThat(file()).hasContent("before");
        }
        assertThat(folder.toFile().list()).containsExactly("the.file");
        try (PartFile out = PartFile.create("text", file(), part, 3, () -> {})) {
            out.write(ByteBuffer.wrap("abc".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
            out.complete();
        }
        assertThat(file()).hasContent("abc");
        assertThat(folder.toFile().list()).containsExactly("the.file");
    }

    /**
     * Who does not take an interrupt for a wish to stop gets the whole file, and stays interrupted.
     */
    @Test
    void interruptsEndNothingOnTheirOwn() throws IOException {
        byte[] bytes = new byte[Transfer.PIECE + 5];
        Arrays.fill(bytes, (byte) 7);
        Thread.currentThread().interrupt();
        boolean still;
        try (PartFile out = PartFile.create("text", file(), folder.resolve("part"), 3, () -> {})) {
            out.write(ByteBuffer.wrap(bytes));
            out.complete();
        } finally {
            still = Thread.interrupted();
        }
        assertThat(still).isTrue();
        assertThat(Files.readAllBytes(file())).isEqualTo(bytes);
    }
}
