package org.jaket.circuit.device;

import org.jaket.circuit.gate.StandardGate;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A quantum computer as its calibration describes it.
 *
 * @param name what it is called
 * @param basisGates the gates it carries out, as it spells them
 * @param coupling the ordered pairs of qubits that two-qubit gates are on
 * @param qubits what is known of each qubit, qubit 0 first
 * @param gates what is known of each gate on each group of qubits
 */
public record Device(
        String name,
        List<String> basisGates,
        List<Edge> coupling,
        List<QubitProperties> qubits,
        List<GateProperties> gates) {
    /**
     * A pair of coupled qubits.
     *
     * @param first the first target of a gate
     * @param second the second target
     */
    public record Edge(int first, int second) {}

    /** Copies the lists; checks that every qubit that is named exists. */
    public Device {
        basisGates = List.copyOf(basisGates);
        coupling = List.copyOf(coupling);
        qubits = List.copyOf(qubits);
        gates = List.copyOf(gates);
        for (Edge edge : coupling) {
            check(name, "the coupling", edge.first, qubits.size());
            check(name, "the coupling", edge.second, qubits.size());
        }
        for (GateProperties gate : gates) {
            for (int qubit : gate.qubits()) {
                check(name, "gate " + gate.name(), qubit, qubits.size());
            }
        }
    }

    private static void check(String name, String what, int qubit, int qubits) {
        if (qubit < 0 || qubit >= qubits) {
            throw new IllegalArgumentException(
                    name
                            + ": "
                            + what
                            + " is on qubit "
                            + qubit
                            + ", but there are qubits 0 to "
                            + (qubits - 1)
                            + " only");
        }
    }

    /** What is known of a gate on some qubits, in this order; null where nothing is. */
    public @Nullable GateProperties gate(String gateName, int... on) {
        for (GateProperties gate : gates) {
            if (gate.name().equals(gateName) && matches(gate.qubits(), on)) {
                return gate;
            }
        }
        return null;
    }

    private static boolean matches(List<Integer> qubits, int[] on) {
        if (qubits.size() != on.length) {
            return false;
        }
        for (int k = 0; k < on.length; k++) {
            if (qubits.get(k) != on[k]) {
                return false;
            }
        }
        return true;
    }

    /** The gate that devices call by this name, or null: names of OpenQASM, and {@code ecr}. */
    public static @Nullable StandardGate standardGate(String name) {
        return name.equals("ecr") ? StandardGate.ECR : StandardGate.ofQasm2(name);
    }
}
