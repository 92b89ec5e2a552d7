package org.jaket.statevector.lanes;

import org.jaket.statevector.lanes.LaneMatrix.Factor;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Takes matrices under controls in the order of a circuit and gives the steps of a program.
 *
 * <p>Per qubit the one-qubit gates that have no controls are multiplied together until something
 * else needs the qubit. Before them come diagonal gates on several qubits, which wait in groups of
 * few qubits, each group one table of phases. Diagonal gates pass controls, so both wait on when
 * their qubits are only controls. A gate under one control takes with it what is pending on its
 * target: one product where the control is 0, another where it is 1, which together cost no more
 * than the pending gate. A SWAP only renames qubits. Phases of the whole state are left out.
 */
final class LaneGathering {
    /** Qubits of a table of phases: 16 entries are little work next to a pass over the rows. */
    private static final int TABLE = 4;

    /** Diagonal matrices that wait to become one table; its targets and controls as a mask. */
    private record Waiting(int mask, List<Diagonal> diagonals) {}

    /**
     * A diagonal matrix on stored qubits; {@code parity}: two entries, one for rows of even parity
     * under the mask of the targets, one for odd.
     */
    private record Diagonal(LaneMatrix matrix, int[] targets, int mask, int value, boolean parity) {
        int qubits() {
            int all = mask;
            for (int t : targets) {
                all |= 1 << t;
            }
            return all;
        }

        /** The row of the matrix for the bits of a state, or -1 where the controls say no. */
        int entry(int bits) {
            if ((bits & mask) != value) {
                return -1;
            }
            int entry = 0;
            for (int k = 0; k < targets.length; k++) {
                int bit = bits >> targets[k] & 1;
                entry = parity ? entry ^ bit : entry | bit << k;
            }
            return entry;
        }
    }

    private final int qubits;
    private final Coefficients coefficients;
    private final int[] position;
    private final @Nullable LaneMatrix[] pending;
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<LaneStep> steps = new ArrayList<>();

    LaneGathering(int qubits, Coefficients coefficients) {
        this.qubits = qubits;
        this.coefficients = coefficients;
        position = new int[qubits];
        pending = new LaneMatrix[qubits];
        for (int q = 0; q < qubits; q++) {
            position[q] = q;
        }
    }

    /** How many steps there are so far. */
    int steps() {
        return steps.size();
    }

    LaneProgram finish() {
        for (int q = 0; q < qubits; q++) {
            settle(q);
        }
        return new LaneProgram(qubits, List.copyOf(steps), coefficients, position.clone());
    }

    private int place(int mask) {
        int placed = 0;
        for (int rest = mask; rest != 0; rest &= rest - 1) {
            placed |= 1 << position[Integer.numberOfTrailingZeros(rest)];
        }
        return placed;
    }

    // ---- what comes in --------------------------------------------------------------------

    /** A matrix on some of the circuit's qubits where those of {@code mask} read {@code value}. */
    void matrix(int[] on, int onMask, int onValue, LaneMatrix m) {
        int[] targets = new int[on.length];
        for (int k = 0; k < on.length; k++) {
            targets[k] = position[on[k]];
        }
        int mask = place(onMask);
        int value = place(onValue);
        if (m.isDiagonal()) {
            diagonal(
                    new Diagonal(
                            mask == 0 ? coefficients.relative(m) : m, targets, mask, value, false));
        } else if (targets.length == 1 && mask == 0) {
            one(targets[0], m);
        } else if (targets.length == 1) {
            controlled(targets[0], mask, value, m);
        } else if (mask == 0 && m.isSwap()) {
            int p = position[on[0]];
            position[on[0]] = position[on[1]];
            position[on[1]] = p;
        } else {
            settle(targets, mask);
            if (m.isSwap()) {
                int a = 1 << targets[0];
                int b = 1 << targets[1];
                steps.add(new LaneStep.Exchange(mask | a | b, value | a, a | b));
            } else {
                dense(targets, mask, value, m);
            }
        }
    }

    /**
     * A rotation about a Pauli string, by the angle of an RZ.
     *
     * @param onX the circuit's qubits with X or Y
     * @param onZ those with Z or Y
     */
    void rotation(int onX, int onZ, LaneMatrix rz) {
        int x = place(onX);
        int z = place(onZ);
        if (x != 0) {
            for (int q = 0; q < qubits; q++) {
                if ((x >> q & 1) != 0) {
                    settle(q);
                } else if ((z >> q & 1) != 0) {
                    settleForControl(q);
                }
            }
            steps.add(new LaneStep.Rotation(x, z, Integer.bitCount(x & z) & 3, rz.slot()));
        } else if (Integer.bitCount(z) <= TABLE && z != 0) {
            int[] targets = new int[Integer.bitCount(z)];
            int k = 0;
            for (int rest = z; rest != 0; rest &= rest - 1) {
                targets[k++] = Integer.numberOfTrailingZeros(rest);
            }
            diagonal(new Diagonal(coefficients.relative(rz), targets, 0, 0, true));
        } else if (z != 0) {
            for (int rest = z; rest != 0; rest &= rest - 1) {
                settleForControl(Integer.numberOfTrailingZeros(rest));
            }
            steps.add(new LaneStep.Parity(z, rz.slot()));
        }
    }

    private void one(int qubit, LaneMatrix m) {
        LaneMatrix before = pending[qubit];
        pending[qubit] = before == null ? m : coefficients.product(m, before);
    }

    private void diagonal(Diagonal d) {
        int all = d.qubits();
        if (all == 0) {
            return;
        }
        if (Integer.bitCount(all) == 1 && d.mask == 0) {
            one(d.targets[0], d.matrix);
            return;
        }
        for (int rest = all; rest != 0; rest &= rest - 1) {
            settleForControl(Integer.numberOfTrailingZeros(rest));
        }
        for (int k = 0; k < waiting.size(); k++) {
            Waiting w = waiting.get(k);
            if (Integer.bitCount(w.mask | all) <= TABLE) {
                List<Diagonal> both = new ArrayList<>(w.diagonals);
                both.add(d);
                waiting.set(k, new Waiting(w.mask | all, both));
                return;
            }
        }
        waiting.add(new Waiting(all, List.of(d)));
    }

    private void controlled(int target, int mask, int value, LaneMatrix m) {
        for (int rest = mask; rest != 0; rest &= rest - 1) {
            settleForControl(Integer.numberOfTrailingZeros(rest));
        }
        LaneMatrix before = pending[target];
        if (before == null || Integer.bitCount(mask) > 1) {
            settle(target);
            if (m.isFlip()) {
                int bit = 1 << target;
                steps.add(new LaneStep.Exchange(mask | bit, value, bit));
            } else {
                one(target, mask, value, m, false);
            }
            return;
        }
        flush(target);
        pending[target] = null;
        one(target, mask, value ^ mask, before, false);
        if (m.isFlip()) {
            one(target, mask, value, before, true);
        } else {
            one(target, mask, value, coefficients.product(m, before), false);
        }
    }

    // ---- what goes out --------------------------------------------------------------------

    private void settle(int[] targets, int mask) {
        for (int t : targets) {
            settle(t);
        }
        for (int rest = mask; rest != 0; rest &= rest - 1) {
            settleForControl(Integer.numberOfTrailingZeros(rest));
        }
    }

    /** Something diagonal on this qubit comes next. */
    private void settleForControl(int qubit) {
        LaneMatrix m = pending[qubit];
        if (m != null && !m.isDiagonal()) {
            settle(qubit);
        }
    }

    /** Anything may come next on this qubit. */
    private void settle(int qubit) {
        flush(qubit);
        LaneMatrix m = pending[qubit];
        pending[qubit] = null;
        if (m == null) {
            return;
        }
        if (m.isDiagonal()) {
            emit(new Diagonal(m, new int[] {qubit}, 0, 0, false));
        } else if (m.isFlip()) {
            steps.add(new LaneStep.Exchange(1 << qubit, 0, 1 << qubit));
        } else {
            one(qubit, 0, 0, m, false);
        }
    }

    private void one(int qubit, int mask, int value, LaneMatrix m, boolean exchange) {
        steps.add(new LaneStep.One(qubit, mask, value, m.slot(), m.shape(), exchange));
    }

    /** The diagonal gates that wait on this qubit. */
    private void flush(int qubit) {
        for (int k = 0; k < waiting.size(); k++) {
            Waiting w = waiting.get(k);
            if ((w.mask >> qubit & 1) != 0) {
                waiting.remove(k--);
                if (w.diagonals.size() == 1) {
                    emit(w.diagonals.getFirst());
                } else {
                    emit(w);
                }
            }
        }
    }

    private void emit(Diagonal d) {
        if (d.parity) {
            emit(new Waiting(d.qubits(), List.of(d)));
            return;
        }
        int n = 1 << d.targets.length;
        for (int row = 0; row < n; row++) {
            if (!d.matrix.is(row * (n + 1), 1)) {
                int mask = d.mask;
                int value = d.value;
                for (int k = 0; k < d.targets.length; k++) {
                    mask |= 1 << d.targets[k];
                    value |= (row >> k & 1) << d.targets[k];
                }
                int slot = d.matrix.slot() + 2 * row * (n + 1);
                steps.add(new LaneStep.Phase(mask, value, slot));
            }
        }
    }

    private void emit(Waiting w) {
        int entries = 1 << Integer.bitCount(w.mask);
        List<Factor> factors = new ArrayList<>();
        for (Diagonal d : w.diagonals) {
            int[] entry = new int[entries];
            for (int i = 0; i < entries; i++) {
                entry[i] = d.entry(Integer.expand(i, w.mask));
            }
            factors.add(new Factor(d.matrix, entry));
        }
        LaneMatrix table = coefficients.table(factors);
        for (int i = 0; i < entries; i++) {
            if (!table.is(i, 1)) {
                int value = Integer.expand(i, w.mask);
                steps.add(new LaneStep.Phase(w.mask, value, table.slot() + 2 * i));
            }
        }
    }

    private void dense(int[] targets, int mask, int value, LaneMatrix m) {
        int n = m.dimension();
        int fixed = mask;
        int[] offsets = new int[n];
        for (int k = 0; k < targets.length; k++) {
            fixed |= 1 << targets[k];
            for (int row = 0; row < n; row++) {
                offsets[row] |= (row >> k & 1) << targets[k];
            }
        }
        List<Integer> rows = new ArrayList<>();
        List<int[]> columns = new ArrayList<>();
        for (int row = 0; row < n; row++) {
            if (!m.isIdentityRow(row)) {
                int first = row * n;
                rows.add(row);
                columns.add(IntStream.range(0, n).filter(c -> !m.is(first + c, 0)).toArray());
            }
        }
        steps.add(
                new LaneStep.Dense(
                        fixed,
                        value,
                        offsets,
                        rows.stream().mapToInt(r -> r).toArray(),
                        columns.toArray(int[][]::new),
                        m.slot()));
    }
}
