package org.jaket.cli;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.device.Device;
import org.jaket.circuit.device.DeviceNoise;
import org.jaket.circuit.device.Timing;
import org.jaket.hardware.ibm.IbmDevice;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** The option that puts the noise of a device on a circuit. */
final class NoiseOption {
    /** More gates than this are not listed one by one. */
    private static final int LISTED = 5;

    @Option(
            names = "--noise",
            paramLabel = "CONF,PROPS",
            split = ",",
            description =
                    "Put the noise of an IBM device on the circuit: the JSON files of its configuration and properties."
                            + " Qubits of the circuit are those of the device; gates that it does not have stay"
                            + " noiseless and are named.")
    private List<Path> files = List.of();

    boolean isGiven() {
        return !files.isEmpty();
    }

    /**
     * The circuit with the noise that was asked for, qubits that wait included.
     *
     * @param note takes what the user should know
     */
    Circuit on(Circuit circuit, Consumer<String> note) throws IOException {
        if (files.isEmpty()) {
            return circuit;
        }
        if (files.size() != 2) {
            throw new IllegalArgumentException(
                    "--noise takes two files, the configuration and the properties of a device: "
                            + "--noise conf.json,props.json");
        }
        Device device = IbmDevice.read(files.get(0), files.get(1));
        if (circuit.qubits() > device.qubits().size()) {
            throw new CircuitException(
                    "the circuit has "
                            + circuit.qubits()
                            + " qubits, "
                            + device.name()
                            + " has "
                            + device.qubits().size());
        }
        List<String> noiseless = DeviceNoise.gatesWithout(device, circuit);
        if (!noiseless.isEmpty()) {
            int rest = noiseless.size() - LISTED;
            note.accept(
                    device.name()
                            + " has the gates "
                            + String.join(", ", device.basisGates())
                            + "; these stay noiseless: "
                            + String.join(
                                    ", ", noiseless.subList(0, Math.min(LISTED, noiseless.size())))
                            + (rest > 0 ? " and " + rest + " more" : ""));
        }
        return Timing.withDelays(circuit, device).with(DeviceNoise.of(device));
    }
}
