package org.jaket.statevector;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.expression.ClassicalMemory;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.execution.BitLayout;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Where a run stands, apart from its amplitudes: place, classical memory, loops, random numbers.
 */
final class Run {
    int place;

    /** How many passes of the instruction at the place are done. */
    int pass;

    /**
     * The point of chance before which the run stands inside the noisy stretch at the place, -1 at
     * its start. Runs are not saved inside a stretch.
     */
    int point = -1;

    final ClassicalMemory memory;
    final long[] counters;
    final boolean[] chainHit;

    /** How many random numbers a shot with this history has used. */
    long draws;

    /** How many places it has passed where the state is shown. */
    int shown;

    Run(Program program) {
        memory = new ClassicalMemory(program.circuit().bits());
        counters = new long[program.loops()];
        chainHit = new boolean[program.chains()];
    }

    private Run(Run other) {
        place = other.place;
        pass = other.pass;
        point = other.point;
        memory = other.memory.copy();
        counters = other.counters.clone();
        chainHit = other.chainHit.clone();
        draws = other.draws;
        shown = other.shown;
    }

    Run copy() {
        return new Run(this);
    }

    /** Writes everything to a stream. */
    void save(DataOutput out) throws IOException {
        out.writeInt(place);
        out.writeInt(pass);
        out.writeLong(draws);
        for (long counter : counters) {
            out.writeLong(counter);
        }
        for (boolean hit : chainHit) {
            out.writeBoolean(hit);
        }
        for (long word : memory.words()) {
            out.writeLong(word);
        }
        out.writeLong(memory.recorded());
        for (long k = 0; k < memory.recorded(); k++) {
            out.writeBoolean(memory.recordedAt(k));
        }
    }

    /**
     * Reads what {@link #save} has written for the same program.
     *
     * @throws IllegalArgumentException if it cannot be of this program
     */
    static Run restore(Program program, DataInput in) throws IOException {
        Run run = new Run(program);
        run.place = in.readInt();
        run.pass = in.readInt();
        run.draws = in.readLong();
        for (int k = 0; k < run.counters.length; k++) {
            run.counters[k] = in.readLong();
        }
        for (int k = 0; k < run.chainHit.length; k++) {
            run.chainHit[k] = in.readBoolean();
        }
        long[] words = run.memory.words();
        for (int k = 0; k < words.length; k++) {
            words[k] = in.readLong();
        }
        long recorded = in.readLong();
        for (long k = 0; k < recorded; k++) {
            run.memory.record(in.readBoolean());
        }
        int end = program.instructions().length;
        int passes =
                run.place >= 0
                                && run.place < end
                                && program.instructions()[run.place] instanceof Instruction.Apply a
                        ? a.passes().size()
                        : 0;
        if (run.place < 0 || run.place > end || run.pass < 0 || run.pass > passes) {
            throw new IllegalArgumentException(
                    "There is no pass %d of instruction %d".formatted(run.pass, run.place));
        }
        return run;
    }

    /** Puts a result into the record and, unless negative, a classical bit. */
    void record(boolean result, int bit) {
        memory.record(result);
        if (bit >= 0) {
            memory.set(bit, result);
        }
    }

    /** Notes that a way through noise is done; the instruction is, if the way led to its end. */
    void passed(NoisyStretch stretch, NoisyStretch.Way way) {
        for (int k = Math.max(0, way.from()); k < way.to(); k++) {
            if (stretch.points().get(k) instanceof ChancePoint.Mixture m) {
                boolean[] herald = m.herald();
                if (herald != null) {
                    record(herald[way.outcome(k)], -1);
                }
            }
        }
        boolean whole = way.to() == stretch.points().size();
        point = whole ? -1 : way.to();
        // Who carries out an instruction goes on to the next place; this one is not over.
        place -= whole ? 0 : 1;
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
