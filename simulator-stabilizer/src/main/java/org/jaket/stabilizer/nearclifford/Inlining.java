package org.jaket.stabilizer.nearclifford;

import org.jaket.circuit.gate.CliffordAction;
import org.jaket.stabilizer.clifford.Step;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The branches that leave the Clifford frames as they are, so that shots that take them and shots
 * that do not go on with the same program.
 *
 * <p>Such a body has Paulis, which flip the Pauli frame; rotations about Pauli strings, those by
 * quarter turns included, that need no more active qubits and so are rotations of the amplitudes;
 * Pauli noise, and assignments. The phase correction of a T gate by gate teleportation is of that
 * kind. Other gates, measurements and resets change the frames.
 */
final class Inlining {
    /** The most steps that a body may have when its loops are unrolled. */
    private static final long MAX_STEPS = 1 << 12;

    /** A rotation by quarter turns; two of them are a Pauli. */
    record Turn(Step.Product product, int quarters) {}

    private final Predicate<Step.Product> keepsDormant;

    /**
     * Asks about branches at a place.
     *
     * @param keepsDormant whether rotations about a product there need no more active qubits
     */
    Inlining(Predicate<Step.Product> keepsDormant) {
        this.keepsDormant = keepsDormant;
    }

    /** Whether both bodies leave the Clifford frames as they are. */
    boolean fits(Move.Branch branch) {
        return fits(branch.then()) && fits(branch.otherwise());
    }

    private boolean fits(List<Move> body) {
        return body.size() <= MAX_STEPS && body.stream().allMatch(this::fits);
    }

    private boolean fits(Move move) {
        return switch (move) {
            case Move.Rotation r -> keepsDormant.test(r.product());
            case Move.HalfTurn h -> true;
            case Move.Loop l -> l.count() * (double) l.body().size() <= MAX_STEPS && fits(l.body());
            case Move.Branch b -> fits(b);
            case Move.WhileLoop w -> false;
            case Move.Clifford c ->
                    switch (c.step()) {
                        case Step.Feedback f -> true;
                        case Step.SweepPauli s -> true;
                        case Step.Correlated e -> true;
                        case Step.Assign a -> true;
                        case Step.Detector d -> true;
                        case Step.Observable o -> true;
                        case Step.PauliNoise n ->
                                !n.noise().isHeralded() && !n.noise().movesQubits();
                        default -> {
                            List<Turn> turns = turns(c.step());
                            yield turns != null
                                    && turns.stream()
                                            .allMatch(
                                                    t ->
                                                            t.quarters() == 2
                                                                    || keepsDormant.test(
                                                                            t.product()));
                        }
                    };
        };
    }

    /** A Clifford gate as rotations about Pauli strings, up to a phase; null if it is more. */
    static @Nullable List<Turn> turns(Step step) {
        if (step instanceof Step.Rotate r) {
            return List.of(new Turn(r.product(), r.dagger() ? 3 : 1));
        }
        if (!(step instanceof Step.Unitary u)) {
            return null;
        }
        CliffordAction action = u.backward();
        int size = action.qubits();
        List<Turn> turns = new ArrayList<>();
        for (int at = 0; at < u.targets().length; at += size) {
            if (size == 1) {
                Turn turn = turn(action, u.targets()[at]);
                if (turn == null) {
                    return null;
                }
                if (turn.quarters() != 0) {
                    turns.add(turn);
                }
                continue;
            }
            for (int k = 0; k < size; k++) {
                boolean keepsX = action.x(k, false) == 1 << k && action.z(k, false) == 0;
                boolean keepsZ = action.x(k, true) == 0 && action.z(k, true) == 1 << k;
                if (!keepsX || !keepsZ) {
                    return null;
                }
                int q = u.targets()[at + k];
                turns.add(turn(q, action.negative(k, true), action.negative(k, false), 2));
            }
        }
        return turns;
    }

    private static Turn turn(int qubit, boolean hasX, boolean hasZ, int quarters) {
        int[] here = {qubit};
        int[] none = {};
        Step.Product product = new Step.Product(hasX ? here : none, hasZ ? here : none, false);
        return new Turn(product, hasX || hasZ ? quarters : 0);
    }

    /**
     * A one-qubit gate G that is a rotation about X, Y or Z. The one by a quarter turn about A
     * takes {@code G^dagger B G} to {@code i A B} for each other B: Z to Y, Z to -X, and X to -Y.
     */
    private static @Nullable Turn turn(CliffordAction backward, int qubit) {
        boolean xNegative = backward.negative(0, false);
        boolean zNegative = backward.negative(0, true);
        int x = backward.x(0, false) | backward.z(0, false) << 1;
        int z = backward.x(0, true) | backward.z(0, true) << 1;
        if (x == 1 && z == 2) {
            return turn(qubit, zNegative, xNegative, 2);
        }
        if (x == 1 && !xNegative) {
            return turn(qubit, true, false, zNegative ? 3 : 1);
        }
        if (z == 2 && !zNegative) {
            return turn(qubit, false, true, xNegative ? 1 : 3);
        }
        // Y, the product of both images, stays as it is where their signs differ.
        return x == 2 && z == 1 && xNegative != zNegative
                ? turn(qubit, true, true, zNegative ? 1 : 3)
                : null;
    }
}
