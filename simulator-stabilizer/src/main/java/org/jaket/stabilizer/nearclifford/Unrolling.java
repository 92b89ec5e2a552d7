package org.jaket.stabilizer.nearclifford;

import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.clifford.Features;
import org.jaket.stabilizer.clifford.Step;

import java.util.List;
import java.util.function.Predicate;

/**
 * How long circuits are when their loops are unrolled. Programs are flat: each turn of a loop has
 * code of its own, since the frames that masks are made of differ from turn to turn. That is about
 * 10 to 100 bytes for each target of a gate, error or measurement, and O(n) to O(n^2) words of work
 * once for n qubits; a shot costs the same folded or not.
 */
final class Unrolling {
    /** The most elementary steps that a circuit may have when its loops are unrolled. */
    static final int MAX_STEPS = 1 << 24;

    private Unrolling() {}

    /**
     * Refuses circuits that are too long. Of loops on conditions one turn counts; how many turns
     * are compiled is limited by {@link Histories}.
     *
     * @throws UnsupportedCircuitException if there are more steps than {@link #MAX_STEPS}
     */
    static void requireLength(List<Move> moves) {
        double all = steps(moves);
        if (all > MAX_STEPS) {
            long longest = 0;
            for (Move move : moves) {
                longest = move instanceof Move.Loop l ? Math.max(longest, l.count()) : longest;
            }
            throw new UnsupportedCircuitException(
                    "The circuit has %.3g steps when its loops are unrolled (the longest at the top turns %d times); the near-Clifford engine follows at most %d. Maybe repeat less often, or without the gates that are not Clifford?"
                            .formatted(all, longest, MAX_STEPS));
        }
    }

    private static double steps(List<Move> moves) {
        double sum = 0;
        for (Move move : moves) {
            sum +=
                    switch (move) {
                        case Move.Loop l -> (double) l.count() * Math.max(1, steps(l.body()));
                        case Move.Branch b -> 1 + steps(b.then()) + steps(b.otherwise());
                        case Move.WhileLoop w -> 1 + steps(w.body());
                        case Move.Rotation r -> 1;
                        case Move.HalfTurn h -> 1;
                        case Move.Clifford c ->
                                switch (c.step()) {
                                    case Step.Unitary u -> u.targets().length;
                                    case Step.Measure m -> m.qubits().length;
                                    case Step.Reset r -> r.qubits().length;
                                    case Step.PauliNoise n -> n.targets().length;
                                    case Step.Detector d -> 1 + d.lookbacks().length;
                                    case Step.Observable o -> 1 + o.lookbacks().length;
                                    case Step.Pad p -> p.values().length;
                                    default -> 1;
                                };
                    };
        }
        return sum;
    }

    /**
     * How many rotations one shot can meet: infinitely many where a loop on a condition has one.
     */
    static double rotations(List<Move> moves) {
        double sum = 0;
        for (Move move : moves) {
            sum +=
                    switch (move) {
                        case Move.Rotation r -> 1;
                        case Move.Loop l -> l.count() * rotations(l.body());
                        case Move.Branch b ->
                                Math.max(rotations(b.then()), rotations(b.otherwise()));
                        case Move.WhileLoop w ->
                                rotations(w.body()) > 0 ? Double.POSITIVE_INFINITY : 0;
                        case Move.HalfTurn h -> 0;
                        case Move.Clifford c -> 0;
                    };
        }
        return sum;
    }

    /** Whether there are branches or loops on conditions. */
    static boolean branches(List<Move> moves) {
        for (Move move : moves) {
            boolean found =
                    switch (move) {
                        case Move.Branch b -> true;
                        case Move.WhileLoop w -> true;
                        case Move.Loop l -> branches(l.body());
                        default -> false;
                    };
            if (found) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the record has no fixed length: loops on conditions record results, or the bodies of
     * a branch record different numbers of them.
     */
    static boolean recordsUnevenly(List<Move> moves) {
        for (Move move : moves) {
            boolean found =
                    switch (move) {
                        case Move.Branch b ->
                                recordsUnevenly(b.then())
                                        || recordsUnevenly(b.otherwise())
                                        || results(b.then()) != results(b.otherwise());
                        case Move.WhileLoop w ->
                                any(w.body(), true, step -> Features.results(step) > 0);
                        case Move.Loop l -> recordsUnevenly(l.body());
                        default -> false;
                    };
            if (found) {
                return true;
            }
        }
        return false;
    }

    /** How many results moves record, none of which record unevenly. */
    static long results(List<Move> moves) {
        long sum = 0;
        for (Move move : moves) {
            sum +=
                    switch (move) {
                        case Move.Branch b -> results(b.then());
                        case Move.Loop l -> l.count() * results(l.body());
                        case Move.Clifford c -> Features.results(c.step());
                        default -> 0;
                    };
        }
        return sum;
    }

    /** Whether branches or loops on conditions have detectors or observables. */
    static boolean detectsInBranches(List<Move> moves) {
        return any(
                moves,
                false,
                step -> step instanceof Step.Detector || step instanceof Step.Observable);
    }

    /** Whether an error happens only if another one has not. */
    static boolean chains(List<Move> moves) {
        return any(moves, true, step -> step instanceof Step.Correlated c && !c.starts());
    }

    private static boolean any(List<Move> moves, boolean counts, Predicate<Step> kind) {
        for (Move move : moves) {
            boolean found =
                    switch (move) {
                        case Move.Branch b ->
                                any(b.then(), true, kind) || any(b.otherwise(), true, kind);
                        case Move.WhileLoop w -> any(w.body(), true, kind);
                        case Move.Loop l -> any(l.body(), counts, kind);
                        case Move.Clifford c -> counts && kind.test(c.step());
                        default -> false;
                    };
            if (found) {
                return true;
            }
        }
        return false;
    }
}
