package org.jaket.stabilizer.nearclifford;

import org.jaket.execution.Progress;
import org.jaket.stabilizer.nearclifford.Program.Op;

import java.util.Arrays;

/**
 * Runs shots of a program, one after the other: a Pauli frame, amplitudes and a record.
 *
 * <p>Used by one thread at a time; a shot allocates nothing.
 */
final class ShotMachine {
    /** Amplitudes from which on every pass asks whether to stop. */
    private static final int LONG_PASS = 1 << 14;

    private final Program program;
    private final int[] code;
    private final long[] frame;
    private final long[] record;
    private final ActiveVector active;
    private boolean chainHit;

    ShotMachine(Program program) {
        this.program = program;
        this.code = program.code();
        this.frame = new long[2 * program.words()];
        this.record = new long[(program.results() + 63) >>> 6];
        this.active = new ActiveVector(program.mostActive());
    }

    /** The results of the shot, packed. */
    long[] record() {
        return record;
    }

    /** The amplitudes of the active qubits at the end of the shot. */
    ActiveVector active() {
        return active;
    }

    /** Back to the start of the circuit. */
    void clear() {
        Arrays.fill(frame, 0);
        Arrays.fill(record, 0);
        active.clear();
        chainHit = false;
    }

    /** Takes over where another machine of the same program is. */
    void set(ShotMachine other) {
        System.arraycopy(other.frame, 0, frame, 0, frame.length);
        System.arraycopy(other.record, 0, record, 0, record.length);
        active.set(other.active);
        chainHit = other.chainHit;
    }

    /**
     * Runs the operations from one place of the code to another.
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
                    int bit = code[at + 1];
                    if ((record[bit >>> 6] >>> bit & 1) != 0) {
                        flip(code[at + 2]);
                    }
                }
                case Op.CONSTANT -> toggle(code[at + 1], code[at + 2] != 0);
                case Op.CORRELATED -> correlated(at, chance);
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
