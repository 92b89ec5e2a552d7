package org.jaket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Circuits whose course depends on results, through the commands. */
class BranchesCommandTest {
    private static final Path TELEPORT = Path.of("../examples/circuits/conditional.stim");

    @TempDir private Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    /** The teleported state is turned back: the last result and its detector are always zero. */
    @Test
    void conditionalCorrectionsTeleport() throws IOException {
        String[] sample = {"sample", "--in", TELEPORT.toString(), "--shots", "2000", "--seed", "1"};
        Command records = Command.run(sample);
        assertThat(records.out().lines().distinct())
                .containsExactlyInAnyOrder("000", "010", "100", "110");
        Command events = Command.run("detect", "--in", TELEPORT.toString(), "--shots", "2000");
        assertThat(events.out()).isEqualTo("0\n".repeat(2000));
        String file = file("r.01", records.out());
        Command converted =
                Command.run(
                        "m2d", "--in", file, "--in_format", "01", "--circuit", TELEPORT.toString());
        assertThat(converted.out()).isEqualTo("0\n".repeat(2000));
    }

    @Test
    void theyAreConvertedToOpenQasmAndBackToRecords() throws IOException {
        Command qasm = Command.run("convert", TELEPORT.toString(), "--to", "qasm3");
        assertThat(qasm.err()).isEmpty();
        assertThat(qasm.out()).contains("if (rec[1]) {").contains("} else {");
        String file = file("t.qasm", qasm.out());
        Command run = Command.run("sample", "--in", file, "--shots", "2000", "--seed", "1");
        assertThat(run.out().lines().distinct())
                .containsExactlyInAnyOrder("000", "010", "100", "110");
    }

    /** Results come in the order of measurements though the registers are declared otherwise. */
    @Test
    void recordsOfOpenQasmWithBranchesHaveTheOrderOfMeasurements() throws IOException {
        String file =
                file(
                        "c.qasm",
                        "OPENQASM 2.0; include \"qelib1.inc\"; qreg q[2]; creg a[1]; creg b[1];"
                                + " x q[0]; measure q[0]->b[0]; if(b==1) h q[1]; if(b==1) h q[1];"
                                + " measure q[1]->a[0];");
        assertThat(Command.run("sample", "--in", file, "--shots", "2").out()).isEqualTo("10\n10\n");
    }

    @Test
    void analysesSayWhatTheyCannot() {
        for (String command : new String[] {"analyze_errors", "explain_errors"}) {
            Command run = Command.run(command, "--in", TELEPORT.toString());
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).contains("if (rec[-1]) cannot be analysed").hasLineCount(3);
        }
    }

    /**
     * The law by hand: the first coin says which branch is taken, and the qubit in the plus state
     * gives a coin along Z and 0 along X. OpenQASM's register prints the latest result first.
     */
    @Test
    void bothBranchesMayMeasure() throws IOException {
        String file =
                file(
                        "m.stim",
                        "H 0 1\nM 0\nIF rec[-1] {\n M 1\n CX rec[-1] 2\n} ELSE {\n MX 1\n CX rec[-2] 2\n}\nM 2\n");
        Command sample = Command.run("sample", "--in", file, "--shots", "2000", "--seed", "1");
        assertThat(sample.out().lines().distinct()).containsExactlyInAnyOrder("000", "100", "111");
        Command law = Command.run("run", file, "--probabilities");
        assertThat(law.out().lines())
                .containsExactlyInAnyOrder(
                        "000  0.500000000000", "100  0.250000000000", "111  0.250000000000");
        String qasm = file("m.qasm", Command.run("convert", file, "--to", "qasm3").out());
        assertThat(Command.run("run", qasm, "--probabilities").out().lines())
                .containsExactlyInAnyOrder(
                        "000  0.500000000000", "001  0.250000000000", "111  0.250000000000");
    }
}
