package org.jaket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.jaket.circuit.Circuit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Every command that reads a circuit takes OpenQASM, told apart by what is in the text. */
class OpenQasmInputTest {
    /** Registers are not declared in the order in which they are measured. */
    private static final String QASM2 =
            """
            // A repetition code.
            /* one round */ OPENQASM 2.0;
            include "qelib1.inc";
            qreg d[3];
            qreg a[2];
            creg s[2];
            creg f[3];
            x d[2];
            cx d[0],a[0]; cx d[1],a[0]; cx d[1],a[1]; cx d[2],a[1];
            measure a[1]->s[0];
            measure a[0]->s[1];
            reset a;
            measure d->f;
            """;

    private static final String QASM3 =
            """
            qubit[3] d;
            qubit[2] a;
            bit[2] s;
            include "stdgates.inc";
            x d[2];
            cx d[0], a[0]; cx d[1], a[0]; cx d[1], a[1]; cx d[2], a[1];
            s[0] = measure a[1];
            s[1] = measure a[0];
            reset a;
            bit[3] f = measure d;
            """;

    /** The same in Stim's language: results stand in the order of the measurements. */
    private static final String STIM = "X 2\nCX 0 3 1 3 1 4 2 4\nM 4 3\nR 3 4\nM 0 1 2\n";

    @TempDir private Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static final List<String> COMMANDS =
            List.of(
                    "sample --shots 3 --in FILE",
                    "sample --shots 2 --postselect M0 --in FILE",
                    "detect --shots 2 --in FILE",
                    "analyze_errors --in FILE",
                    "explain_errors --in FILE",
                    "diagram --type timeline-text --in FILE",
                    "diagram --type timeline-svg --in FILE",
                    "diagram --type timeslice-svg --tick 0 --in FILE",
                    "diagram --type detslice-text --tick 0 --in FILE",
                    "diagram --type detslice-with-ops-svg --tick 0 --in FILE",
                    "diagram --type matchgraph-svg --in FILE",
                    "diagram --type interactive-html --in FILE",
                    "m2d --in RECORDS --in_format 01 --circuit FILE",
                    "convert FILE --to stim",
                    "convert --in RECORDS --in_format 01 --out_format dets --types M --circuit FILE");

    /** Files whose names say nothing: what is in them counts. */
    @Test
    void everyCommandDoesTheSameAsWithStimText() throws IOException {
        String records = file("records", "10001\n01011\n");
        String stim = file("circuit.stim", STIM);
        for (String text : List.of(QASM2, QASM3)) {
            for (String name : List.of("circuit.txt", "circuit.qasm", "circuit")) {
                String qasm = file(name, text);
                for (String command : COMMANDS) {
                    String line = command.replace("RECORDS", records);
                    Command expected = Command.run(line.replace("FILE", stim).split(" "));
                    assertThat(expected.exit()).as(line + expected.err()).isZero();
                    Command run = Command.run(line.replace("FILE", qasm).split(" "));
                    assertThat(run.err()).as(line).isEqualTo(expected.err());
                    assertThat(run.out()).as(line).isEqualTo(expected.out());
                }
            }
        }
    }

    @Test
    void standardInputIsLookedAtToo() {
        byte[] text = QASM3.getBytes(StandardCharsets.UTF_8);
        assertThat(Command.run(text, "sample", "--shots", "2").out()).isEqualTo("10001\n10001\n");
    }

    @ParameterizedTest
    @CsvSource({
        "sample --in FILE,circuit.txt:3:",
        "detect --in FILE,circuit.txt:3:",
        "analyze_errors --in FILE,circuit.txt:3:",
        "explain_errors --in FILE,circuit.txt:3:",
        "diagram --type timeline-text --in FILE,circuit.txt:3:",
        "m2d --in_format 01 --circuit FILE,circuit.txt:3:",
        "convert FILE --to stim,circuit.txt:3:",
        "draw FILE,circuit.txt:3:",
        "sample,stdin:3:",
    })
    void errorsNameTheText(String command, String place) throws IOException {
        String wrong = "OPENQASM 3;\nqubit[2] q;\nthis is nothing;\n";
        String file = file("circuit.txt", wrong);
        Command run =
                Command.run(
                        wrong.getBytes(StandardCharsets.UTF_8),
                        command.replace("FILE", file).split(" "));
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(place);
    }

    /** Stim texts in which words of OpenQASM stand where none starts a line. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "# qubit[3] q;\nM 0\n",
                "M[qreg q] 0\n",
                "# OPENQASM 3;\nX[bit] 0\n  M 0 # include \"a\"\n"
            })
    void stimTextsAreNotMistaken(String text) throws IOException {
        Command run = Command.run("convert", file("c.txt", text), "--to", "stim");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo(Circuit.stim(text).toStim());
    }
}
