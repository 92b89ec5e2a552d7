package org.jaket.statevector;

import org.jaket.execution.Progress;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Multiplies ops that follow each other on the same two qubits into one dense matrix, where that
 * costs less than the ops one by one.
 *
 * <p>Ops in a row on the same pair come from circuits whose gates are compiled to a few kinds, such
 * as an arbitrary two-qubit gate written as three CX with rotations around them. Phases and
 * rotations of different pairs share passes over a tile, a dense matrix has one of its own, so
 * short rows stay as they are.
 */
final class PairFusion {
    // What an op adds to the work on a tile, where one rotation by itself is 1. Measured with
    // AVX-512
    // on tiles of 2^15; single and double precision differ little.

    /** Up to four rotations share loads and stores. */
    private static final double TURN = 0.45;

    private static final double FLIP = 0.9;

    /** All phases of a stage share one table. */
    private static final double PHASE = 0.15;

    private static final double CONTROLLED = 0.6;

    /** A matrix on two qubits. */
    private static final double DENSE = 3.5;

    /** A matrix on one qubit. */
    private static final double DENSE_ONE = 1.25;

    private final List<Op> out = new ArrayList<>();
    private final @Nullable Row[] open;
    private boolean fused;

    private PairFusion(int qubits) {
        open = new Row[qubits];
    }

    /** Returns ops that do the same, in another order where ops commute. */
    static List<Op> fuse(List<Op> ops, int qubits, Progress progress) {
        PairFusion fusion = new PairFusion(qubits);
        for (int k = 0; k < ops.size(); k++) {
            Gathering.check(k, progress);
            fusion.add(ops.get(k));
        }
        for (int q = 0; q < qubits; q++) {
            fusion.close(q);
        }
        return fusion.fused ? fusion.out : ops;
    }

    /** Ops on one or two qubits that nothing else has touched in between. */
    private static final class Row {
        long qubits;
        final List<Op> ops = new ArrayList<>();
        double cost;
    }

    private void add(Op op) {
        long touched = op.moves() | op.reads();
        int count = Long.bitCount(touched);
        if (count == 0 || count > 2) {
            closeAll(touched);
            out.add(op);
            return;
        }
        int a = Long.numberOfTrailingZeros(touched);
        int b = 63 - Long.numberOfLeadingZeros(touched);
        Row row = open[a];
        if (row == null || row != open[b]) {
            row = join(a, b);
        }
        row.ops.add(op);
        row.cost += cost(op);
    }

    private static double cost(Op op) {
        return switch (op) {
            case Op.Phase p -> PHASE;
            case Op.Turn t -> TURN;
            case Op.Flip f -> FLIP;
            case Op.Dense1 d -> CONTROLLED;
            case Op.Swap s -> FLIP;
            case Op.Dense d -> DENSE;
        };
    }

    /** A row for both qubits, with what has happened to each of them alone. */
    private Row join(int a, int b) {
        Row joined = new Row();
        joined.qubits = 1L << a | 1L << b;
        for (int q : a == b ? new int[] {a} : new int[] {a, b}) {
            Row row = open[q];
            if (row != null && (row.qubits & ~joined.qubits) != 0) {
                close(q);
            } else if (row != null) {
                joined.ops.addAll(row.ops);
                joined.cost += row.cost;
            }
            open[q] = joined;
        }
        return joined;
    }

    private void closeAll(long qubits) {
        for (long rest = qubits; rest != 0; rest &= rest - 1) {
            close(Long.numberOfTrailingZeros(rest));
        }
    }

    private void close(int qubit) {
        Row row = open[qubit];
        if (row == null) {
            return;
        }
        int a = Long.numberOfTrailingZeros(row.qubits);
        int b = 63 - Long.numberOfLeadingZeros(row.qubits);
        open[a] = null;
        open[b] = null;
        if (row.ops.size() == 1 || row.cost <= (a == b ? DENSE_ONE : DENSE)) {
            out.addAll(row.ops);
            return;
        }
        fused = true;
        int[] qubits = a == b ? new int[] {a} : new int[] {a, b};
        double[] matrix = matrix(row.ops, qubits);
        out.add(a == b ? new Op.Dense1(a, 0, 0, matrix) : new Op.Dense(qubits, 0, 0, matrix));
    }

    // ---- matrices -------------------------------------------------------------------------

    private static double[] matrix(List<Op> ops, int[] qubits) {
        int dimension = 1 << qubits.length;
        double[] m = new double[2 * dimension * dimension];
        for (int i = 0; i < dimension; i++) {
            m[2 * (i * dimension + i)] = 1;
        }
        for (Op op : ops) {
            switch (op) {
                case Op.Phase(long mask, double angle) -> {
                    double[] d = {1, 0, 0, 0, 0, 0, Angles.cos(angle), Angles.sin(angle)};
                    int q = place(Long.numberOfTrailingZeros(mask), qubits);
                    int rest = (int) Long.compress(mask, mask(qubits)) & ~(1 << q);
                    rows(m, dimension, q, rest, rest, d);
                }
                case Op.Turn(int q, double t, double c) -> {
                    double[] d = {c, 0, -c * t, 0, c * t, 0, c, 0};
                    rows(m, dimension, place(q, qubits), 0, 0, d);
                }
                case Op.Flip(int q, long mask, long value) -> {
                    double[] d = {0, 0, 1, 0, 1, 0, 0, 0};
                    rows(
                            m,
                            dimension,
                            place(q, qubits),
                            local(mask, qubits),
                            local(value, qubits),
                            d);
                }
                case Op.Dense1(int q, long mask, long value, double[] d) ->
                        rows(
                                m,
                                dimension,
                                place(q, qubits),
                                local(mask, qubits),
                                local(value, qubits),
                                d);
                case Op.Swap(int a, int b, long mask, long value) -> {
                    double[] x = {0, 0, 1, 0, 1, 0, 0, 0};
                    for (int target = 0; target < 3; target++) {
                        int control = target == 1 ? 1 : 2;
                        rows(m, dimension, target & 1, control, control, x);
                    }
                }
                case Op.Dense d -> {
                    double[] wide =
                            Matrices.embed(d.entries(), d.qubits(), d.mask(), d.value(), qubits);
                    m = Matrices.multiply(wide, m, dimension);
                }
            }
        }
        return m;
    }

    private static int local(long mask, int[] qubits) {
        return (int) Long.compress(mask, mask(qubits));
    }

    private static long mask(int[] qubits) {
        long mask = 0;
        for (int q : qubits) {
            mask |= 1L << q;
        }
        return mask;
    }

    private static int place(int qubit, int[] qubits) {
        return qubits[0] == qubit ? 0 : 1;
    }

    /** Multiplies a 2x2 matrix on one bit of the row number, under controls, into a matrix. */
    private static void rows(double[] m, int dimension, int bit, int mask, int value, double[] d) {
        for (int r = 0; r < dimension; r++) {
            if ((r >> bit & 1) != 0 || (r & mask) != value) {
                continue;
            }
            int i = 2 * r * dimension;
            int j = i + (2 * dimension << bit);
            for (int c = 0; c < 2 * dimension; c += 2) {
                double x = m[i + c];
                double y = m[i + c + 1];
                double u = m[j + c];
                double v = m[j + c + 1];
                m[i + c] = d[0] * x - d[1] * y + d[2] * u - d[3] * v;
                m[i + c + 1] = d[0] * y + d[1] * x + d[2] * v + d[3] * u;
                m[j + c] = d[4] * x - d[5] * y + d[6] * u - d[7] * v;
                m[j + c + 1] = d[4] * y + d[5] * x + d[6] * v + d[7] * u;
            }
        }
    }
}
