package org.jaket.statevector;

import org.jaket.execution.Progress;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes the gates of a straight stretch of a circuit and gives the {@link Op}s to schedule.
 *
 * <p>One-qubit gates are multiplied together per qubit until something else needs the qubit, then
 * written as phase, real rotation, phase (the ZYZ form). A diagonal gate needs only the part up to
 * the rotation: the last phase commutes with it and waits for the next gate. So in a circuit of
 * random one-qubit gates and CZs each gate costs one real rotation, and all phases between two
 * layers of rotations fall together into one diagonal. SWAPs only rename qubits and Xs only
 * exchange the names of 0 and 1: see {@link Frame}.
 */
final class Gathering implements GateSink {
    /** More negative controls than this on a phase are kept as controls, not expanded. */
    private static final int EXPANDED_CONTROLS = 4;

    /** Deviation from unitarity below which a matrix is taken to be unitary. */
    private static final double UNITARY = 1e-9;

    /** Work on ops looks so often whether to stop: 2^12 ops take a few milliseconds. */
    static final int CHECKED_OPS = 1 << 12;

    private final double[] @Nullable [] pending;
    private final int[] position;

    /** The physical qubits whose 0 and 1 are exchanged at this point. */
    private long flipped;

    private final List<Op> ops = new ArrayList<>();

    /** Per qubit the place in {@code ops} of the last op that touched it, or -1. */
    private final int[] last;

    private final Progress progress;

    Gathering(int qubits) {
        this(Frame.identity(qubits));
    }

    /** For gates on amplitudes that lie in a frame. */
    Gathering(Frame frame) {
        this(frame, Progress.NONE);
    }

    /** The same for very many gates, with a listener that may cancel. */
    Gathering(Frame frame, Progress progress) {
        this.progress = progress;
        int qubits = frame.position().length;
        pending = new double[qubits][];
        last = new int[qubits];
        Arrays.fill(last, -1);
        position = frame.position().clone();
        flipped = frame.flipped();
    }

    /** Where the qubits of the circuit are at this point. */
    Frame frame() {
        return new Frame(position.clone(), flipped);
    }

    /** The mask of physical qubits for a mask of the circuit's. */
    long place(long mask) {
        long placed = 0;
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            placed |= 1L << position[Long.numberOfTrailingZeros(rest)];
        }
        return placed;
    }

    /** Undoes the renaming by real exchanges, so that every qubit is at its own place again. */
    void settleFrame() {
        settleFrame(Frame.identity(position.length));
    }

    /** Brings qubits to where another frame has them, by real exchanges and flips. */
    void settleFrame(Frame target) {
        // Settling may flip any qubit that has a gate pending, such as Y.
        for (int q = 0; q < pending.length; q++) {
            settle(q);
        }
        for (int q = 0; q < position.length; q++) {
            int from = position[q];
            int to = target.position()[q];
            if (from == to) {
                continue;
            }
            int other = 0;
            while (position[other] != to) {
                other++;
            }
            add(new Op.Swap(from, to, 0, 0));
            position[other] = from;
            position[q] = to;
            if (isFlipped(from) != isFlipped(to)) {
                flipped ^= 1L << from | 1L << to;
            }
        }
        for (long rest = flipped ^ target.flipped(); rest != 0; rest &= rest - 1) {
            add(new Op.Flip(Long.numberOfTrailingZeros(rest), 0, 0));
        }
        flipped = target.flipped();
    }

    @Override
    public void one(int qubit, double[] m) {
        int q = position[qubit];
        double[] before = pending[q];
        double[] now = seen(q, m);
        pending[q] = before == null ? now : Matrices.multiply(now, before, 2);
    }

    @Override
    public void flip(int qubit) {
        flipped ^= 1L << position[qubit];
    }

    /** A 2x2 matrix on a qubit as it acts on the stored amplitudes. */
    private double[] seen(int q, double[] m) {
        return (flipped >> q & 1) == 0
                ? m.clone()
                : new double[] {m[6], m[7], m[4], m[5], m[2], m[3], m[0], m[1]};
    }

    private boolean isFlipped(int q) {
        return (flipped >> q & 1) != 0;
    }

    @Override
    public void swap(int a, int b) {
        int p = position[a];
        position[a] = position[b];
        position[b] = p;
    }

    @Override
    public void phase(long mask, long value, double angle) {
        long m = place(mask);
        double c = Angles.cos(angle);
        double s = Angles.sin(angle);
        if (m == 0) {
            addPhase(0, angle);
            return;
        }
        if (Long.bitCount(m) == 1) {
            int q = Long.numberOfTrailingZeros(m);
            double[] d = phaseMatrix(placeValue(m, value) != 0, c, s);
            double[] before = pending[q];
            pending[q] = before == null ? d : Matrices.multiply(d, before, 2);
            return;
        }
        if (absorb(m, m, placeValue(m, value), new int[0], new double[] {c, s})) {
            return;
        }
        settleReads(m);
        long v = placeValue(m, value);
        long negative = m & ~v;
        if (Long.bitCount(negative) > EXPANDED_CONTROLS) {
            int q = Long.numberOfTrailingZeros(m);
            boolean one = (v >> q & 1) != 0;
            settle(q);
            long controls = m & ~(1L << q);
            add(new Op.Dense1(q, controls, v & controls, phaseMatrix(one, c, s)));
            return;
        }
        // A negative control is the absence of a positive one: subtract, for every subset.
        for (long subset = negative; ; subset = (subset - 1) & negative) {
            double sign = (Long.bitCount(subset) & 1) == 0 ? 1 : -1;
            addPhase((m & ~negative) | subset, sign * angle);
            if (subset == 0) {
                return;
            }
        }
    }

    private static double[] phaseMatrix(boolean one, double c, double s) {
        return one ? new double[] {1, 0, 0, 0, 0, 0, c, s} : new double[] {c, s, 0, 0, 0, 0, 1, 0};
    }

    /** A control value as it is stored. */
    private long placeValue(long placedMask, long value) {
        return place(value) ^ (flipped & placedMask);
    }

    @Override
    public void flip(int qubit, long mask, long value) {
        int q = position[qubit];
        long m = place(mask);
        double[] x = {0, 0, 1, 0, 1, 0, 0, 0};
        if (absorb(m | 1L << q, m, placeValue(m, value), new int[] {q}, x)) {
            return;
        }
        settle(q);
        settleReads(m);
        add(new Op.Flip(q, m, placeValue(m, value)));
    }

    @Override
    public void swap(int a, int b, long mask, long value) {
        int p = position[a];
        int q = position[b];
        long m = place(mask);
        settle(p);
        settle(q);
        // With one side flipped, what is exchanged are the bits as they are seen.
        if (isFlipped(p) != isFlipped(q)) {
            add(new Op.Flip(p, 0, 0));
            flipped ^= 1L << p;
        }
        settleReads(m);
        add(new Op.Swap(p, q, m, placeValue(m, value)));
    }

    /**
     * A 2x2 matrix under at least one control. A unitary one is split into phases, which merge with
     * others, and a real rotation.
     */
    @Override
    public void controlled(int qubit, long mask, long value, double[] matrix) {
        if (!Matrices.isUnitary(matrix, 2, UNITARY)) {
            int q = position[qubit];
            settle(q);
            long m = place(mask);
            settleReads(m);
            add(new Op.Dense1(q, m, placeValue(m, value), seen(q, matrix)));
            return;
        }
        Zyz z = Zyz.of(matrix);
        long self = 1L << qubit;
        phaseUnlessZero(mask | self, value | self, z.before);
        if (z.sine != 0) {
            int q = position[qubit];
            long m = place(mask);
            settle(q);
            settleReads(m);
            if (z.cosine == 0) {
                // [0 -1; 1 0] = X diag(1, -1): the sign joins the phases.
                phaseUnlessZero(mask | self, value | self, Math.PI);
                add(new Op.Flip(q, m, placeValue(m, value)));
            } else {
                double[] r = {z.cosine, 0, -z.sine, 0, z.sine, 0, z.cosine, 0};
                add(new Op.Dense1(q, m, placeValue(m, value), seen(q, r)));
            }
        }
        phaseUnlessZero(mask | self, value | self, z.after);
        phaseUnlessZero(mask, value, z.global);
    }

    private void phaseUnlessZero(long mask, long value, double angle) {
        if (angle != 0) {
            phase(mask, value, angle);
        }
    }

    @Override
    public void dense(int[] qubits, long mask, long value, double[] matrix) {
        int[] placed = new int[qubits.length];
        long moves = 0;
        for (int j = 0; j < qubits.length; j++) {
            placed[j] = position[qubits[j]];
            moves |= 1L << placed[j];
        }
        long m = place(mask);
        if (absorb(m | moves, m, placeValue(m, value), placed, stored(matrix, placed))) {
            return;
        }
        if (m == 0) {
            add(new Op.Dense(placed, 0, 0, withPending(stored(matrix, placed), placed)));
            return;
        }
        for (int q : placed) {
            settle(q);
        }
        settleReads(m);
        add(new Op.Dense(placed, m, placeValue(m, value), stored(matrix, placed)));
    }

    /** A matrix on stored qubits as it acts on the stored amplitudes. */
    private double[] stored(double[] matrix, int[] placed) {
        int exchanged = 0;
        for (int j = 0; j < placed.length; j++) {
            exchanged |= (int) (flipped >> placed[j] & 1) << j;
        }
        return Matrices.exchange(matrix, 1 << placed.length, exchanged);
    }

    /** The matrix after everything that waits on its qubits, which then waits no more. */
    private double[] withPending(double[] matrix, int[] placed) {
        double[] entries = matrix;
        for (int q : placed) {
            double[] before = pending[q];
            if (before != null) {
                double[] wide = Matrices.embed(before, new int[] {q}, 0, 0, placed);
                entries = Matrices.multiply(entries, wide, 1 << placed.length);
                pending[q] = null;
            }
        }
        return entries;
    }

    /**
     * Multiplies a gate, a matrix on {@code targets} under controls, into the dense block before
     * it, if every qubit it touches was last touched by that block.
     */
    private boolean absorb(long touched, long mask, long value, int[] targets, double[] m) {
        int at = last[Long.numberOfTrailingZeros(touched)];
        if (at < 0
                || !(ops.get(at) instanceof Op.Dense d)
                || d.mask() != 0
                || (touched & ~d.moves()) != 0) {
            return false;
        }
        for (long rest = touched; rest != 0; rest &= rest - 1) {
            if (last[Long.numberOfTrailingZeros(rest)] != at) {
                return false;
            }
        }
        int dimension = 1 << d.qubits().length;
        double[] gate = Matrices.embed(m, targets, mask, value, d.qubits());
        for (int q : d.qubits()) {
            double[] waiting = pending[q];
            if ((touched >> q & 1) != 0 && waiting != null) {
                double[] wide = Matrices.embed(waiting, new int[] {q}, 0, 0, d.qubits());
                gate = Matrices.multiply(gate, wide, dimension);
                pending[q] = null;
            }
        }
        double[] entries = Matrices.multiply(gate, d.entries(), dimension);
        ops.set(at, new Op.Dense(d.qubits(), 0, 0, entries));
        return true;
    }

    /** Brings everything that waits into the list and returns it. */
    List<Op> finish() {
        for (int q = 0; q < pending.length; q++) {
            settle(q);
        }
        int qubits = position.length;
        List<Op> all = PairFusion.fuse(Peephole.rewrite(ops, qubits, progress), qubits, progress);
        ops.clear();
        Arrays.fill(last, -1);
        return all;
    }

    /** In loops over ops: asks once in a while whether to stop. */
    static void check(int number, Progress progress) {
        if ((number & CHECKED_OPS - 1) == 0) {
            progress.checkCancelled();
        }
    }

    /** Before something diagonal on these qubits: up to the rotation. */
    private void settleReads(long mask) {
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            int q = Long.numberOfTrailingZeros(rest);
            double[] m = pending[q];
            if (m == null || Matrices.isDiagonal(m, 2)) {
                continue;
            }
            pending[q] = null;
            if (intoDense(q, m)) {
                continue;
            }
            if (!Matrices.isUnitary(m, 2, UNITARY)) {
                add(new Op.Dense1(q, 0, 0, m));
                continue;
            }
            Zyz z = Zyz.of(m);
            boolean turned = turn(q, z);
            double c = Angles.cos(z.after);
            double s = Angles.sin(z.after);
            if (s != 0 || c != 1) {
                pending[q] =
                        turned
                                ? new double[] {c, s, 0, 0, 0, 0, 1, 0}
                                : new double[] {1, 0, 0, 0, 0, 0, c, s};
            }
        }
    }

    /** Before something that moves this qubit: everything. */
    private void settle(int q) {
        settleReads(1L << q);
        double[] d = pending[q];
        if (d == null) {
            return;
        }
        pending[q] = null;
        if (intoDense(q, d)) {
            return;
        }
        if (!Matrices.isUnitary(d, 2, UNITARY)) {
            add(new Op.Dense1(q, 0, 0, d));
            return;
        }
        double global = Math.atan2(d[1], d[0]);
        addPhase(0, global);
        addPhase(1L << q, Math.atan2(d[7], d[6]) - global);
    }

    private boolean intoDense(int q, double[] m) {
        int at = last[q];
        if (at < 0 || !(ops.get(at) instanceof Op.Dense d) || d.mask() != 0) {
            return false;
        }
        double[] wide = Matrices.embed(m, new int[] {q}, 0, 0, d.qubits());
        ops.set(
                at,
                new Op.Dense(
                        d.qubits(),
                        0,
                        0,
                        Matrices.multiply(wide, d.entries(), 1 << d.qubits().length)));
        return true;
    }

    /** The rotation of z and what comes before it; returns whether it left the qubit flipped. */
    private boolean turn(int q, Zyz z) {
        addPhase(0, z.global);
        if (z.sine <= z.cosine) {
            addPhase(1L << q, z.before);
            add(new Op.Turn(q, z.sine / z.cosine, z.cosine));
            return false;
        }
        addPhase(1L << q, z.before + Math.PI);
        add(new Op.Turn(q, z.cosine / z.sine, z.sine));
        flipped ^= 1L << q;
        return true;
    }

    private void addPhase(long mask, double angle) {
        double reduced = Math.IEEEremainder(angle, 2 * Math.PI);
        if (Math.abs(reduced) > Matrices.ROUNDING / 4) {
            add(new Op.Phase(mask, reduced));
        }
    }

    private void add(Op op) {
        check(ops.size(), progress);
        for (long rest = op.moves() | op.reads(); rest != 0; rest &= rest - 1) {
            last[Long.numberOfTrailingZeros(rest)] = ops.size();
        }
        ops.add(op);
    }

    /**
     * A unitary as {@code exp(i global) diag(1, exp(i after)) [c -s; s c] diag(1, exp(i before))}
     * with c, s not negative. Where s is larger than c the rotation is taken as a smaller one and a
     * flip, {@code [c -s; s c] = X s [1 -c/s; c/s 1] Z}: tangents stay below one, nothing is lost
     * near half turns, and the flip costs nothing.
     */
    private record Zyz(double global, double after, double sine, double cosine, double before) {
        static Zyz of(double[] m) {
            double c = Math.hypot(m[0], m[1]);
            double s = Math.hypot(m[4], m[5]);
            if (s <= Matrices.ROUNDING) {
                double global = Math.atan2(m[1], m[0]);
                return new Zyz(global, Math.atan2(m[7], m[6]) - global, 0, 1, 0);
            }
            if (c <= Matrices.ROUNDING) {
                double global = Math.atan2(-m[3], -m[2]);
                return new Zyz(global, Math.atan2(m[5], m[4]) - global, 1, 0, 0);
            }
            double norm = Math.hypot(c, s);
            double global = Math.atan2(m[1], m[0]);
            return new Zyz(
                    global,
                    Math.atan2(m[5], m[4]) - global,
                    s / norm,
                    c / norm,
                    Math.atan2(-m[3], -m[2]) - global);
        }
    }
}
