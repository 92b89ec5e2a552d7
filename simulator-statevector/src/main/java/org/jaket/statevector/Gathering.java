package org.jaket.statevector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the gates of a straight stretch of a circuit and gives the {@link Op}s to schedule.
 *
 * <p>One-qubit gates are multiplied together per qubit until something else needs the qubit, then
 * written as phase, real rotation, phase (the ZYZ form). A diagonal gate needs only the part up to
 * the rotation: the last phase commutes with it and waits for the next gate. So in a circuit of
 * random one-qubit gates and CZs each gate costs one real rotation, and all phases between two
 * layers of rotations fall together into one diagonal. SWAPs only rename qubits.
 */
final class Gathering {
    /** More negative controls than this on a phase are kept as controls, not expanded. */
    private static final int EXPANDED_CONTROLS = 4;

    /** Deviation from unitarity below which a matrix is taken to be unitary. */
    private static final double UNITARY = 1e-9;

    private final double @Nullable [][] pending;
    private final int[] position;
    private final List<Op> ops = new ArrayList<>();

    /** Per qubit the place in {@code ops} of the last op that touched it, or -1. */
    private final int[] last;

    Gathering(int qubits) {
        pending = new double[qubits][];
        last = new int[qubits];
        Arrays.fill(last, -1);
        position = new int[qubits];
        for (int q = 0; q < qubits; q++) {
            position[q] = q;
        }
    }

    /** Where each qubit of the circuit lives: the physical qubit after the SWAPs so far. */
    int[] position() {
        return position.clone();
    }

    int position(int qubit) {
        return position[qubit];
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
    void settlePositions() {
        for (int q = 0; q < position.length; q++) {
            while (position[q] != q) {
                int there = position[q];
                int other = 0;
                while (position[other] != q) {
                    other++;
                }
                settle(there);
                settle(q);
                add(new Op.Swap(there, q, 0, 0));
                position[other] = there;
                position[q] = q;
            }
        }
    }

    /** A gate on one qubit, any 2x2 matrix. */
    void one(int qubit, double[] m) {
        int q = position[qubit];
        double[] before = pending[q];
        pending[q] = before == null ? m.clone() : Matrices.multiply(m, before, 2);
    }

    void swap(int a, int b) {
        int p = position[a];
        position[a] = position[b];
        position[b] = p;
    }

    /** {@code exp(i angle)} where all qubits of the mask are one. */
    void phase(long mask, double angle) {
        phasePlaced(place(mask), angle);
    }

    /** {@code exp(i angle)} where the qubits of {@code mask} read {@code value}. */
    void phase(long mask, long value, double angle) {
        long m = place(mask);
        long negative = m & ~place(value);
        if (Long.bitCount(negative) > EXPANDED_CONTROLS) {
            int q = Long.numberOfTrailingZeros(m);
            boolean positive = (negative >> q & 1) == 0;
            double c = Math.cos(angle);
            double s = Math.sin(angle);
            double[] d = positive ? new double[] {1, 0, 0, 0, 0, 0, c, s} : new double[] {c, s, 0, 0, 0, 0, 1, 0};
            settle(q);
            long controls = m & ~(1L << q);
            settleReads(controls);
            add(new Op.Dense1(q, controls, controls & ~negative, d));
            return;
        }
        // A negative control is the absence of a positive one: subtract, for every subset.
        for (long subset = negative; ; subset = (subset - 1) & negative) {
            double sign = (Long.bitCount(subset) & 1) == 0 ? 1 : -1;
            phasePlaced((m & ~negative) | subset, sign * angle);
            if (subset == 0) {
                return;
            }
        }
    }

    private void phasePlaced(long mask, double angle) {
        if (mask == 0) {
            addPhase(0, angle);
            return;
        }
        if (Long.bitCount(mask) == 1) {
            int q = Long.numberOfTrailingZeros(mask);
            double[] d = {1, 0, 0, 0, 0, 0, Math.cos(angle), Math.sin(angle)};
            double[] before = pending[q];
            pending[q] = before == null ? d : Matrices.multiply(d, before, 2);
            return;
        }
        if (absorb(mask, 0, 0, new int[0], new double[] {Math.cos(angle), Math.sin(angle)}, mask)) {
            return;
        }
        settleReads(mask);
        add(new Op.Phase(mask, angle));
    }

    /** A bit flip under at least one control. */
    void flip(int qubit, long mask, long value) {
        int q = position[qubit];
        long m = place(mask);
        long v = place(value);
        double[] x = {0, 0, 1, 0, 1, 0, 0, 0};
        if (absorb(m | 1L << q, m, v, new int[] {q}, x, 0)) {
            return;
        }
        settle(q);
        settleReads(m);
        add(new Op.Flip(q, m, v));
    }

    /** An exchange of two qubits under at least one control. */
    void swap(int a, int b, long mask, long value) {
        int p = position[a];
        int q = position[b];
        long m = place(mask);
        settle(p);
        settle(q);
        settleReads(m);
        add(new Op.Swap(p, q, m, place(value)));
    }

    /**
     * A 2x2 matrix under at least one control. A unitary one is split into phases, which merge with
     * others, and a real rotation.
     */
    void controlled(int qubit, long mask, long value, double[] matrix) {
        if (!Matrices.isUnitary(matrix, 2, UNITARY)) {
            int q = position[qubit];
            settle(q);
            long m = place(mask);
            settleReads(m);
            add(new Op.Dense1(q, m, place(value), matrix.clone()));
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
                add(new Op.Flip(q, m, place(value)));
            } else {
                double[] r = {z.cosine, 0, -z.sine, 0, z.sine, 0, z.cosine, 0};
                add(new Op.Dense1(q, m, place(value), r));
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

    /** Any matrix on several qubits; bit j of a row belongs to {@code qubits[j]}. */
    void dense(int[] qubits, long mask, long value, double[] matrix) {
        int[] placed = new int[qubits.length];
        for (int j = 0; j < qubits.length; j++) {
            placed[j] = position[qubits[j]];
        }
        long m = place(mask);
        long v = place(value);
        double[] entries = matrix.clone();
        int dimension = 1 << qubits.length;
        if (m == 0) {
            // What waits on the targets goes into the matrix.
            for (int q : placed) {
                double[] before = pending[q];
                if (before != null) {
                    double[] wide = Matrices.embed(before, new int[] {q}, 0, 0, placed);
                    entries = Matrices.multiply(entries, wide, dimension);
                    pending[q] = null;
                }
            }
            if (absorb(new Op.Dense(placed, 0, 0, entries).moves(), 0, 0, placed, entries, 0)) {
                return;
            }
        } else {
            for (int q : placed) {
                settle(q);
            }
        }
        settleReads(m);
        add(new Op.Dense(placed, m, v, entries));
    }

    /**
     * Multiplies a gate into the dense block before it, if every qubit it touches was last touched
     * by that block; the gate is a matrix on {@code targets}, or a phase on {@code phaseMask}.
     */
    private boolean absorb(
            long touched, long mask, long value, int[] targets, double[] m, long phaseMask) {
        int at = last[Long.numberOfTrailingZeros(touched)];
        if (at < 0 || !(ops.get(at) instanceof Op.Dense d) || d.mask() != 0) {
            return false;
        }
        for (long rest = touched; rest != 0; rest &= rest - 1) {
            if (last[Long.numberOfTrailingZeros(rest)] != at) {
                return false;
            }
        }
        if ((touched & ~d.moves()) != 0) {
            return false;
        }
        int dimension = 1 << d.qubits().length;
        double[] entries = d.entries();
        for (int q : d.qubits()) {
            double[] waiting = pending[q];
            if ((touched >> q & 1) != 0 && waiting != null) {
                entries =
                        Matrices.multiply(
                                Matrices.embed(waiting, new int[] {q}, 0, 0, d.qubits()),
                                entries,
                                dimension);
                pending[q] = null;
            }
        }
        double[] wide =
                phaseMask == 0
                        ? Matrices.embed(m, targets, mask, value, d.qubits())
                        : Matrices.embed(m, targets, phaseMask, phaseMask, d.qubits());
        ops.set(at, new Op.Dense(d.qubits(), 0, 0, Matrices.multiply(wide, entries, dimension)));
        return true;
    }

    /** Brings everything that waits into the list and returns it. */
    List<Op> finish() {
        for (int q = 0; q < pending.length; q++) {
            settle(q);
        }
        List<Op> all = List.copyOf(ops);
        ops.clear();
        Arrays.fill(last, -1);
        return all;
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
            turn(q, z);
            if (z.after != 0) {
                pending[q] = new double[] {1, 0, 0, 0, 0, 0, Math.cos(z.after), Math.sin(z.after)};
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

    private void turn(int q, Zyz z) {
        boolean flip = z.sine > z.cosine;
        // For the flipped form see the class comment of Zyz.
        double before = flip ? z.before + Math.PI : z.before;
        addPhase(0, z.global);
        addPhase(1L << q, before);
        double tangent = flip ? -z.cosine / z.sine : z.sine / z.cosine;
        add(new Op.Turn(q, tangent, flip, flip ? z.sine : z.cosine));
    }

    private void addPhase(long mask, double angle) {
        double reduced = Math.IEEEremainder(angle, 2 * Math.PI);
        if (Math.abs(reduced) > Matrices.ROUNDING / 4) {
            add(new Op.Phase(mask, reduced));
        }
    }

    private void add(Op op) {
        for (long rest = op.moves() | op.reads(); rest != 0; rest &= rest - 1) {
            last[Long.numberOfTrailingZeros(rest)] = ops.size();
        }
        ops.add(op);
    }

    /**
     * A unitary as {@code exp(i global) diag(1, exp(i after)) [c -s; s c] diag(1, exp(i before))}
     * with c, s not negative. Where s is larger than c the rotation is taken as a flip and a
     * smaller rotation: {@code [c -s; s c] = s [1 c/s; -c/s 1] X Z}, so that tangents stay below one
     * and nothing is lost near half turns.
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
