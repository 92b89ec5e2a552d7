package org.jaket.execution.trajectory;

import org.jaket.circuit.Block;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.pass.ControlledForm;
import org.jaket.circuit.pass.Expansion;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * One application of a matrix to a few qubits where others have given values: what every gate is
 * taken apart into.
 *
 * @param label the name of the gate it comes from, for messages
 * @param controls distinct qubits, not among the targets; maybe none
 * @param pattern bit k: the value that {@code controls[k]} must have
 * @param targets distinct qubits; none for a phase
 * @param matrix 2^t x 2^t, row by row, real and imaginary parts interleaved, first target least
 *     significant; shared, not to be modified
 * @param shape what the matrix does to basis states
 */
public record ElementaryGate(
        String label, int[] controls, long pattern, int[] targets, double[] matrix, Shape shape) {
    /** What a matrix does to basis states. */
    public enum Shape {
        /** Gives each a phase. */
        DIAGONAL,
        /** Takes each to one other, with a phase. */
        MONOMIAL,
        /** Takes some to sums of several. */
        BRANCHING
    }

    /**
     * Takes a gate operation apart, in order: bodies, powers, named controlled gates.
     *
     * @param operation a gate with bound parameters, on qubits only
     * @throws org.jaket.circuit.CircuitException if a power needs too large a matrix
     */
    public static void forEach(GateOperation operation, Consumer<ElementaryGate> action) {
        block(Expansion.of(operation), action);
    }

    private static void block(Block block, Consumer<ElementaryGate> action) {
        for (Operation operation : block.operations()) {
            switch (operation) {
                case GateOperation g -> broadcast(g, action);
                case Repeat r -> {
                    for (long k = 0; k < r.count(); k++) {
                        block(r.body(), action);
                    }
                }
                default -> throw new IllegalStateException("not a gate: " + operation.describe());
            }
        }
    }

    private static void broadcast(GateOperation g, Consumer<ElementaryGate> action) {
        ControlledForm form = ControlledForm.of(g);
        double[] matrix = form.entries();
        Shape shape = shapeOf(matrix, 1 << form.gate().qubits());
        for (int k = 0; k < g.applications(); k++) {
            action.accept(
                    new ElementaryGate(
                            g.gate().label(),
                            form.controls(k),
                            form.pattern(),
                            form.targets(k),
                            matrix,
                            shape));
        }
    }

    /** A named gate without parameters on some targets. */
    static ElementaryGate of(StandardGate gate, int... targets) {
        ElementaryGate[] only = new ElementaryGate[1];
        forEach(GateOperation.of(gate, targets), g -> only[0] = g);
        return only[0];
    }

    /** A complex matrix row by row, interleaved. */
    static double[] entries(ComplexMatrix m) {
        return m.interleaved();
    }

    private static Shape shapeOf(double[] m, int dimension) {
        boolean diagonal = true;
        for (int column = 0; column < dimension; column++) {
            int entries = 0;
            for (int row = 0; row < dimension; row++) {
                int at = 2 * (row * dimension + column);
                if (m[at] != 0 || m[at + 1] != 0) {
                    entries++;
                    diagonal &= row == column;
                }
            }
            if (entries != 1) {
                return Shape.BRANCHING;
            }
        }
        return diagonal ? Shape.DIAGONAL : Shape.MONOMIAL;
    }

    /** All qubits, controls first. */
    public int[] qubits() {
        int[] all = Arrays.copyOf(controls, controls.length + targets.length);
        System.arraycopy(targets, 0, all, controls.length, targets.length);
        return all;
    }

    /** Whether it only exchanges two qubits. */
    public boolean isSwap() {
        return controls.length == 0 && targets.length == 2 && Arrays.equals(matrix, SWAP);
    }

    private static final double[] SWAP = entries(StandardGate.SWAP.matrix());

    /** The gate's name and qubits, such as {@code CX 0 1}. */
    public String describe() {
        StringBuilder text = new StringBuilder(label);
        for (int q : qubits()) {
            text.append(' ').append(q);
        }
        return Operation.abbreviated(text.toString());
    }
}
