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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows measured qubits through the gates after their measurements. A measurement may be put off
 * to the end if all that follows commutes with Z on its qubit (phases, controls), or swaps the
 * qubit away and back: the value is then the same at the end, and the amplitudes without a collapse
 * tell all there is to know.
 *
 * @param <T> what names a measurement
 */
final class MeasuredQubits<T> {
    private record Tracked<T>(T measurement, int qubit) {}

    /** By the qubit where the measured value is now. */
    private final Map<Integer, List<Tracked<T>>> places = new HashMap<>();

    void measure(int qubit, T measurement) {
        places.computeIfAbsent(qubit, q -> new ArrayList<>())
                .add(new Tracked<>(measurement, qubit));
    }

    /** The measurements that a gate makes impossible to put off; they are followed no longer. */
    List<T> disturbedBy(GateOperation operation) {
        if (places.isEmpty()) {
            return List.of();
        }
        var disturbed = new ArrayList<T>();
        int arity = operation.gate().qubits();
        for (int start = 0; start < operation.targets().size(); start += arity) {
            if (operation.gate() == StandardGate.SWAP) {
                swap(operation.targets().get(start), operation.targets().get(start + 1));
                continue;
            }
            for (int k = 0; k < arity; k++) {
                int qubit = operation.targets().get(start + k);
                if (places.containsKey(qubit)
                        && !commutes(operation.gate(), operation.values(), k)) {
                    places.remove(qubit).forEach(t -> disturbed.add(t.measurement()));
                }
            }
        }
        return disturbed;
    }

    private void swap(int a, int b) {
        List<Tracked<T>> first = places.remove(a);
        List<Tracked<T>> second = places.remove(b);
        if (first != null) {
            places.put(b, first);
        }
        if (second != null) {
            places.put(a, second);
        }
    }

    /** The measurements whose values are at other qubits than those that were measured. */
    List<T> displaced() {
        var displaced = new ArrayList<T>();
        places.forEach(
                (place, all) ->
                        all.stream()
                                .filter(t -> t.qubit() != place)
                                .forEach(t -> displaced.add(t.measurement())));
        return displaced;
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
            case GateOperation g -> commutes(g, qubit);
            case Repeat r -> r.body().operations().stream().allMatch(o -> commutes(o, qubit));
            case Barrier b -> true;
            default -> throw new AssertionError(inside);
        };
    }

    private static boolean commutes(GateOperation inside, int qubit) {
        int arity = inside.gate().qubits();
        for (int k = 0; k < inside.targets().size(); k++) {
            if (inside.targets().get(k) == qubit
                    && !commutes(inside.gate(), inside.values(), k % arity)) {
                return false;
            }
        }
        return true;
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
