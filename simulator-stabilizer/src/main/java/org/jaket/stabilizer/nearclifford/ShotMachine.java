package org.jaket.stabilizer.nearclifford;

import org.jaket.circuit.expression.ClassicalMemory;
import org.jaket.execution.Progress;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.nearclifford.Program.Op;
import org.jaket.stabilizer.results.ShotBatch;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Runs shots of a program, one after the other: a Pauli frame, amplitudes and a record.
 *
 * <p>Used by one thread at a time; a shot allocates nothing.
 */
final class ShotMachine {
    /** Amplitudes from which on every pass asks whether to stop. */
    private static final int LONG_PASS = 1 << 14;

    private final Histories histories;
    private Segment segment;
    private Program program;
    private int[] code;
    private final long[] frame;
    private long[] record;
    private ClassicalMemory memory;
    private final ActiveVector active;
    private boolean chainHit;
    private double work;
    private @Nullable ShotBatch sweeps;
    private int sweepShot;

    /** A machine for shots that start in the first segment. */
    ShotMachine(Histories histories) {
        this.histories = histories;
        this.segment = histories.root();
        this.program = segment.program();
        this.code = program.code();
        this.frame = new long[2 * program.words()];
        this.record = new long[words(program)];
        this.memory = new ClassicalMemory(program.memory());
        this.active = new ActiveVector(program.mostActive());
    }

    private static int words(Program program) {
        return (program.results() + 63) >>> 6;
    }

    private void enter(Segment next) {
        segment = next;
        program = next.program();
        code = program.code();
        record = words(program) > record.length ? Arrays.copyOf(record, words(program)) : record;
        if (program.memory() > memory.bits()) {
            ClassicalMemory larger = new ClassicalMemory(program.memory());
            System.arraycopy(memory.words(), 0, larger.words(), 0, memory.words().length);
            memory = larger;
        }
        active.ensure(program.mostActive());
    }

    /** Roughly how many numbers the last shot touched, had it run from the start. */
    double work() {
        return work;
    }

    /** Where the shot is: its last segment, once it is through. */
    Segment segment() {
        return segment;
    }

    /** What a classical bit of the circuit holds. */
    boolean bit(int bit) {
        int source = segment.sources()[bit];
        return source == Classical.STORED ? memory.bit(bit) : source >= 0 && result(source);
    }

    private boolean result(int index) {
        return (record[index >>> 6] >>> index & 1) != 0;
    }

    /** The results of the shot, packed. Words behind those of its segment have no meaning. */
    long[] record() {
        return record;
    }

    /** The amplitudes of the active qubits at the end of the shot. */
    ActiveVector active() {
        return active;
    }

    /**
     * Says which sweep bits the shots to come have; without this they are zero.
     *
     * @param batch sweep bits of some shots, or null for zeros
     * @param shot which of them
     */
    void sweeps(@Nullable ShotBatch batch, int shot) {
        sweeps = batch;
        sweepShot = shot;
    }

    /** Back to the start of the circuit. */
    void clear() {
        Arrays.fill(frame, 0);
        Arrays.fill(record, 0);
        memory.clear();
        active.clear();
        enter(histories.root());
        chainHit = false;
    }

    /** Takes over where another machine is, which has not left the first segment. */
    void set(ShotMachine other) {
        enter(other.segment);
        System.arraycopy(other.frame, 0, frame, 0, frame.length);
        System.arraycopy(other.record, 0, record, 0, other.record.length);
        Arrays.fill(record, other.record.length, record.length, 0);
        memory.clear();
        System.arraycopy(other.memory.words(), 0, memory.words(), 0, other.memory.words().length);
        active.set(other.active);
        chainHit = other.chainHit;
    }

    /**
     * Runs a shot from a place of the first segment's code to the end of the circuit.
     *
     * @return whether it got there, or chance gave it up
     * @throws UnsupportedCircuitException if there are too many histories
     * @throws java.util.concurrent.CancellationException if the progress says that the work should
     *     stop
     */
    boolean runToEnd(int from, Chance chance, Progress progress) {
        work = program.work();
        run(from, code.length, chance, progress);
        while (segment.parting() != null) {
            if (chance.isGivenUp()) {
                return false;
            }
            progress.checkCancelled();
            boolean holds = holds(segment.parting().condition());
            enter(histories.next(segment, holds, progress));
            work += program.work();
            run(0, code.length, chance, progress);
        }
        return !chance.isGivenUp();
    }

    /**
     * Runs the operations from one place of the segment's code to another.
     *
     * @throws java.util.concurrent.CancellationException if the progress says that the work should
     *     stop
     */
    void run(int from, int to, Chance chance, Progress progress) {
        int at = from;
        while (at < to) {
            int opcode = code[at];
            if (active.size() >= LONG_PASS) {
                progress.checkCancelled();
            }
            switch (opcode) {
                case Op.ERRORS -> errors(code[at + 1], code[at + 2], chance);
                case Op.FIXED -> result(at, sign(at));
                case Op.COIN -> {
                    boolean minus = chance.coin();
                    result(at, sign(at) ^ minus);
                    if (minus) {
                        flip(code[at + 6]);
                    }
                }
                case Op.COLLAPSE -> {
                    int x = code[at + 7];
                    int z = code[at + 8];
                    boolean minus = chance.happens(active.probabilityOfMinus(x, z));
                    active.collapse(x, z, minus);
                    result(at, sign(at) ^ minus);
                    if (minus) {
                        flip(code[at + 6]);
                    }
                }
                case Op.ROTATE -> {
                    double cos = program.numbers()[code[at + 3]];
                    double sin = program.numbers()[code[at + 3] + 1];
                    active.rotate(code[at + 4], code[at + 5], cos, sign(at) ? -sin : sin);
                }
                case Op.ACTIVATE -> {
                    double cos = program.numbers()[code[at + 3]];
                    double sin = program.numbers()[code[at + 3] + 1];
                    active.activate(cos, sign(at) ? -sin : sin);
                }
                case Op.FEEDBACK -> {
                    if (result(code[at + 1])) {
                        flip(code[at + 2]);
                    }
                }
                case Op.SWEEP -> {
                    if (sweeps != null && sweeps.get(sweepShot, code[at + 1])) {
                        flip(code[at + 2]);
                    }
                }
                case Op.CONSTANT -> toggle(code[at + 1], code[at + 2] != 0);
                case Op.CORRELATED -> correlated(at, chance);
                case Op.FLIP -> flip(code[at + 1]);
                case Op.UNLESS -> {
                    if (!holds(program.conditions()[code[at + 1]])) {
                        at = code[at + 2];
                        continue;
                    }
                }
                case Op.JUMP -> {
                    at = code[at + 1];
                    continue;
                }
                case Op.ASSIGN -> assign(program.assignments()[code[at + 1]]);
                case Op.STORE ->
                        memory.set(code[at + 1], code[at + 2] >= 0 && result(code[at + 2]));
                default -> throw new AssertionError(opcode);
            }
            at += Op.length(opcode);
        }
    }

    /**
     * The sign of an operator: that of the compiler, and whether it anticommutes with the frame.
     */
    private boolean sign(int at) {
        int mask = code[at + 1];
        int end = program.maskStart()[mask + 1];
        long parity = 0;
        for (int e = program.maskStart()[mask]; e < end; e++) {
            parity ^= frame[program.maskWord()[e]] & program.maskBits()[e];
        }
        return (Long.bitCount(parity) & 1) != code[at + 2];
    }

    private void load(Classical value) {
        for (int k = 0; k < value.slots().length; k++) {
            int result = value.results()[k];
            memory.set(value.slots()[k], result >= 0 && result(result));
        }
    }

    private boolean holds(Classical condition) {
        load(condition);
        return condition.value().isTrue(memory);
    }

    private void assign(Classical.Store store) {
        load(store.read());
        store.assignment().execute(memory);
    }

    private void flip(int mask) {
        int end = program.maskStart()[mask + 1];
        for (int e = program.maskStart()[mask]; e < end; e++) {
            frame[program.maskWord()[e]] ^= program.maskBits()[e];
        }
    }

    private void toggle(int bit, boolean value) {
        if (value) {
            record[bit >>> 6] ^= 1L << bit;
        }
    }

    /** Records an outcome, and undoes it where the qubit is reset. */
    private void result(int at, boolean outcome) {
        if (code[at + 3] >= 0) {
            toggle(code[at + 3], outcome != (code[at + 4] != 0));
        }
        if (outcome && code[at + 5] >= 0) {
            flip(code[at + 5]);
        }
    }

    private void correlated(int at, Chance chance) {
        if (code[at + 1] != 0) {
            chainHit = false;
        }
        if (!chainHit && chance.error(program.numbers()[code[at + 2]])) {
            chainHit = true;
            flip(code[at + 3]);
        }
    }

    private void errors(int start, int end, Chance chance) {
        ErrorSites sites = program.sites();
        int site = chance.nextError(sites, start, start, end);
        while (site < end) {
            int channel = sites.channel()[site];
            int choice = chance.choose(sites.cumulative()[channel]);
            int masks = sites.codes()[channel][choice];
            while (masks != 0) {
                flip(sites.masks()[4 * site + Integer.numberOfTrailingZeros(masks)]);
                masks &= masks - 1;
            }
            if (sites.record()[site] >= 0) {
                toggle(sites.record()[site], true);
            }
            site = chance.nextError(sites, start, site + 1, end);
        }
    }
}
