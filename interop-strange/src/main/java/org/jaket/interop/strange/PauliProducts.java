package org.jaket.interop.strange;

import org.jaket.circuit.Block;
import org.jaket.circuit.BlockBuilder;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.PauliProduct;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.gate.StandardGate;

import java.util.List;

/** Functions of Pauli products by gates on one and two qubits, global phase included. */
final class PauliProducts {
    private PauliProducts() {}

    /** SPP: the phase i (or -i) where the product is -1. */
    static Block of(PauliPhase phase) {
        var out = new BlockBuilder();
        double angle = phase.dagger() ? -Math.PI / 2 : Math.PI / 2;
        for (PauliProduct product : PauliProduct.split("SPP", phase.targets())) {
            // Where minus the product is -1: everywhere, but for where the product is -1.
            if (product.negative()) {
                append(out, StandardGate.GPHASE, angle);
            }
            turn(out, product.letters(), StandardGate.P, product.negative() ? -angle : angle);
        }
        return out.build();
    }

    /** R_PAULI: exp(-i angle/2 P). */
    static Block of(PauliRotation rotation) {
        var out = new BlockBuilder();
        for (PauliProduct product : PauliProduct.split(PauliRotation.NAME, rotation.targets())) {
            double angle = product.negative() ? -rotation.value() : rotation.value();
            if (product.letters().isEmpty()) {
                append(out, StandardGate.GPHASE, -angle / 2);
            } else {
                turn(out, product.letters(), StandardGate.RZ, angle);
            }
        }
        return out.build();
    }

    /** A diagonal gate on the parity of the letters. */
    private static void turn(BlockBuilder out, Targets letters, StandardGate gate, double angle) {
        if (letters.isEmpty()) {
            return;
        }
        var basis = new BlockBuilder();
        int last = letters.value(letters.size() - 1);
        for (int k = 0; k < letters.size(); k++) {
            int q = letters.value(k);
            switch (Target.pauli(letters.get(k))) {
                case X -> basis.append(GateOperation.of(StandardGate.H, q));
                case Y -> basis.append(GateOperation.of(StandardGate.SQRT_X, q));
                default -> {}
            }
        }
        for (int k = 0; k + 1 < letters.size(); k++) {
            basis.append(GateOperation.of(StandardGate.CX, letters.value(k), last));
        }
        Block change = basis.build();
        change.operations().forEach(out::append);
        append(out, gate, angle, last);
        change.inverse().operations().forEach(out::append);
    }

    private static void append(BlockBuilder out, StandardGate gate, double angle, int... qubits) {
        out.append(new GateOperation(gate, List.of(Expression.of(angle)), Targets.of(qubits), ""));
    }
}
