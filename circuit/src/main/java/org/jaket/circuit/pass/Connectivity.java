package org.jaket.circuit.pass;

import org.jaket.circuit.Barrier;
import org.jaket.circuit.Block;
import org.jaket.circuit.ChannelOperation;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;

/** Which qubits a block connects, directly or by a chain of operations on several qubits. */
final class Connectivity {
    private final int[] parent;

    private Connectivity(int qubits) {
        parent = new int[qubits];
        for (int q = 0; q < qubits; q++) {
            parent[q] = q;
        }
    }

    /** For each qubit the representative of its component. */
    static int[] of(Block block, int qubits) {
        var connectivity = new Connectivity(qubits);
        connectivity.walk(block);
        int[] component = new int[qubits];
        for (int q = 0; q < qubits; q++) {
            component[q] = connectivity.root(q);
        }
        return component;
    }

    private int root(int q) {
        int r = q;
        while (parent[r] != r) {
            parent[r] = parent[parent[r]];
            r = parent[r];
        }
        return r;
    }

    private void walk(Block block) {
        for (Operation operation : block.operations()) {
            operation.blocks().forEach(this::walk);
            Targets targets = operation.targets();
            int size = groupSize(operation);
            for (int k = 0; size > 0 && k < targets.size(); k++) {
                connect(targets.get(k - k % size), targets.get(k));
            }
            for (int k = 2; size == 0 && k < targets.size(); k++) {
                if (Target.isCombiner(targets.get(k - 1))) {
                    connect(targets.get(k - 2), targets.get(k));
                }
            }
        }
    }

    private void connect(int a, int b) {
        if (Target.touchesQubit(a) && Target.touchesQubit(b)) {
            parent[root(Target.value(a))] = root(Target.value(b));
        }
    }

    /** How many targets in a row one application takes; 0 when combiners join them. */
    private static int groupSize(Operation operation) {
        int all = Math.max(1, operation.targets().size());
        return switch (operation) {
            case GateOperation g -> Math.max(1, g.gate().qubits());
            case Measurement m when m.kind() == MeasurementKind.MPP -> 0;
            case Measurement m -> Math.max(1, m.kind().qubits());
            case PauliPhase p -> 0;
            case PauliRotation p -> 0;
            case NoiseOperation n -> n.noise().qubits() == 0 ? all : n.noise().qubits();
            case ChannelOperation c -> c.channel().qubits();
            case Barrier b -> all;
            default -> 1;
        };
    }
}
