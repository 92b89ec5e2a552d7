package org.jaket.interop.strange;

import org.jaket.circuit.Barrier;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.ControlledGate;
import org.jaket.circuit.gate.DefinedGate;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.MatrixGate;
import org.jaket.circuit.gate.PowerGate;
import org.jaket.circuit.gate.StandardGate;

import java.util.Arrays;

/**
 * Whether a measurement may be put off to the end. It may if what follows on its qubit commutes
 * with Z there (phases, controls): the value is then the same at the end, and the amplitudes before
 * the collapse tell all there is to know.
 */
final class MeasuredQubits {
    private MeasuredQubits() {}

    /** Whether an operation changes what a measurement of the qubit would give. */
    static boolean disturbs(GateOperation operation, int qubit) {
        int arity = operation.gate().qubits();
        for (int k = 0; k < operation.targets().size(); k++) {
            if (operation.targets().get(k) == qubit
                    && !commutes(operation.gate(), operation.values(), k % arity)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a gate commutes with Z on one of its targets, as far as its parts show. */
    private static boolean commutes(Gate gate, double[] values, int target) {
        return switch (gate) {
            case ControlledGate c ->
                    target < c.controls() || commutes(c.base(), values, target - c.controls());
            case PowerGate p -> commutes(p.base(), values, target);
            case DefinedGate d ->
                    d
                            .body(Arrays.stream(values).mapToObj(Expression::of).toList())
                            .operations()
                            .stream()
                            .allMatch(o -> commutes(o, target));
            case StandardGate s -> commutes(s.matrix(values), target);
            case MatrixGate m -> commutes(m.unitary(), target);
        };
    }

    private static boolean commutes(Operation inside, int qubit) {
        return switch (inside) {
            case GateOperation g -> !disturbs(g, qubit);
            case Repeat r -> r.body().operations().stream().allMatch(o -> commutes(o, qubit));
            case Barrier b -> true;
            default -> throw new AssertionError(inside);
        };
    }

    private static boolean commutes(ComplexMatrix matrix, int target) {
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                boolean flips = ((i ^ j) >> target & 1) == 1;
                if (flips && (matrix.re(i, j) != 0 || matrix.im(i, j) != 0)) {
                    return false;
                }
            }
        }
        return true;
    }
}
