package org.jaket.execution.trajectory;

import org.jaket.circuit.GateOperation;
import org.jaket.circuit.expression.ClassicalMemory;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.expression.Constant;
import org.jaket.circuit.expression.Expression;
import org.jaket.execution.Progress;

/** Where a run stands, apart from its state: place, classical memory, loops, random numbers. */
final class Run {
    private final Program program;
    int place;
    final ClassicalMemory memory;
    private final long[] counters;
    final boolean[] chainHit;

    /** How many random numbers a shot with this history has used. */
    long draws;

    Run(Program program) {
        this.program = program;
        memory = new ClassicalMemory(program.circuit().bits());
        counters = new long[program.loops()];
        chainHit = new boolean[program.chains()];
    }

    private Run(Run other) {
        program = other.program;
        place = other.place;
        memory = other.memory.copy();
        counters = other.counters.clone();
        chainHit = other.chainHit.clone();
        draws = other.draws;
    }

    Run copy() {
        return new Run(this);
    }

    boolean isOver() {
        return place >= program.steps().length;
    }

    Step step() {
        return program.steps()[place];
    }

    /** Puts a result into the record and, unless negative, a classical bit. */
    void record(boolean result, int bit) {
        memory.record(result);
        if (bit >= 0) {
            memory.set(bit, result);
        }
    }

    /** Records a joint outcome; {@code wrong} says which records are wrong, packed. */
    void record(Step.Measure m, long[] outcome, long[] wrong) {
        for (int k = 0; k < m.qubits().length; k++) {
            long bit = (outcome[k >> 6] ^ wrong[k >> 6]) >>> k & 1;
            record(bit != 0 != m.inverted()[k], m.bits()[k]);
        }
    }

    /**
     * Goes on to the next step that is random, carrying out what comes before.
     *
     * @return whether there is one
     */
    boolean advance(PureState<?> state, Progress progress) {
        while (!isOver()) {
            switch (step()) {
                case Step.Gates g -> {
                    for (ElementaryGate gate : g.gates()) {
                        progress.checkCancelled();
                        state.apply(gate);
                    }
                }
                case Step.Evaluated e ->
                        ElementaryGate.forEach(evaluated(e.operation()), state::apply);
                case Step.Assign a -> a.assignment().execute(memory);
                case Step.Constant c when c.flipProbability() == 0 -> record(c.result(), c.bit());
                case Step.Jump j -> place = j.to() - 1;
                case Step.JumpUnless j -> {
                    if (j.condition().evaluate(memory) == 0) {
                        place = j.to() - 1;
                    }
                }
                case Step.Begin b -> counters[b.loop()] = b.count();
                case Step.Next n -> {
                    progress.checkCancelled();
                    if (--counters[n.loop()] > 0) {
                        place = n.to() - 1;
                    }
                }
                case Step.Turn t -> turn(t.loop());
                case Step.BeginChain b -> chainHit[b.chain()] = false;
                default -> {
                    return true;
                }
            }
            place++;
        }
        return false;
    }

    private void turn(int loop) {
        if (++counters[loop] > Program.MAX_TURNS) {
            throw new IllegalStateException(
                    "A while loop has turned "
                            + Program.MAX_TURNS
                            + " times in one run. Maybe its condition can never become false.");
        }
    }

    /** The gate with the angles that the run has computed. */
    private GateOperation evaluated(GateOperation operation) {
        return operation.mapExpressions(
                e ->
                        e instanceof Constant
                                ? e
                                : Expression.of(e.type().toDouble(e.evaluate(memory))));
    }

    /** Writes the result bits to packed words, which are zero there. */
    void write(long[] words, int offset) {
        if (program.layout().isRecord()) {
            long results = Math.min(memory.recorded(), program.layout().width());
            for (int k = 0; k < results; k++) {
                if (memory.recordedAt(k)) {
                    words[offset + (k >> 6)] |= 1L << k;
                }
            }
            return;
        }
        int bit = 0;
        for (ClassicalRegister register : program.circuit().resultRegisters()) {
            for (int k = 0; k < register.size(); k++, bit++) {
                if (memory.bit(register.first() + k)) {
                    words[offset + (bit >> 6)] |= 1L << bit;
                }
            }
        }
    }
}
