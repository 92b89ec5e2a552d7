package org.jaket.interop.strange;

import org.jaket.circuit.CircuitException;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.ControlledGate;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.StandardGate;
import org.jspecify.annotations.Nullable;
import org.redfx.strange.Block;
import org.redfx.strange.BlockGate;
import org.redfx.strange.ControlledBlockGate;
import org.redfx.strange.Step;
import org.redfx.strange.gate.Cnot;
import org.redfx.strange.gate.Cr;
import org.redfx.strange.gate.Cz;
import org.redfx.strange.gate.Hadamard;
import org.redfx.strange.gate.Identity;
import org.redfx.strange.gate.Oracle;
import org.redfx.strange.gate.R;
import org.redfx.strange.gate.RotationX;
import org.redfx.strange.gate.RotationY;
import org.redfx.strange.gate.SingleQubitMatrixGate;
import org.redfx.strange.gate.Swap;
import org.redfx.strange.gate.Toffoli;
import org.redfx.strange.gate.X;
import org.redfx.strange.gate.Y;
import org.redfx.strange.gate.Z;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Says one application of a gate in Strange's classes, in such a way that Strange's own simulator
 * gets it right: no RotationZ, a Toffoli only with its target below or above both controls, and
 * never two gates in one step.
 */
final class GateWriter {
    /** Larger matrices are not written: they are 4^n objects. */
    private static final int MAX_MATRIX_QUBITS = 10;

    private final int qubits;
    private final Consumer<org.redfx.strange.Gate> steps;

    /**
     * @param qubits how many qubits the program has
     * @param steps takes the gate of each step
     */
    GateWriter(int qubits, Consumer<org.redfx.strange.Gate> steps) {
        this.qubits = qubits;
        this.steps = steps;
    }

    /**
     * Writes one application.
     *
     * @param origin what errors name
     * @param gate a named gate, a matrix, or a controlled form of these
     * @param values its parameters
     * @param on its targets
     */
    void write(GateOperation origin, Gate gate, double[] values, int[] on) {
        org.redfx.strange.Gate own = own(gate, values, on);
        if (own != null) {
            steps.accept(own);
        } else if (gate instanceof ControlledGate c) {
            write(origin, c, values, on);
        } else if (gate instanceof StandardGate s && s.uncontrolled() != null) {
            int controls = 0;
            StandardGate base = s;
            while (base.uncontrolled() != null && base.qubits() > 1) {
                base = base.uncontrolled();
                controls++;
            }
            controlled(origin, base, values, on, controls);
        } else if (gate.qubits() == 0) {
            if (qubits == 0) {
                throw new CircuitException(origin, "Strange has no phase of no qubits");
            }
            ComplexMatrix factor = gate.matrix(values);
            ComplexMatrix phase = ComplexMatrix.identity(2).scale(factor.re(0, 0), factor.im(0, 0));
            steps.accept(new SingleQubitMatrixGate(0, StrangeMatrices.of(phase)));
        } else {
            check(origin, gate);
            Block block = new Block(gate.label(), gate.qubits());
            block.addStep(new Step(local(gate, values)));
            together(on, -1, (at, none) -> steps.accept(new BlockGate<>(block, at)));
        }
    }

    private static void check(GateOperation origin, Gate gate) {
        if (gate.qubits() > MAX_MATRIX_QUBITS) {
            throw new CircuitException(
                    origin,
                    "Strange takes it as a matrix only, which would be too large (limit "
                            + MAX_MATRIX_QUBITS
                            + " qubits)");
        }
    }

    /** The gate of Strange's that this is, if it has one and gets it right. */
    private static org.redfx.strange.@Nullable Gate own(Gate gate, double[] v, int[] q) {
        org.redfx.strange.Gate named = gate instanceof StandardGate s ? named(s, v, q) : null;
        return named == null && gate.qubits() == 1
                ? new SingleQubitMatrixGate(q[0], StrangeMatrices.of(gate.matrix(v)))
                : named;
    }

    private static org.redfx.strange.@Nullable Gate named(StandardGate gate, double[] v, int[] q) {
        return switch (gate) {
            case I -> new Identity(q[0]);
            case X -> new X(q[0]);
            case Y -> new Y(q[0]);
            case Z -> new Z(q[0]);
            case H -> new Hadamard(q[0]);
            case S -> new R(2, 2, q[0]);
            case T -> new R(2, 3, q[0]);
            case S_DAG -> new R(-Math.PI / 2, q[0]);
            case T_DAG -> new R(-Math.PI / 4, q[0]);
            case P -> new R(v[0], q[0]);
            case RX -> new RotationX(v[0], q[0]);
            case RY -> new RotationY(v[0], q[0]);
            case CX -> new Cnot(q[0], q[1]);
            case XCZ -> new Cnot(q[1], q[0]);
            case CZ -> new Cz(q[0], q[1]);
            case CP -> new Cr(q[0], q[1], v[0]);
            case SWAP -> new Swap(q[0], q[1]);
            case CCX -> toffoli(Math.min(q[0], q[1]), Math.max(q[0], q[1]), q[2]);
            default -> null;
        };
    }

    private static @Nullable Toffoli toffoli(int low, int high, int target) {
        if (target > high) {
            return new Toffoli(low, high, target);
        }
        return target < low ? new Toffoli(high, low, target) : null;
    }

    /** The gate on qubits 0 and up of a block of its size. */
    private static org.redfx.strange.Gate local(Gate gate, double[] values) {
        int[] places = new int[gate.qubits()];
        Arrays.setAll(places, k -> k);
        org.redfx.strange.Gate own = own(gate, values, places);
        return own != null ? own : new Oracle(StrangeMatrices.of(gate.matrix(values)));
    }

    /** A control that must be 0 is a control between two X. */
    private void write(GateOperation origin, ControlledGate gate, double[] values, int[] on) {
        List<org.redfx.strange.Gate> flips = new ArrayList<>();
        for (int k = 0; k < gate.controls(); k++) {
            if ((gate.pattern() >>> k & 1) == 0) {
                flips.add(new X(on[k]));
            }
        }
        flips.forEach(steps);
        Gate plain = ControlledGate.of(gate.base(), gate.controls(), (1L << gate.controls()) - 1);
        if (plain instanceof ControlledGate c) {
            controlled(origin, c.base(), values, on, c.controls());
        } else {
            write(origin, plain, values, on);
        }
        flips.forEach(steps);
    }

    /** All controls but the last are blocks in blocks; the last one may be anywhere. */
    private void controlled(
            GateOperation origin, Gate base, double[] values, int[] on, int controls) {
        if (base.qubits() == 0) {
            // A controlled phase is a phase of the last control.
            controlled(origin, StandardGate.P, values, on, controls - 1);
            return;
        }
        check(origin, base);
        int size = base.qubits();
        Block block = new Block(base.label(), size);
        block.addStep(new Step(local(base, values)));
        for (int k = 0; k < controls - 1; k++) {
            Block larger = new Block("C-" + base.label(), size + 1);
            larger.addStep(new Step(new ControlledBlockGate<>(block, 0, size)));
            block = larger;
            size++;
        }
        Block whole = block;
        int[] inside = new int[size];
        for (int k = 0; k < base.qubits(); k++) {
            inside[k] = on[controls + k];
        }
        System.arraycopy(on, 0, inside, base.qubits(), controls - 1);
        together(
                inside,
                on[controls - 1],
                (at, control) -> steps.accept(new ControlledBlockGate<>(whole, at, control)));
    }

    private interface Placed {
        /** Where the first qubit is now, and where the one outside is. */
        void at(int first, int outside);
    }

    /** Swaps qubits side by side, in order, does something there, and swaps back. */
    private void together(int[] on, int outside, Placed work) {
        int first = Math.min(Arrays.stream(on).min().orElseThrow(), qubits - on.length);
        int[] at = on.clone();
        int other = outside;
        var swaps = new ArrayList<int[]>();
        for (int k = 0; k < at.length; k++) {
            int from = at[k];
            int to = first + k;
            if (from == to) {
                continue;
            }
            for (int j = k + 1; j < at.length; j++) {
                at[j] = at[j] == to ? from : at[j];
            }
            other = other == to ? from : other;
            swaps.add(new int[] {from, to});
        }
        swaps.forEach(s -> steps.accept(new Swap(s[0], s[1])));
        work.at(first, other);
        swaps.reversed().forEach(s -> steps.accept(new Swap(s[0], s[1])));
    }
}
