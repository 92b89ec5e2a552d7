package org.jaket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class SampleDemTest {
    private static final String MODEL = "error(0) D0\nerror(0.5) D1 L0\nerror(1) D2 D3\n";

    @TempDir private Path folder;

    private static Command run(String model, String... args) {
        return Command.run(model.getBytes(StandardCharsets.UTF_8), args);
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file);
    }

    /** The observable comes with D1; the first error never happens, the last always. */
    @Test
    void detectorsObservablesAndErrorsGoToTheirFiles() throws IOException {
        Path observables = folder.resolve("obs.01");
        Path errors = folder.resolve("err.01");
        Command run =
                run(
                        MODEL,
                        "sample_dem",
                        "--shots",
                        "200",
                        "--seed",
                        "5",
                        "--obs_out",
                        observables.toString(),
                        "--err_out",
                        errors.toString());
        assertThat(run.exit()).as(run.err()).isZero();
        List<String> shots = run.out().lines().toList();
        assertThat(shots).hasSize(200).containsOnly("0111", "0011").contains("0111", "0011");
        for (int s = 0; s < 200; s++) {
            String flip = shots.get(s).substring(1, 2);
            assertThat(lines(observables).get(s)).isEqualTo(flip);
            assertThat(lines(errors).get(s)).isEqualTo("0" + flip + "1");
        }
    }

    @Test
    void errorsAreReplayed() throws IOException {
        Path errors = folder.resolve("err.hits");
        Files.writeString(errors, "0\n1,2\n\n");
        Path again = folder.resolve("again.01");
        Command run =
                run(
                        MODEL,
                        "sample_dem",
                        "--shots=3",
                        "--out_format=dets",
                        "--replay_err_in",
                        errors.toString(),
                        "--replay_err_in_format",
                        "hits",
                        "--err_out",
                        again.toString());
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("shot D0\nshot D1 D2 D3\nshot\n");
        assertThat(lines(again)).containsExactly("100", "011", "000");
    }

    @Test
    void theSameSeedGivesTheSameShotsWithAndWithoutErrors() {
        String[] plain = {"sample_dem", "--shots", "300", "--seed", "1"};
        String[] told = {
            "sample_dem", "--shots", "300", "--seed", "1", "--err_out", folder + "/err.01"
        };
        assertThat(run(MODEL, plain).out()).isEqualTo(run(MODEL, told).out());
    }

    @Test
    void timesGoToStandardError() {
        Command run = run(MODEL, "sample_dem", "--shots", "10", "--time");
        assertThat(Command.read(run.err()).get("time").propertyNames())
                .containsExactly("parse_s", "prepare_s", "sample_s", "write_s");
        assertThat(run.out().lines()).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"error(2) D0", "error(0.1) Q0", "repeat 2 {", "X 0"})
    void wrongModelsGiveOneErrorAndNoOutput(String model) {
        Command run = run(model, "sample_dem", "--shots", "10");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.bytes()).isEmpty();
        assertThat(run.err()).contains("stdin:1");
    }

    @Test
    void aReplayThatEndsTooEarlySaysSo() throws IOException {
        Path errors = folder.resolve("err.01");
        Files.writeString(errors, "000\n");
        Command run =
                run(MODEL, "sample_dem", "--shots", "2", "--replay_err_in", errors.toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("1 shots before the 2");
    }
}
