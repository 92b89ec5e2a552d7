package org.jaket.statevector;

import org.jaket.circuit.Circuit;
import org.jaket.execution.BitLayout;

import java.util.Arrays;

/**
 * A circuit compiled for this engine: a flat list of instructions.
 *
 * @param circuit where it comes from
 * @param qubits number of qubits, at least 1
 * @param instructions the steps
 * @param loops number of loop counters
 * @param chains number of chains of correlated errors
 * @param frame where the qubits lie at the end
 * @param layout what the result bits of a run mean
 */
record Program(
        Circuit circuit,
        int qubits,
        Instruction[] instructions,
        int loops,
        int chains,
        Frame frame,
        BitLayout layout) {
    /** A while loop that turns more often than this in one run is taken to be endless. */
    static final long MAX_TURNS = 1_000_000;

    /** The program without what follows the last instruction that can give a result. */
    Program withoutTail() {
        int end = instructions.length;
        while (end > 0 && isMute(instructions[end - 1])) {
            end--;
        }
        Instruction[] kept = Arrays.copyOf(instructions, end);
        return new Program(circuit, qubits, kept, loops, chains, frame, layout);
    }

    private static boolean isMute(Instruction i) {
        return switch (i) {
            case Instruction.Apply a -> true;
            case Instruction.Sweeps s -> true;
            case Instruction.Reset r -> true;
            case Instruction.Noisy n -> n.isMute();
            case Instruction.Choose c -> c.herald() == null;
            default -> false;
        };
    }

    /** Whether no instruction from a place on touches amplitudes. */
    boolean isClassicalFrom(int place) {
        for (int i = place; i < instructions.length; i++) {
            if (instructions[i].isQuantum()) {
                return false;
            }
        }
        // Jumps backwards lead to instructions before the place.
        for (int i = place; i < instructions.length; i++) {
            int to =
                    switch (instructions[i]) {
                        case Instruction.Jump j -> j.to();
                        case Instruction.Next n -> n.to();
                        case Instruction.JumpUnless j -> j.to();
                        default -> i + 1;
                    };
            if (to < place) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether anything that may come after the instruction at a place looks at results: a jump on a
     * condition, an assignment, an angle.
     */
    boolean isReadAfter(int place) {
        // Jumps backwards lead to instructions before the place.
        int from = place + 1;
        for (int i = from; i < instructions.length; i++) {
            int to =
                    switch (instructions[i]) {
                        case Instruction.Jump j -> j.to();
                        case Instruction.Next n -> n.to();
                        case Instruction.JumpUnless j -> j.to();
                        default -> i + 1;
                    };
            if (to < from) {
                from = to;
                i = from - 1;
            }
        }
        for (int i = from; i < instructions.length; i++) {
            boolean reads =
                    instructions[i] instanceof Instruction.JumpUnless
                            || instructions[i] instanceof Instruction.Assign
                            || instructions[i] instanceof Instruction.Evaluated;
            if (reads) {
                return true;
            }
        }
        return false;
    }

    /** Whether a run can end in only one way. */
    boolean isDeterministic() {
        for (Instruction i : instructions) {
            if (i.isRandom()) {
                return false;
            }
        }
        return true;
    }

    /** Whether every instruction is carried out once. */
    boolean isStraight() {
        return Arrays.stream(instructions)
                .noneMatch(
                        i -> i instanceof Instruction.Next || i instanceof Instruction.JumpUnless);
    }

    /** How many passes over memory the gates take, each instruction done once. */
    long passes() {
        return Arrays.stream(instructions)
                .mapToLong(
                        i ->
                                switch (i) {
                                    case Instruction.Apply a -> a.passes().size();
                                    case Instruction.Noisy n -> n.stretch().usual().size();
                                    default -> 0;
                                })
                .sum();
    }
}
