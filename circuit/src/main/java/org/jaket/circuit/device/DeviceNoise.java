package org.jaket.circuit.device;

import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Targets;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.noise.KrausChannel;
import org.jaket.circuit.noise.NoiseModel;
import org.jaket.circuit.noise.NoiseModelBuilder;
import org.jaket.circuit.noise.StandardChannels;
import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The noise model that a device's calibration suggests, as Qiskit Aer's {@code
 * NoiseModel.from_backend} builds it: after each gate depolarisation and then thermal relaxation
 * for its duration, together with the average infidelity that was measured; readout errors.
 *
 * <p>Relaxation alone has the average fidelity F<sub>r</sub>. Depolarisation with parameter p in
 * front of it gives F = (1 - p) F<sub>r</sub> + p / d with d = 2<sup>n</sup>, so an infidelity e
 * needs p = d (e - 1 + F<sub>r</sub>) / (d F<sub>r</sub> - 1). Where relaxation alone is worse than
 * e there is none. An error above d / (d + 1), which calibrations use for broken gates, is taken as
 * that: it is the largest that a depolarising channel can have.
 */
public final class DeviceNoise {
    private DeviceNoise() {}

    /** The noise of a device at zero temperature. */
    public static NoiseModel of(Device device) {
        return of(device, 0);
    }

    /**
     * The noise of a device.
     *
     * @param temperature in kelvin, for the population of |1> in equilibrium
     */
    public static NoiseModel of(Device device, double temperature) {
        NoiseModelBuilder rules = NoiseModel.builder();
        for (int q = 0; q < device.qubits().size(); q++) {
            QubitProperties qubit = device.qubits().get(q);
            rules.readout(q, qubit.readout().falseOne(), qubit.readout().falseZero());
            if (Double.isFinite(qubit.physicalT2())) {
                rules.idle(q, qubit.t1(), qubit.physicalT2(), qubit.excitedPopulation(temperature));
            }
        }
        for (GateProperties gate : device.gates()) {
            int[] qubits = gate.qubits().stream().mapToInt(q -> q).toArray();
            if (gate.name().equals("reset") && qubits.length == 1) {
                KrausChannel decay = relaxation(device, gate, temperature);
                if (decay != null) {
                    rules.afterReset(qubits[0], decay);
                }
                continue;
            }
            StandardGate standard = Device.standardGate(gate.name());
            if (standard == null || standard.qubits() != qubits.length) {
                // Measurements and gates that circuits have no name for.
                continue;
            }
            KrausChannel relaxation = relaxation(device, gate, temperature);
            KrausChannel depolarization = depolarization(gate, relaxation);
            if (depolarization != null) {
                rules.after(standard, qubits, depolarization);
            }
            if (relaxation != null) {
                rules.after(standard, qubits, relaxation);
            }
        }
        return rules.build();
    }

    /**
     * The gates of a circuit that a device does not have, such as {@code H on 0}: they get no
     * noise. Each once, in the order in which they come.
     */
    public static List<String> gatesWithout(Device device, Circuit circuit) {
        Set<String> known = new HashSet<>();
        for (GateProperties gate : device.gates()) {
            StandardGate standard = Device.standardGate(gate.name());
            if (standard != null) {
                known.add(described(standard, gate.qubits()));
            }
        }
        Set<String> missing = new LinkedHashSet<>();
        collect(circuit.body(), known, missing);
        return List.copyOf(missing);
    }

    private static void collect(Block block, Set<String> known, Set<String> missing) {
        for (Operation operation : block.operations()) {
            if (operation instanceof GateOperation g && g.gate().qubits() > 0) {
                int arity = g.gate().qubits();
                for (int k = 0; k < g.targets().size(); k += arity) {
                    Targets group = g.targets().slice(k, k + arity);
                    String text = described(g.gate(), group.stream().boxed().toList());
                    if (!group.hasClassical() && !known.contains(text)) {
                        missing.add(text);
                    }
                }
            }
            operation.blocks().forEach(inner -> collect(inner, known, missing));
        }
    }

    private static String described(Gate gate, List<Integer> qubits) {
        return gate.label()
                + " on "
                + qubits.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    /** Relaxation of a gate's qubits for its duration; null where there is none. */
    private static @Nullable KrausChannel relaxation(
            Device device, GateProperties gate, double temperature) {
        if (!(gate.length() > 0)) {
            return null;
        }
        KrausChannel all = null;
        boolean relaxes = false;
        for (int q : gate.qubits()) {
            QubitProperties qubit = device.qubits().get(q);
            KrausChannel one =
                    StandardChannels.thermalRelaxation(
                            qubit.t1(),
                            qubit.physicalT2(),
                            gate.length(),
                            qubit.excitedPopulation(temperature));
            relaxes |= Double.isFinite(qubit.physicalT2());
            all = all == null ? one : all.below(one);
        }
        return relaxes ? all : null;
    }

    private static @Nullable KrausChannel depolarization(
            GateProperties gate, @Nullable KrausChannel relaxation) {
        double fidelity = relaxation == null ? 1 : relaxation.averageFidelity();
        int n = gate.qubits().size();
        double d = 1 << n;
        double error = Math.min(gate.error(), d / (d + 1));
        if (!(error > 1 - fidelity)) {
            return null;
        }
        double p = d * (error - 1 + fidelity) / (d * fidelity - 1);
        return StandardChannels.depolarizing(n, Math.min(p, d * d / (d * d - 1)));
    }
}
