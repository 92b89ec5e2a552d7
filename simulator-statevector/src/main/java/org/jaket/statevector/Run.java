package org.jaket.statevector;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.expression.ClassicalMemory;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.execution.BitLayout;

/**
 * Where a run stands, apart from its amplitudes: place, classical memory, loops, random numbers.
 */
final class Run {
    int place;
    final ClassicalMemory memory;
    final long[] counters;
    final boolean[] chainHit;

    /** How many random numbers a shot with this history has used. */
    long draws;

    Run(Program program) {
        memory = new ClassicalMemory(program.circuit().bits());
        counters = new long[program.loops()];
        chainHit = new boolean[program.chains()];
    }

    private Run(Run other) {
        place = other.place;
        memory = other.memory.copy();
        counters = other.counters.clone();
        chainHit = other.chainHit.clone();
        draws = other.draws;
    }

    Run copy() {
        return new Run(this);
    }

    /** Puts a result into the record and, unless negative, a classical bit. */
    void record(boolean result, int bit) {
        memory.record(result);
        if (bit >= 0) {
            memory.set(bit, result);
        }
    }

    /**
     * Carries out a classical instruction and moves on.
     *
     * @return whether the instruction was classical and not random
     */
    boolean classical(Instruction instruction) {
        switch (instruction) {
            case Instruction.Assign a -> a.assignment().execute(memory);
            case Instruction.Constant c when c.flipProbability() == 0 ->
                    record(c.result(), c.bit());
            case Instruction.Jump j -> place = j.to() - 1;
            case Instruction.JumpUnless j -> {
                if (j.condition().evaluate(memory) == 0) {
                    place = j.to() - 1;
                }
            }
            case Instruction.Begin b -> counters[b.loop()] = b.count();
            case Instruction.Next n -> {
                if (--counters[n.loop()] > 0) {
                    place = n.to() - 1;
                }
            }
            case Instruction.Turn t -> {
                if (++counters[t.loop()] > Program.MAX_TURNS) {
                    throw new IllegalStateException(
                            "A while loop has turned "
                                    + Program.MAX_TURNS
                                    + " times in one run. Maybe its condition can never become"
                                    + " false.");
                }
            }
            case Instruction.BeginChain b -> chainHit[b.chain()] = false;
            default -> {
                return false;
            }
        }
        place++;
        return true;
    }

    /** Writes the result bits to packed words, which are zero there. */
    void write(Circuit circuit, BitLayout layout, long[] words, int offset) {
        if (layout.isRecord()) {
            long results = Math.min(memory.recorded(), layout.width());
            for (int k = 0; k < results; k++) {
                if (memory.recordedAt(k)) {
                    words[offset + (k >> 6)] |= 1L << k;
                }
            }
            return;
        }
        int bit = 0;
        for (ClassicalRegister register : circuit.resultRegisters()) {
            for (int k = 0; k < register.size(); k++, bit++) {
                if (memory.bit(register.first() + k)) {
                    words[offset + (bit >> 6)] |= 1L << bit;
                }
            }
        }
    }
}
