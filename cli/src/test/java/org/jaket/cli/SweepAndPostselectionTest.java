package org.jaket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sweep bits and postselection of the sampling commands. */
class SweepAndPostselectionTest {
    private static final String CODE =
            """
            CX sweep[0] 0 sweep[1] 2
            CX 0 1 2 1
            M 1
            DETECTOR(3, 0) rec[-1]
            M 0
            DETECTOR(3, 1) rec[-1]
            OBSERVABLE_INCLUDE(0) rec[-1]
            """;

    @TempDir private Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void eachShotHasItsSweepBits() throws IOException {
        String circuit = file("c.stim", CODE);
        String bits = file("bits.01", "00\n10\n01\n11\n");
        Command sample = Command.run("sample", "--in", circuit, "--shots", "4", "--sweep", bits);
        assertThat(sample.err()).isEmpty();
        assertThat(sample.out()).isEqualTo("00\n11\n10\n01\n");
        Command detect =
                Command.run(
                        new byte[] {2, 3},
                        ("detect --in %s --shots 2 --sweep - --sweep_format b8"
                                        + " --append_observables")
                                .formatted(circuit)
                                .split(" "));
        assertThat(detect.out()).isEqualTo("100\n011\n");
        // What m2d expects of records with the same bits is what they are.
        String records = file("r.01", sample.out());
        assertThat(
                        Command.run(
                                        "m2d",
                                        "--circuit",
                                        circuit,
                                        "--in",
                                        records,
                                        "--in_format",
                                        "01",
                                        "--sweep",
                                        bits)
                                .out())
                .isEqualTo("00\n00\n00\n00\n");
    }

    @Test
    void tooFewRecordsAreAnErrorUnlessTheyAreRepeated() throws IOException {
        String circuit = file("c.stim", CODE);
        String bits = file("bits.01", "10\n01\n");
        String[] five = {"sample", "--in", circuit, "--shots", "5", "--sweep", bits};
        Command wrong = Command.run(five);
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err()).contains("2 records").contains("shot 2");
        String[] repeated = java.util.Arrays.copyOf(five, 8);
        repeated[7] = "--sweep_repeat";
        assertThat(Command.run(repeated).out()).isEqualTo("11\n10\n11\n10\n11\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"D0", "L0"})
    void discardedShotsAreCounted(String names) throws IOException {
        String circuit = file("c.stim", CODE);
        String bits = file("bits.01", "00\n10\n01\n11\n");
        Command run =
                Command.run(
                        "detect",
                        "--in",
                        circuit,
                        "--shots",
                        "4",
                        "--sweep",
                        bits,
                        "--postselect",
                        names,
                        "--time");
        assertThat(run.exit()).isZero();
        // Detectors are x0+x2 and x0 of the four shots: 00, 11, 10, 01.
        assertThat(run.out()).isEqualTo(names.equals("D0") ? "00\n01\n" : "00\n10\n");
        assertThat(run.err()).contains("2 of 4 shots kept, 2 discarded");
        String json = run.err().substring(run.err().indexOf('{'));
        assertThat(Command.read(json).get("shots").get("attempted").asInt()).isEqualTo(4);
        assertThat(Command.read(json).get("shots").get("kept").asInt()).isEqualTo(2);
        assertThat(Command.read(json).get("shots").get("discarded").asInt()).isEqualTo(2);
    }

    @Test
    void detectorsAreChosenByCoordinatesAndResultsByNumber() throws IOException {
        String circuit = file("c.stim", CODE);
        String bits = file("bits.01", "00\n10\n01\n11\n");
        String[] detect = {
            "detect", "--in", circuit, "--shots", "4", "--sweep", bits, "--postselect_coords", "*,1"
        };
        assertThat(Command.run(detect).out()).isEqualTo("00\n10\n");
        String[] sample = {
            "sample", "--in", circuit, "--shots", "4", "--sweep", bits, "--postselect", "!M1"
        };
        assertThat(Command.run(sample).out()).isEqualTo("11\n01\n");
    }

    @ParameterizedTest
    @CsvSource({
        "--postselect D7,number 7 of detectors",
        "--postselect what,is not a detector",
        "--postselect_coords 4,no detector has such coordinates",
        "--postselect_coords 4;5,is not a number",
        "--postselect D0 --out_format ptb64,64 shots at a time",
        "--sweep_repeat,needs --sweep",
        "--sweep_repeat --sweep -,cannot be read twice",
        "--sweep none.01,No such file",
        "--sweep c.stim,01 data",
    })
    void wrongOptionsEndInOneLine(String options, String told) throws IOException {
        String circuit = file("c.stim", CODE);
        String line =
                "detect --in %s --shots 64 %s"
                        .formatted(
                                circuit, options.replace("--sweep c.stim", "--sweep " + circuit));
        Command run = Command.run(line.split(" "));
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(told).hasLineCount(1);
    }
}
