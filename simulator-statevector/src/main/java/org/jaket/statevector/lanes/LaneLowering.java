package org.jaket.statevector.lanes;

import org.jaket.circuit.Barrier;
import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Delay;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.PauliProduct;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.QubitCoordinates;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.Tick;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.pass.ControlledForm;
import org.jaket.circuit.pass.Expansion;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** Compiles a circuit of gates, parameters open, to a {@link LaneProgram}. */
final class LaneLowering {
    /** Loops are unfolded; beyond this many steps a program no longer pays. */
    private static final int MOST_STEPS = 100_000;

    /** Turns of loops that are followed: gates may fuse and leave no steps. */
    private static final long MOST_TURNS = 1_000_000;

    /** Numbers a lane beyond which they no longer stay in a cache. */
    private static final int MOST_COEFFICIENTS = 1 << 17;

    /** The largest matrix, in qubits: its entries stand once a lane. */
    private static final int LARGEST_MATRIX = 5;

    private final Coefficients coefficients;
    private final LaneGathering gates;
    private long turns;

    private LaneLowering(Circuit circuit) {
        coefficients = new Coefficients(circuit.parameters());
        gates = new LaneGathering(circuit.qubits(), coefficients);
    }

    /** The program, or null where the circuit has something that lanes cannot do. */
    static @Nullable LaneProgram compile(Circuit circuit) {
        var lowering = new LaneLowering(circuit);
        return lowering.block(circuit.body()) ? lowering.gates.finish() : null;
    }

    private boolean block(Block block) {
        for (Operation operation : block.operations()) {
            if (!lower(operation)
                    || gates.steps() > MOST_STEPS
                    || coefficients.slots() > MOST_COEFFICIENTS) {
                return false;
            }
        }
        return true;
    }

    private boolean lower(Operation operation) {
        return switch (operation) {
            case GateOperation g -> !g.targets().hasClassical() && expanded(Expansion.ofOpen(g));
            case PauliRotation p -> rotations(PauliRotation.NAME, p.targets(), p.angle());
            // Up to a phase of the whole state.
            case PauliPhase p ->
                    rotations(
                            "SPP",
                            p.targets(),
                            Expression.of(p.dagger() ? -Math.PI / 2 : Math.PI / 2));
            case Repeat r -> repeat(r);
            case QubitCoordinates c -> true;
            case Tick t -> true;
            case Barrier b -> true;
            case Delay d -> true;
            default -> false;
        };
    }

    private boolean repeat(Repeat r) {
        for (long k = 0; k < r.count(); k++) {
            if (++turns > MOST_TURNS || !block(r.body())) {
                return false;
            }
        }
        return true;
    }

    private boolean expanded(Block block) {
        for (Operation operation : block.operations()) {
            if (!(operation instanceof GateOperation g ? gate(g) : lower(operation))) {
                return false;
            }
        }
        return true;
    }

    private boolean gate(GateOperation g) {
        ControlledForm form = ControlledForm.of(g);
        Gate gate = form.gate();
        LaneMatrix m =
                gate.qubits() > LARGEST_MATRIX ? null : coefficients.of(gate, g.parameters());
        if (m == null) {
            return false;
        }
        for (int k = 0; k < g.applications(); k++) {
            int mask = 0;
            int value = 0;
            int[] controls = form.controls(k);
            for (int c = 0; c < controls.length; c++) {
                mask |= 1 << controls[c];
                value |= (int) (form.pattern() >> c & 1) << controls[c];
            }
            gates.matrix(form.targets(k), mask, value, m);
        }
        return true;
    }

    private boolean rotations(String name, Targets targets, Expression angle) {
        for (PauliProduct product : PauliProduct.split(name, targets)) {
            Expression signed = product.negative() ? angle.negate() : angle;
            LaneMatrix m = coefficients.of(StandardGate.RZ, List.of(signed));
            if (m == null) {
                return false;
            }
            int x = 0;
            int z = 0;
            Targets letters = product.letters();
            for (int k = 0; k < letters.size(); k++) {
                x |= (Target.pauli(letters.get(k)).hasX() ? 1 : 0) << letters.value(k);
                z |= (Target.pauli(letters.get(k)).hasZ() ? 1 : 0) << letters.value(k);
            }
            gates.rotation(x, z, m);
        }
        return true;
    }
}
