package org.jaket.hardware.ibm;

import org.jaket.circuit.device.Device;
import org.jaket.circuit.device.GateProperties;
import org.jaket.circuit.device.QubitProperties;
import org.jaket.circuit.noise.ReadoutError;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the two JSON files that describe an IBM device: its configuration (qubits, coupling, basis
 * gates) and its properties (relaxation times, errors and lengths from calibration).
 */
public final class IbmDevice {
    private static final int MAX_QUBITS = 100_000;

    private static final Map<String, Double> SECONDS =
            new TreeMap<>(Map.of("s", 1.0, "ms", 1e-3, "us", 1e-6, "\u00b5s", 1e-6, "ns", 1e-9));
    private static final Map<String, Double> HERTZ =
            new TreeMap<>(Map.of("Hz", 1.0, "kHz", 1e3, "MHz", 1e6, "GHz", 1e9));
    private static final Map<String, Double> NUMBER = Map.of("", 1.0);

    private IbmDevice() {}

    /**
     * Reads a device from its files.
     *
     * @throws DeviceFormatException naming file and field
     * @throws IOException if a file cannot be read
     */
    public static Device read(Path configuration, Path properties) throws IOException {
        return parse(
                configuration.toString(),
                bytes(configuration),
                properties.toString(),
                bytes(properties));
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(JsonField.MAX_BYTES + 1);
        }
    }

    /**
     * Reads a device from the content of its files.
     *
     * @param configurationName what messages call the configuration
     * @param propertiesName what messages call the properties
     * @throws DeviceFormatException naming file and field
     */
    public static Device parse(
            String configurationName,
            byte[] configuration,
            String propertiesName,
            byte[] properties) {
        JsonField conf = JsonField.parse(configurationName, configuration);
        JsonField props = JsonField.parse(propertiesName, properties);
        String name = conf.get("backend_name").text();
        int qubits = conf.get("n_qubits").integer(1, MAX_QUBITS);
        return new Device(
                name,
                conf.get("basis_gates").elements().stream().map(JsonField::text).toList(),
                coupling(conf.find("coupling_map"), qubits),
                qubits(props.get("qubits"), qubits),
                gates(props.get("gates"), qubits));
    }

    private static List<Device.Edge> coupling(@Nullable JsonField map, int qubits) {
        List<Device.Edge> edges = new ArrayList<>();
        if (map != null) {
            for (JsonField pair : map.elements()) {
                int[] q = distinct(pair, qubits);
                if (q.length != 2) {
                    throw pair.error("should be a pair of qubits");
                }
                edges.add(new Device.Edge(q[0], q[1]));
            }
        }
        return edges;
    }

    private static int[] distinct(JsonField list, int qubits) {
        int[] indices = list.elements().stream().mapToInt(q -> q.integer(0, qubits - 1)).toArray();
        for (int k = 0; k < indices.length; k++) {
            for (int j = 0; j < k; j++) {
                if (indices[j] == indices[k]) {
                    throw list.error("qubit " + indices[k] + " appears twice");
                }
            }
        }
        return indices;
    }

    private static List<QubitProperties> qubits(JsonField list, int qubits) {
        List<JsonField> elements = list.elements();
        if (elements.size() != qubits) {
            throw list.error(
                    "has " + elements.size() + " entries, the configuration " + qubits + " qubits");
        }
        List<QubitProperties> all = new ArrayList<>();
        for (JsonField element : elements) {
            Map<String, JsonField> p = byName(element);
            all.add(
                    new QubitProperties(
                            positive(p.get("T1"), Double.POSITIVE_INFINITY),
                            positive(p.get("T2"), Double.POSITIVE_INFINITY),
                            notNegative(p.get("frequency"), HERTZ),
                            readout(p),
                            notNegative(p.get("readout_length"), SECONDS)));
        }
        return all;
    }

    /** Both probabilities where they were measured, otherwise their mean. */
    private static ReadoutError readout(Map<String, JsonField> p) {
        double mean = probability(p.get("readout_error"), 0);
        return new ReadoutError(
                probability(p.get("prob_meas1_prep0"), mean),
                probability(p.get("prob_meas0_prep1"), mean));
    }

    private static List<GateProperties> gates(JsonField list, int qubits) {
        List<GateProperties> all = new ArrayList<>();
        for (JsonField gate : list.elements()) {
            String name = gate.get("gate").text();
            int[] targets = distinct(gate.get("qubits"), qubits);
            JsonField parameters = gate.find("parameters");
            Map<String, JsonField> p = parameters == null ? Map.of() : byName(parameters);
            all.add(
                    new GateProperties(
                            name,
                            java.util.Arrays.stream(targets).boxed().toList(),
                            probability(p.get("gate_error"), Double.NaN),
                            notNegative(p.get("gate_length"), SECONDS)));
        }
        return all;
    }

    private static Map<String, JsonField> byName(JsonField list) {
        Map<String, JsonField> byName = new HashMap<>();
        for (JsonField parameter : list.elements()) {
            String name = parameter.get("name").text();
            if (byName.put(name, parameter.named(name)) != null) {
                throw parameter.error(name + " appears twice");
            }
        }
        return byName;
    }

    private static double positive(@Nullable JsonField p, double missing) {
        if (p == null) {
            return missing;
        }
        double value = p.value(SECONDS);
        if (!(value > 0)) {
            throw p.error("is " + value + " s, not positive");
        }
        return value;
    }

    private static double notNegative(@Nullable JsonField p, Map<String, Double> units) {
        if (p == null) {
            return Double.NaN;
        }
        double value = p.value(units);
        if (!(value >= 0)) {
            throw p.error("is " + value + ", negative");
        }
        return value;
    }

    private static double probability(@Nullable JsonField p, double missing) {
        if (p == null) {
            return missing;
        }
        double value = p.value(NUMBER);
        if (!(value >= 0 && value <= 1)) {
            throw p.error("is " + value + ", not a probability from 0 to 1");
        }
        return value;
    }
}
