package org.jaket.circuit.pass;

import org.jaket.circuit.Barrier;
import org.jaket.circuit.BlockBuilder;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Detector;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.ObservableInclude;
import org.jaket.circuit.Operation;
import org.jaket.circuit.QubitRegister;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.expression.ClassicalRegister;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Takes the measurements at the end of a circuit away, or adds them. */
public final class FinalMeasurements {
    private FinalMeasurements() {}

    /**
     * The circuit without measurements that nothing follows on their qubits and whose results
     * nothing reads, and without detectors and observables: what it prepares before it is read out.
     */
    public static Circuit removed(Circuit circuit) {
        if (circuit.body().readsClassical()) {
            return circuit;
        }
        var touched = new BitSet();
        List<Operation> kept = new ArrayList<>();
        for (Operation operation : circuit.operations().reversed()) {
            boolean measures =
                    operation instanceof Measurement m
                            && m.kind() != MeasurementKind.MPAD
                            && !m.kind().resets();
            boolean last =
                    measures
                            && operation.targets().stream()
                                    .filter(Target::touchesQubit)
                                    .noneMatch(t -> touched.get(Target.value(t)));
            if (last || operation instanceof Detector || operation instanceof ObservableInclude) {
                continue;
            }
            kept.add(operation);
            if (!(operation instanceof Barrier)) {
                touch(operation, touched);
            }
        }
        var body = new BlockBuilder();
        kept.reversed().forEach(body::append);
        return circuit.withBody(body.build());
    }

    private static void touch(Operation operation, BitSet touched) {
        operation.targets().stream()
                .filter(Target::touchesQubit)
                .forEach(t -> touched.set(Target.value(t)));
        operation.blocks().forEach(block -> block.operations().forEach(o -> touch(o, touched)));
    }

    /**
     * The circuit with every qubit measured at the end, qubit k into bit k of a new register {@code
     * meas}.
     */
    public static Circuit added(Circuit circuit) {
        String name = "meas";
        while (isTaken(circuit, name)) {
            name += "_";
        }
        List<ClassicalRegister> registers = new ArrayList<>(circuit.classicalRegisters());
        int first = circuit.bits();
        registers.add(new ClassicalRegister(name, null, first, circuit.qubits()));
        var body = new BlockBuilder().append(circuit.body());
        body.append(
                new Measurement(
                        MeasurementKind.M,
                        0,
                        Targets.range(0, circuit.qubits()),
                        Targets.range(first, first + circuit.qubits()),
                        ""));
        return Circuit.of(circuit.qubitRegisters(), registers, body.build());
    }

    private static boolean isTaken(Circuit circuit, String name) {
        return circuit.qubitRegisters().stream().map(QubitRegister::name).anyMatch(name::equals)
                || circuit.classicalRegisters().stream()
                        .map(ClassicalRegister::name)
                        .anyMatch(name::equals);
    }
}
