package org.jaket.mps;

import org.jaket.circuit.Block;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.gate.ControlledGate;
import org.jaket.circuit.gate.DefinedGate;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.MatrixGate;
import org.jaket.circuit.gate.PowerGate;
import org.jaket.circuit.gate.StandardGate;
import org.jspecify.annotations.Nullable;

import java.util.Collections;

/** Finds gates whose matrices span too many sites. */
final class GateSizes {
    private GateSizes() {}

    /** The first gate with a matrix on more qubits, or null; repeated blocks are looked at once. */
    static @Nullable GateOperation above(Block block, int qubits) {
        for (Operation operation : block.operations()) {
            if (operation instanceof GateOperation g && matrixQubits(g.gate()) > qubits) {
                return g;
            }
            for (Block inner : operation.blocks()) {
                GateOperation found = above(inner, qubits);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static int matrixQubits(Gate gate) {
        return switch (gate) {
            case StandardGate s -> s.qubits();
            case MatrixGate m -> m.qubits();
            case ControlledGate c -> matrixQubits(c.base());
            case PowerGate p when p.exponent() == Math.rint(p.exponent()) -> matrixQubits(p.base());
            case PowerGate p -> p.qubits();
            case DefinedGate d -> {
                int most = 0;
                var values = Collections.nCopies(d.parameters(), Expression.of(0.7));
                for (Operation inner : d.body(values).operations()) {
                    most = Math.max(most, largest(inner));
                }
                yield most;
            }
        };
    }

    private static int largest(Operation operation) {
        int most = operation instanceof GateOperation g ? matrixQubits(g.gate()) : 0;
        for (Block inner : operation.blocks()) {
            for (Operation o : inner.operations()) {
                most = Math.max(most, largest(o));
            }
        }
        return most;
    }
}
