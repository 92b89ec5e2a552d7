package org.jaket.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code run --noise} and {@code run --engine densitymatrix}. */
class NoiseCommandTest {
    private static final String CONF = "../examples/devices/conf_pair.json";
    private static final String PROPS = "../examples/devices/props_pair.json";
    private static final String NOISE = CONF + "," + PROPS;
    private static final String NATIVE = "../examples/circuits/bell_native.qasm";

    @TempDir private Path folder;

    @Test
    void theDensityMatrixAndTheBranchesOfAStateVectorAgree() {
        JsonNode matrix =
                Command.run("run", NATIVE, "--noise", NOISE, "--probabilities", "--json")
                        .json()
                        .get("probabilities");
        JsonNode branches =
                Command.run(
                                "run",
                                NATIVE,
                                "--noise",
                                NOISE,
                                "--probabilities",
                                "--json",
                                "--engine",
                                "statevector")
                        .json()
                        .get("probabilities");
        assertThat(matrix.size()).isEqualTo(4);
        double sum = 0;
        for (String bits : new String[] {"00", "01", "10", "11"}) {
            double p = matrix.get(bits).doubleValue();
            assertThat(p).as(bits).isCloseTo(branches.get(bits).doubleValue(), within(1e-12));
            sum += p;
        }
        assertThat(sum).isCloseTo(1, within(1e-12));
        // Readout alone: 01 comes from 00 by P(1|0) = 0.01 of qubit 0 and from 11 by 0.02 of qubit
        // 1; gates add at most about half a per cent.
        assertThat(matrix.get("01").doubleValue()).isBetween(0.5 * 0.03 - 0.001, 0.5 * 0.03 + 0.01);
    }

    // 20,000 shots: five standard deviations of a share near 1/2 are 0.018.
    @Test
    void shotsFollowTheSameDistribution() {
        double exact =
                Command.run("run", NATIVE, "--noise", NOISE, "--probabilities", "--json")
                        .json()
                        .get("probabilities")
                        .get("00")
                        .doubleValue();
        for (String engine : new String[] {"auto", "statevector", "densitymatrix"}) {
            JsonNode json =
                    Command.run(
                                    "run",
                                    NATIVE,
                                    "--noise",
                                    NOISE,
                                    "--engine",
                                    engine,
                                    "--shots",
                                    "20000",
                                    "--seed",
                                    "3",
                                    "--json")
                            .json();
            assertThat(json.get("counts").get("00").doubleValue() / 20000)
                    .as(engine)
                    .isCloseTo(exact, within(0.018));
        }
    }

    @Test
    void theStabilizerEngineRefusesWhatItCannotSay() {
        Command refused = Command.run("run", NATIVE, "--noise", NOISE, "--engine", "stabilizer");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("Maybe use the state vector or density matrix engine");
    }

    @Test
    void gatesThatTheDeviceDoesNotHaveAreNamed() {
        Command run = Command.run("run", "../examples/circuits/bell.qasm", "--noise", NOISE);
        assertThat(run.exit()).isZero();
        assertThat(run.err()).contains("pair has the gates cx, id, rz, sx, x").contains("H on 0");
    }

    @Test
    void wrongFilesAndQuestionsAreRefused() throws IOException {
        String bad =
                Files.writeString(
                                folder.resolve("props.json"),
                                Files.readString(Path.of(PROPS)).replace("100.0", "-100"))
                        .toString();
        Command negative = Command.run("run", NATIVE, "--noise", CONF + "," + bad);
        assertThat(negative.exit()).isEqualTo(1);
        assertThat(negative.err()).contains(bad + ": qubits[0][0] (T1): is ").contains("positive");
        assertThat(negative.out()).isEmpty();
        Command one = Command.run("run", NATIVE, "--noise", CONF);
        assertThat(one.exit()).isEqualTo(1);
        assertThat(one.err()).contains("takes two files");
        Command missing = Command.run("run", NATIVE, "--noise", CONF + ",nowhere.json");
        assertThat(missing.exit()).isEqualTo(1);
        assertThat(missing.err()).contains("nowhere.json");
        Command amplitudes = Command.run("run", NATIVE, "--noise", NOISE, "--amplitudes", "0");
        assertThat(amplitudes.exit()).isNotZero();
        assertThat(amplitudes.err()).contains("pure state");
        Command large = Command.run("run", "../examples/circuits/teleport.qasm", "--noise", NOISE);
        assertThat(large.exit()).isEqualTo(1);
        assertThat(large.err()).contains("3 qubits, pair has 2");
    }
}
