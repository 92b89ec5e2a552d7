package org.jaket.stabilizer.nearclifford;

import org.jaket.circuit.Block;
import org.jaket.circuit.ChannelOperation;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.PauliProduct;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.While;
import org.jaket.circuit.pass.Expansion;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.clifford.Features;
import org.jaket.stabilizer.clifford.Lowering;
import org.jaket.stabilizer.clifford.Step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns a circuit into {@link Move}s, or says which operation has no place in one. */
final class MoveLowering {
    /** How far an angle may be from a multiple of a quarter turn, to be one. */
    private static final double ANGLE_TOLERANCE = 1e-12;

    private final Lowering clifford = Lowering.ofOperations();

    private MoveLowering() {}

    /**
     * Lowers a circuit.
     *
     * @throws UnsupportedCircuitException naming the first operation that cannot be followed
     */
    static List<Move> of(Circuit circuit) {
        return new MoveLowering().block(circuit.body(), 0);
    }

    /** Whether a circuit has a gate that is not Clifford. */
    static boolean hasRotations(Circuit circuit) {
        return new MoveLowering().hasRotations(circuit.body());
    }

    private boolean hasRotations(Block block) {
        for (Operation operation : block.operations()) {
            if (operation instanceof PauliRotation p && !isClifford(p)) {
                return true;
            }
            if (operation instanceof GateOperation g && !isClifford(g)) {
                if (isPrimitive(g)) {
                    return true;
                }
                for (Operation part : Expansion.of(g).operations()) {
                    if (!isClifford((GateOperation) part)) {
                        return true;
                    }
                }
            }
            for (Block inner : operation.blocks()) {
                if (hasRotations(inner)) {
                    return true;
                }
            }
        }
        return false;
    }

    private List<Move> block(Block block, int depth) {
        if (depth > Lowering.MAX_DEPTH) {
            throw new UnsupportedCircuitException(
                    "Blocks are nested more than %d deep.".formatted(Lowering.MAX_DEPTH));
        }
        List<Move> moves = new ArrayList<>();
        for (Operation operation : block.operations()) {
            try {
                add(operation, depth, moves);
            } catch (UnsupportedCircuitException e) {
                throw e.at(operation);
            }
        }
        return List.copyOf(moves);
    }

    private void add(Operation operation, int depth, List<Move> moves) {
        switch (operation) {
            case GateOperation g -> gate(g, moves);
            case PauliRotation p -> pauliRotation(p, moves);
            case Repeat r -> moves.add(new Move.Loop(r.count(), block(r.body(), depth + 1)));
            case Conditional c ->
                    moves.add(
                            new Move.Branch(
                                    c.condition(),
                                    block(c.then(), depth + 1),
                                    block(c.otherwise(), depth + 1)));
            case While w ->
                    moves.add(new Move.WhileLoop(w.condition(), block(w.body(), depth + 1)));
            case ChannelOperation c ->
                    throw new UnsupportedCircuitException(
                            "%s is not a Pauli channel. Maybe use the state vector engine?"
                                    .formatted(c.describe()));
            default -> clifford(operation, moves);
        }
    }

    private void clifford(Operation operation, List<Move> moves) {
        for (Step step : clifford.steps(operation)) {
            if (step instanceof Step.PauliNoise n && n.noise().movesQubits()) {
                throw Features.qubitsLeave(n.noise(), "Gates that are not Clifford");
            }
            moves.add(new Move.Clifford(step));
        }
    }

    private static boolean isPrimitive(GateOperation g) {
        Block expanded = Expansion.of(g);
        return expanded.operations().size() == 1 && expanded.operations().getFirst().equals(g);
    }

    private boolean isClifford(GateOperation g) {
        int qubits = g.gate().qubits();
        return qubits == 0 || g.targets().hasClassical() || clifford.isClifford(g);
    }

    private static boolean isClifford(PauliRotation p) {
        return Math.abs(Math.IEEEremainder(p.value(), Math.PI / 2)) <= ANGLE_TOLERANCE;
    }

    private static void pauliRotation(PauliRotation p, List<Move> moves) {
        for (PauliProduct product : PauliProduct.split(PauliRotation.NAME, p.targets())) {
            Targets letters = product.letters();
            int xs = 0;
            int[] hasX = new int[letters.size()];
            int zs = 0;
            int[] hasZ = new int[letters.size()];
            for (int k = 0; k < letters.size(); k++) {
                if (Target.pauli(letters.get(k)).hasX()) {
                    hasX[xs++] = letters.value(k);
                }
                if (Target.pauli(letters.get(k)).hasZ()) {
                    hasZ[zs++] = letters.value(k);
                }
            }
            Step.Product plus =
                    new Step.Product(Arrays.copyOf(hasX, xs), Arrays.copyOf(hasZ, zs), false);
            double angle = product.negative() ? -p.value() : p.value();
            rotation(angle, plus, p.describe(), moves);
        }
    }

    private void gate(GateOperation g, List<Move> moves) {
        if (isClifford(g)) {
            clifford(g, moves);
            return;
        }
        if (!isPrimitive(g)) {
            for (Operation part : Expansion.of(g).operations()) {
                gate((GateOperation) part, moves);
            }
            return;
        }
        String cause = g.describe();
        int arity = g.gate().qubits();
        for (int k = 0; k < g.applications(); k++) {
            Targets places = g.targets().slice(k * arity, (k + 1) * arity);
            boolean done =
                    GateRotations.of(
                            g,
                            (angle, xs, zs) ->
                                    rotation(
                                            angle,
                                            new Step.Product(
                                                    qubits(places, xs), qubits(places, zs), false),
                                            cause,
                                            moves));
            if (!done) {
                throw new UnsupportedCircuitException(
                        "%s is no gate that the near-Clifford engine can take apart into Pauli rotations. Maybe use the state vector engine?"
                                .formatted(cause));
            }
        }
    }

    private static int[] qubits(Targets places, int mask) {
        int[] qubits = new int[Integer.bitCount(mask)];
        int count = 0;
        for (int k = 0; k < places.size(); k++) {
            if ((mask >>> k & 1) != 0) {
                qubits[count++] = places.value(k);
            }
        }
        return qubits;
    }

    /** Splits an angle into whole quarter turns, which are Clifford, and the rest. */
    private static void rotation(
            double angle, Step.Product product, String cause, List<Move> moves) {
        if (product.xs().length == 0 && product.zs().length == 0) {
            return;
        }
        double quarters = Math.rint(angle / (Math.PI / 2));
        double rest = Math.IEEEremainder(angle, Math.PI / 2);
        switch (Math.floorMod((long) quarters, 4)) {
            case 1 -> moves.add(new Move.Clifford(new Step.Rotate(false, product)));
            case 2 -> moves.add(new Move.HalfTurn(product));
            case 3 -> moves.add(new Move.Clifford(new Step.Rotate(true, product)));
            default -> {}
        }
        if (Math.abs(rest) > ANGLE_TOLERANCE) {
            moves.add(new Move.Rotation(rest, product, cause));
        }
    }
}
