package org.jaket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.jaket.circuit.Circuit;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.statevector.Checkpoint;
import org.jaket.statevector.StateVectorSimulator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;

/** {@code jaket run} with checkpoints and with states on disk. */
class LongRunOptionsTest {
    @TempDir private Path folder;
    private Path circuit;
    private Path checkpoint;

    @BeforeEach
    void writeCircuit() throws IOException {
        StringBuilder text =
                new StringBuilder(
                        "OPENQASM 3.0; include \"stdgates.inc\"; qubit[9] q; bit[9] c;\n");
        for (int layer = 0; layer < 6; layer++) {
            for (int q = 0; q < 9; q++) {
                text.append(
                        "ry(%d.25) q[%d]; cx q[%d], q[%d];\n".formatted(layer, q, q, (q + 1) % 9));
            }
            text.append("c[%d] = measure q[%d];\n".formatted(layer, layer));
        }
        circuit = folder.resolve("circuit.qasm");
        Files.writeString(circuit, text.toString());
        checkpoint = folder.resolve("run.ckpt");
    }

    private String gates() throws IOException {
        Path gates = folder.resolve("gates.qasm");
        Files.writeString(gates, Files.readString(circuit).replaceAll("c\\[.*measure.*", ""));
        return gates.toString();
    }

    private Command run(String... more) {
        String[] args = new String[more.length + 2];
        args[0] = "run";
        args[1] = circuit.toString();
        System.arraycopy(more, 0, args, 2, more.length);
        return Command.run(args);
    }

    /** Begins a run and cancels it after some shots, as Ctrl-C does. */
    private void begin(long seed) throws IOException {
        long[] most = new long[1];
        Progress listener =
                new Progress() {
                    @Override
                    public void report(long done, long total) {
                        most[0] = Math.max(most[0], done);
                    }

                    @Override
                    public boolean isCancelled() {
                        return most[0] > 40;
                    }
                };
        Circuit read = Circuit.qasm(Files.readString(circuit));
        try {
            StateVectorSimulator.create()
                    .forOneRun()
                    .compile(read)
                    .run(
                            new RunOptions(300, seed, 1, listener),
                            Checkpoint.at(checkpoint).every(Duration.ZERO));
        } catch (CancellationException e) {
            assertThat(checkpoint).exists();
        }
    }

    @Test
    void runsGoOnWithTheSeedTheyBeganWith() throws IOException {
        begin(77);
        Command resumed = run("--shots", "300", "--checkpoint", checkpoint.toString(), "--json");
        assertThat(resumed.err()).isEmpty();
        assertThat(resumed.json().get("seed").asLong()).isEqualTo(77);
        Command whole = run("--shots", "300", "--seed", "77", "--engine", "statevector", "--json");
        assertThat(resumed.json().get("counts")).isEqualTo(whole.json().get("counts"));
        assertThat(checkpoint).doesNotExist();
    }

    @Test
    void anotherRunsCheckpointIsOneError() throws IOException {
        begin(77);
        Command other =
                run("--shots", "300", "--seed", "78", "--checkpoint", checkpoint.toString());
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.out()).isEmpty();
        assertThat(other.err()).contains("its seed is 77, not 78").hasLineCount(1);
        Files.writeString(checkpoint, "something else");
        Command foreign = run("--shots", "300", "--checkpoint", checkpoint.toString());
        assertThat(foreign.exit()).isEqualTo(1);
        assertThat(foreign.err()).contains(checkpoint.toString()).hasLineCount(1);
    }

    @Test
    void statesOnDiskGiveTheSameAmplitudes() throws IOException {
        String file = folder.resolve("amplitudes").toString();
        String gates = gates();
        Command disk =
                Command.run(
                        "run",
                        gates,
                        "--amplitudes",
                        "0,7,last",
                        "--state-file",
                        file,
                        "--memory",
                        "4K");
        Command memory = Command.run("run", gates, "--amplitudes", "0,7,last");
        assertThat(disk.err()).isEmpty();
        assertThat(disk.out()).isEqualTo(memory.out());
        Command shots =
                Command.run(
                        "run",
                        gates,
                        "--shots",
                        "50",
                        "--seed",
                        "1",
                        "--state-file",
                        file,
                        "--memory",
                        "4K",
                        "--json");
        Command shotsInMemory =
                Command.run(
                        "run",
                        gates,
                        "--shots",
                        "50",
                        "--seed",
                        "1",
                        "--engine",
                        "statevector",
                        "--json");
        assertThat(shots.json().get("engine").asString()).isEqualTo("statevector on disk");
        assertThat(shots.json().get("counts")).isEqualTo(shotsInMemory.json().get("counts"));
        assertThat(Path.of(file)).doesNotExist();
    }

    @Test
    void leftoverStateFilesAreOneError() throws IOException {
        Path file = Files.createFile(folder.resolve("amplitudes"));
        Command run = Command.run("run", gates(), "--state-file", file.toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("exists already").hasLineCount(1);
        Command middle = run("--state-file", folder.resolve("other").toString());
        assertThat(middle.exit()).isEqualTo(1);
        assertThat(middle.err()).contains("is there once only").hasLineCount(1);
    }

    @Test
    void optionsThatDoNotGoTogetherAreRefused() {
        refused("--checkpoint-every needs", "--checkpoint-every", "3");
        refused("--memory needs", "--memory", "3G");
        refused("is a size", "--state-file", "a", "--memory", "3 apples");
        refused("do not go together", "--state-file", "a", "--checkpoint", "b");
        refused("not --engine", "--engine", "stabilizer", "--checkpoint", "b");
        refused("exact probabilities", "--probabilities", "--state-file", "b");
        refused("not negative", "--checkpoint", "b", "--checkpoint-every", "-1");
    }

    private void refused(String why, String... options) {
        Command command = run(options);
        assertThat(command.exit()).isNotZero();
        assertThat(command.out()).isEmpty();
        assertThat(command.err()).contains(why);
    }
}
