package org.jaket.hardware.ibm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jaket.circuit.ChannelOperation;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.Operation;
import org.jaket.circuit.device.Device;
import org.jaket.circuit.device.DeviceNoise;
import org.jaket.circuit.device.GateProperties;
import org.jaket.circuit.device.QubitProperties;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.noise.KrausChannel;
import org.jaket.circuit.noise.NoiseModel;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

class IbmDeviceTest {
    private static String resource(String name) {
        try (InputStream in = IbmDeviceTest.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static final String CONF = resource("conf_pair.json");
    private static final String PROPS = resource("props_pair.json");

    private static Device parse(String conf, String props) {
        return IbmDevice.parse(
                "conf.json",
                conf.getBytes(StandardCharsets.UTF_8),
                "props.json",
                props.getBytes(StandardCharsets.UTF_8));
    }

    /** All channels behind a gate on some qubits, as one. */
    private static KrausChannel noiseOf(Device device, StandardGate gate, int... qubits) {
        Circuit circuit =
                Circuit.of(device.qubits().size(), c -> c.gate(gate, qubits))
                        .with(DeviceNoise.of(device));
        KrausChannel all = null;
        for (Operation operation : circuit.operations()) {
            if (operation instanceof ChannelOperation c) {
                all = all == null ? c.channel() : all.then(c.channel());
            }
        }
        return Objects.requireNonNull(all);
    }

    @Test
    void numbersAreReadInTheirUnits() {
        Device device = parse(CONF, PROPS);
        assertThat(device.name()).isEqualTo("pair");
        assertThat(device.basisGates()).containsExactly("cx", "id", "rz", "sx", "x");
        assertThat(device.coupling()).containsExactly(new Device.Edge(0, 1), new Device.Edge(1, 0));
        QubitProperties first = device.qubits().getFirst();
        assertThat(first.t1()).isCloseTo(1e-4, within(1e-18));
        assertThat(first.t2()).isCloseTo(8e-5, within(1e-18));
        assertThat(first.frequency()).isEqualTo(5e9);
        assertThat(first.readout().falseOne()).isEqualTo(0.01);
        assertThat(first.readout().falseZero()).isEqualTo(0.05);
        assertThat(first.readoutLength()).isCloseTo(5e-6, within(1e-18));
        QubitProperties second = device.qubits().get(1);
        assertThat(second.readout().falseOne()).isEqualTo(0.02);
        assertThat(second.readout().falseZero()).isEqualTo(0.02);
        assertThat(second.physicalT2()).isCloseTo(1e-4, within(1e-18));
        GateProperties cx = Objects.requireNonNull(device.gate("cx", 0, 1));
        assertThat(cx.error()).isEqualTo(0.01);
        assertThat(cx.length()).isCloseTo(3e-7, within(1e-18));
        assertThat(device.gate("cx", 1, 0)).isNull();
    }

    // exp(h f / k T) for 5 GHz at 0.1 K: h f / k = 0.23996 K.
    @Test
    void theExcitedPopulationIsBoltzmanns() {
        QubitProperties qubit = parse(CONF, PROPS).qubits().getFirst();
        assertThat(qubit.excitedPopulation(0.1))
                .isCloseTo(1 / (1 + Math.exp(2.3996215)), within(1e-6));
        assertThat(qubit.excitedPopulation(0)).isZero();
    }

    @Test
    void gateErrorsAreMetByDepolarisationAndRelaxationTogether() {
        Device device = parse(CONF, PROPS);
        assertThat(1 - noiseOf(device, StandardGate.SQRT_X, 0).averageFidelity())
                .isCloseTo(0.001, within(1e-12));
        assertThat(1 - noiseOf(device, StandardGate.CX, 0, 1).averageFidelity())
                .isCloseTo(0.01, within(1e-12));
        double e1 = Math.exp(-40e-9 / 50e-6);
        double e2 = Math.exp(-40e-9 / 100e-6);
        double relaxation = (3 + e1 + 2 * e2) / 6;
        // A broken gate: the largest depolarisation there is, 4/3, leaves 1/2 * 4/3 - F / 3.
        assertThat(noiseOf(device, StandardGate.X, 1).averageFidelity())
                .isCloseTo((2 - relaxation) / 3, within(1e-12));
        // Relaxation alone is worse than the reported error: nothing is added to it.
        assertThat(noiseOf(device, StandardGate.SQRT_X, 1).averageFidelity())
                .isCloseTo(relaxation, within(1e-12));
    }

    // Depolarisation first: p = d (e - 1 + F_r) / (d F_r - 1), as Qiskit Aer computes it.
    @Test
    void theDepolarisingParameterIsAers() {
        Device device = parse(CONF, PROPS);
        Circuit noisy =
                Circuit.of(2, c -> c.gate(StandardGate.SQRT_X, 0)).with(DeviceNoise.of(device));
        KrausChannel first = ((ChannelOperation) noisy.operations().get(1)).channel();
        double e1 = Math.exp(-40e-9 / 100e-6);
        double e2 = Math.exp(-40e-9 / 80e-6);
        double fidelity = (3 + e1 + 2 * e2) / 6;
        double p = 2 * (0.001 - 1 + fidelity) / (2 * fidelity - 1);
        assertThat(first.pauliTransfer().re(3, 3)).isCloseTo(1 - p, within(1e-12));
        assertThat(noisy.operations()).hasSize(3);
    }

    @Test
    void virtualGatesAreNoiselessAndResetsAndReadoutsAreNot() {
        NoiseModel model = DeviceNoise.of(parse(CONF, PROPS));
        Circuit noisy = Circuit.of(2, c -> c.rz(0.3, 0).reset(0).measureAll()).with(model);
        assertThat(noisy.operations()).hasSize(5);
        assertThat(noisy.operations().get(2)).isInstanceOf(ChannelOperation.class);
        assertThat(((Measurement) noisy.operations().get(3)).falseZero()).isEqualTo(0.05);
    }

    // ---- hostile files --------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"T1\", \"unit\": \"us\", \"value\": 100.0|\"T1\", \"unit\": \"us\", \"value\": -3|qubits[0][0] (T1): is -3",
                "\"T1\", \"unit\": \"us\", \"value\": 100.0|\"T1\", \"unit\": \"us\", \"value\": 0|qubits[0][0] (T1): is 0.0 s, not positive",
                "\"T1\", \"unit\": \"us\", \"value\": 100.0|\"T1\", \"unit\": \"us\", \"value\": NaN|line 5, column",
                "\"T1\", \"unit\": \"us\", \"value\": 100.0|\"T1\", \"unit\": \"us\", \"value\": \"NaN\"|qubits[0][0] (T1).value: should be a number",
                "\"T1\", \"unit\": \"us\", \"value\": 100.0|\"T1\", \"unit\": \"us\", \"value\": 1e400|qubits[0][0] (T1).value: is too large",
                "\"T1\", \"unit\": \"us\", \"value\": 100.0|\"T1\", \"unit\": \"parsec\", \"value\": 1|the unit 'parsec'",
                "\"T1\", \"unit\": \"us\", \"value\": 100.0|\"T1\", \"unit\": \"us\"|qubits[0][0] (T1).value: is missing",
                "\"value\": 0.03}|\"value\": 1.03}|qubits[0][3] (readout_error): is 1.03",
                "\"T2\", \"unit\": \"us\", \"value\": 80.0|\"T1\", \"unit\": \"us\", \"value\": 80.0|T1 appears twice",
                "\"cx\", \"qubits\": [0, 1]|\"cx\", \"qubits\": [0, 2]|gates[4].qubits[1]: is 2",
                "\"cx\", \"qubits\": [0, 1]|\"cx\", \"qubits\": [1, 1]|qubit 1 appears twice",
                "\"cx\", \"qubits\": [0, 1]|\"cx\", \"qubits\": 7|gates[4].qubits: should be an array",
                "\"gates\"|\"gate\"|gates: is missing",
                "\"value\": 0.01}|\"value\": 0.01|line",
            })
    void wrongPropertiesAreNamed(String from, String to, String message) {
        assertThat(PROPS).contains(from);
        assertThatThrownBy(() -> parse(CONF, PROPS.replace(from, to)))
                .isInstanceOf(DeviceFormatException.class)
                .hasMessageContaining("props.json: ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"n_qubits\": 2|\"n_qubits\": 3|props.json: qubits: has 2 entries",
                "\"n_qubits\": 2|\"n_qubits\": 1e99|n_qubits: should be a whole number",
                "\"n_qubits\": 2|\"n_qubits\": 99999999999999999999|n_qubits: should be a whole number",
                "\"n_qubits\": 2|\"n_qubits\": -1|n_qubits: is -1",
                "[[0, 1], [1, 0]]|[[0, 1, 1]]|coupling_map[0]: qubit 1 appears twice",
                "[[0, 1], [1, 0]]|[[0]]|coupling_map[0]: should be a pair",
                "[\"cx\", \"id\"|[3, \"id\"|basis_gates[0]: should be a text",
            })
    void wrongConfigurationsAreNamed(String from, String to, String message) {
        assertThat(CONF).contains(from);
        assertThatThrownBy(() -> parse(CONF.replace(from, to), PROPS))
                .isInstanceOf(DeviceFormatException.class)
                .hasMessageContaining("json: ")
                .hasMessageContaining(message);
    }

    @Test
    void deepNestingEndlessNumbersAndOtherTextsAreRefused() {
        String deep = "{\"qubits\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        String digits = PROPS.replace("100.0", "1".repeat(100_000));
        List<ThrowingCallable> all =
                List.of(
                        () -> parse(CONF, deep),
                        () -> parse(CONF, digits),
                        () -> parse(CONF, ""),
                        () -> parse(CONF, "[]"),
                        () -> parse(CONF, PROPS + "{}"),
                        () -> parse(CONF, "\u0000\u0001"),
                        () -> parse(CONF, "{\"qubits\": []"));
        for (ThrowingCallable hostile : all) {
            assertThatThrownBy(hostile)
                    .isInstanceOf(DeviceFormatException.class)
                    .hasMessageStartingWith("props.json: ")
                    .satisfies(
                            e ->
                                    assertThat(String.valueOf(e.getMessage()).length())
                                            .isLessThan(400));
        }
    }

    // ---- real devices ---------------------------------------------------------------------

    private static Device real(String name) throws IOException {
        Path folder =
                Stream.of("../shared", "../../shared")
                        .map(p -> Path.of(p, "conformance", "ibm-devices"))
                        .filter(Files::isDirectory)
                        .findFirst()
                        .orElse(Path.of("."));
        Path conf = folder.resolve("conf_" + name + ".json");
        Assumptions.assumeTrue(
                Files.exists(conf),
                "the device files are not here: ../shared/conformance/ibm-devices");
        return IbmDevice.read(conf, folder.resolve("props_" + name + ".json"));
    }

    /** Every gate's noise has the reported infidelity, or that of relaxation where it is worse. */
    @ParameterizedTest
    @ValueSource(strings = {"manila", "kingston"})
    void everyGateOfRealDevicesHasItsReportedError(String name) throws IOException {
        Device device = real(name);
        NoiseModel model = DeviceNoise.of(device);
        int met = 0;
        for (GateProperties gate : device.gates()) {
            StandardGate standard = Device.standardGate(gate.name());
            if (standard == null || !(gate.error() > 0) || gate.error() > 0.5) {
                continue;
            }
            int[] qubits = gate.qubits().stream().mapToInt(q -> q).toArray();
            List<Expression> angles =
                    Collections.nCopies(standard.parameters(), Expression.of(0.5));
            Circuit one =
                    Circuit.of(device.qubits().size(), c -> c.gate(standard, angles, qubits))
                            .with(model);
            KrausChannel all = null;
            for (Operation operation : one.operations()) {
                if (operation instanceof ChannelOperation c) {
                    all = all == null ? c.channel() : all.then(c.channel());
                }
            }
            double error = 1 - Objects.requireNonNull(all, gate.toString()).averageFidelity();
            if (Math.abs(error - gate.error()) < 1e-9) {
                met++;
            } else {
                assertThat(error).as(gate.toString()).isGreaterThan(gate.error());
            }
        }
        // Counted from the files with the product formula for the fidelity of relaxation.
        assertThat(met).isEqualTo(name.equals("manila") ? 15 : 1142);
    }

    @Test
    void manilaIsReadAsItsFilesSay() throws IOException {
        Device manila = real("manila");
        assertThat(manila.name()).isEqualTo("ibmq_manila");
        assertThat(manila.coupling()).hasSize(8);
        QubitProperties q = manila.qubits().getFirst();
        assertThat(q.t1()).isCloseTo(131.5286444531517e-6, within(1e-15));
        assertThat(q.readout().falseZero()).isEqualTo(0.05479999999999996);
        assertThat(q.readout().falseOne()).isEqualTo(0.0158);
    }

    // Qubit 146 of this file has no T1 and T2.
    @Test
    void kingstonHasAQubitWithoutCalibration() throws IOException {
        Device kingston = real("kingston");
        assertThat(kingston.qubits()).hasSize(156);
        assertThat(kingston.qubits().get(146).t1()).isInfinite();
        assertThat(DeviceNoise.of(kingston).readoutOf(146).falseOne()).isEqualTo(0.525634765625);
    }
}
