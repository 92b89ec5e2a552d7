package org.jaket.circuit.pass;

import org.jaket.circuit.BlockBuilder;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.gate.StandardGate;

/** Pauli products reduced to Z of one qubit, by gates that are undone afterwards. */
final class ProductFolding {
    /** Does something to the qubit that a product was folded onto. */
    interface OnQubit {
        void at(int qubit);
    }

    private ProductFolding() {}

    /** Exchanges a basis with Z; its own inverse. */
    static void turn(BlockBuilder out, Pauli basis, int q) {
        if (basis == Pauli.X) {
            out.append(GateOperation.of(StandardGate.H, q));
        } else if (basis == Pauli.Y) {
            out.append(GateOperation.of(StandardGate.H_YZ, q));
        }
    }

    /** Turns a product into Z of one qubit, does something there, and turns it back. */
    static void folded(BlockBuilder out, Targets letters, OnQubit action) {
        if (letters.isEmpty()) {
            return;
        }
        int pivot = letters.value(0);
        letters.stream().forEach(t -> turn(out, Target.pauli(t), Target.value(t)));
        for (int k = 1; k < letters.size(); k++) {
            out.append(GateOperation.of(StandardGate.CX, letters.value(k), pivot));
        }
        action.at(pivot);
        for (int k = letters.size() - 1; k >= 1; k--) {
            out.append(GateOperation.of(StandardGate.CX, letters.value(k), pivot));
        }
        letters.stream().forEach(t -> turn(out, Target.pauli(t), Target.value(t)));
    }
}
