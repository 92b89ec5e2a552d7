package org.jaket.statevector;

import java.util.ArrayList;
import java.util.List;

/**
 * How much of a state each pass of a program goes through, at most: runs begin in a basis state,
 * tiles that are zero are passed over ({@link Support}), and a qubit that nothing has moved is
 * still what it was.
 */
final class Reach {
    private final int qubits;
    private long moved;

    private Reach(int qubits) {
        this.qubits = qubits;
    }

    /** The share of the state's tiles for every pass of every instruction, instruction first. */
    static List<double[]> shares(Program program) {
        Reach reach = new Reach(program.qubits());
        Instruction[] instructions = program.instructions();
        List<double[]> shares = new ArrayList<>();
        for (int i = 0; i < instructions.length; i++) {
            if (instructions[i] instanceof Instruction.Begin) {
                // Later turns begin with what the first one has moved.
                reach.moved |= movedInLoop(instructions, i);
            }
            double[] own = passes(instructions[i]).stream().mapToDouble(reach::share).toArray();
            reach.moved |= moves(instructions[i]);
            shares.add(own);
        }
        return shares;
    }

    /** The passes of an instruction, as they usually are. */
    static List<Pass> passes(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Apply a -> a.passes();
            case Instruction.Noisy n -> n.stretch().usual();
            default -> List.of();
        };
    }

    private double share(Pass pass) {
        long outer = (1L << qubits) - 1 & ~pass.local();
        boolean skips = Support.isKept(qubits) && Support.divides(pass.local());
        int fixed = skips ? Long.bitCount(outer & ~moved) : 0;
        moved |= pass.moves();
        return Math.scalb(1.0, -fixed);
    }

    private static long movedInLoop(Instruction[] instructions, int begin) {
        long moves = 0;
        int open = 0;
        for (int i = begin; i < instructions.length; i++) {
            open += instructions[i] instanceof Instruction.Begin ? 1 : 0;
            open -= instructions[i] instanceof Instruction.Next ? 1 : 0;
            if (open == 0) {
                break;
            }
            moves |= moves(instructions[i]);
        }
        return moves;
    }

    private static long moves(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Apply a -> moves(a.passes());
            case Instruction.Noisy n -> -1;
            case Instruction.Choose c -> -1;
            case Instruction.Evaluated e -> -1;
            case Instruction.Reset r -> 1L << r.qubit();
            default -> 0;
        };
    }

    private static long moves(List<Pass> passes) {
        return passes.stream().mapToLong(Pass::moves).reduce(0, (a, b) -> a | b);
    }
}
