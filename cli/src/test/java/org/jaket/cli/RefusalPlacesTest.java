package org.jaket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Every refusal of an operation says file, line and column, in loops too. */
@Timeout(120)
class RefusalPlacesTest {
    private static final String GATE = "H 0\nTICK\nREPEAT 5 {\n    CX 0 1\n    T 0\n    M 0\n}\n";

    @TempDir private Path folder;

    private Command run(String text, String ending, String command) throws IOException {
        Path file = Files.writeString(folder.resolve("c." + ending), text);
        Path none = Files.writeString(folder.resolve("none"), "");
        String[] words =
                Arrays.stream(command.split(" "))
                        .map(w -> w.equals("FILE") ? file.toString() : w)
                        .map(w -> w.equals("NONE") ? none.toString() : w)
                        .toArray(String[]::new);
        return Command.run(words);
    }

    private void assertPlace(String text, String command, String place, String message)
            throws IOException {
        Command result = run(text, "stim", command);
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith(folder.resolve("c.stim") + ":" + place + ": ")
                .contains(message);
    }

    @ParameterizedTest
    @CsvSource({
        "m2d --circuit FILE --in NONE --in_format 01",
        "analyze_errors --in FILE",
        "analyze_errors --fold_loops --in FILE",
        "explain_errors --in FILE",
        "diagram --type timeline-text --in FILE",
        "diagram --type timeline-svg --in FILE",
        "diagram --type detslice-text --tick 1 --in FILE",
        "diagram --type detslice-with-ops-svg --tick 1 --in FILE",
        "diagram --type matchgraph-svg --in FILE",
        "run FILE --engine stabilizer",
    })
    void gatesThatAreNotClifford(String command) throws IOException {
        assertPlace(GATE, command, "5:5", "T 0 ");
        Command shown = run(GATE, "stim", command);
        assertThat(shown.err()).contains("\n      T 0\n      ^");
    }

    @ParameterizedTest
    @CsvSource({
        "sample --in FILE",
        "detect --in FILE",
        "m2d --circuit FILE --in NONE --in_format 01",
        "analyze_errors --in FILE",
        "explain_errors --in FILE",
        "run FILE --engine stabilizer",
        "convert FILE --to qasm2",
    })
    void resultsBeforeTheFirst(String command) throws IOException {
        assertPlace(
                "H 0\n  CX rec[-1] 0\nM 0\nDETECTOR rec[-1]\n", command, "2:3", "before the first");
    }

    @ParameterizedTest
    @CsvSource({
        "detect --in FILE",
        "m2d --circuit FILE --in NONE --in_format 01",
        "analyze_errors --in FILE",
        "diagram --type detslice-text --tick 1 --in FILE",
    })
    void detectorsThatLookTooFarBack(String command) throws IOException {
        assertPlace(
                "M 0\nDETECTOR rec[-1]\nREPEAT 3 {\n M 0\n DETECTOR rec[-5]\n}\n",
                command,
                "5:2",
                "rec[-5]");
    }

    /** Stim samples the measurements of such a circuit, too. */
    @Test
    void samplesOfMeasurementsDoNotLookAtDetectors() throws IOException {
        assertThat(run("M 0\nDETECTOR rec[-5]\n", "stim", "sample --in FILE").out())
                .isEqualTo("0\n");
    }

    @ParameterizedTest
    @CsvSource({
        "analyze_errors --in FILE",
        "explain_errors --in FILE",
        "diagram --type matchgraph-svg --in FILE",
        "diagram --type timeline-text --in FILE",
        "diagram --type detslice-text --tick 1 --in FILE",
        "m2d --circuit FILE --in NONE --in_format 01 --ran_without_feedback",
    })
    void branches(String command) throws IOException {
        assertPlace(
                "M 0\nREPEAT 2 {\n  IF rec[-1] {\n    X 0\n  }\n  M 0\n}\n", command, "3:3", "");
    }

    @ParameterizedTest
    @CsvSource({"analyze_errors --in FILE", "explain_errors --in FILE"})
    void qubitsThatLeave(String command) throws IOException {
        assertPlace(
                "M 0\nREPEAT 2 {\n  LEAKAGE_ERROR(0.1) 0\n}\n", command, "3:3", "LEAKAGE_ERROR");
    }

    @ParameterizedTest
    @CsvSource({"sample --in FILE", "detect --in FILE"})
    void qubitsThatLeaveAmongOtherGates(String command) throws IOException {
        assertPlace(
                "R_Z(0.1) 0\nREPEAT 2 {\n  LOSS_ERROR(0.1) 0\n M 0\n}\n",
                command,
                "3:3",
                "LOSS_ERROR");
    }

    /** Equal neighbours are one operation; the line is that of the first. */
    @Test
    void fusedOperationsAreFoundByTheirFirstLine() throws IOException {
        assertPlace("H 0\nT 0\nT 1\nM 0\n", "analyze_errors --in FILE", "2:1", "T 0 1");
    }

    @Test
    void loopsThatDoNotRepeatThemselves() throws IOException {
        String text = "X 0 2\nREPEAT 1000000000000 {\n  IF rec[-1] {\n  H 1\n  }\n}\nM 0\n";
        assertPlace("M 0\n" + text, "sample --in FILE", "3:1", "17179869184");
        assertPlace(
                "H 0\nREPEAT 9000000000 {\n  REPEAT 9000000000 {\n H 0\n}\n}\n",
                "sample --in FILE",
                "2:1",
                "2^63");
    }

    @Test
    void openQasmIsReadFromFilesAndStandardInput() throws IOException {
        String text =
                """
                OPENQASM 3;
                include "stdgates.inc";
                qubit[2] q;
                bit c;
                for int i in [0:2] {
                  x q[0];
                  rx(0.3) q[1];
                }
                c = measure q[0];
                """;
        Command file = run(text, "qasm", "analyze_errors --in FILE");
        assertThat(file.err()).startsWith(folder.resolve("c.qasm") + ":7:3: RX(0.3) 1");
        Command stdin = Command.run(text.getBytes(StandardCharsets.UTF_8), "analyze_errors");
        assertThat(stdin.err()).startsWith("stdin:7:3: RX(0.3) 1");
        Command stim = Command.run(GATE.getBytes(StandardCharsets.UTF_8), "analyze_errors");
        assertThat(stim.err()).startsWith("stdin:5:5: T 0");
    }
}
