package org.jaket.statevector;

import org.jaket.circuit.Block;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.pass.ControlledForm;
import org.jaket.circuit.pass.Expansion;

/**
 * Hands gates to a {@link GateSink} in the cheapest form their matrices allow. It looks at matrices
 * and not at names: diagonal ones become phases, controlled ones controls, the rest dense blocks.
 */
final class GateLowering {
    private final GateSink gates;

    GateLowering(GateSink gates) {
        this.gates = gates;
    }

    /** A complex matrix row by row, interleaved. */
    static double[] entries(ComplexMatrix m) {
        return m.interleaved();
    }

    void apply(GateOperation operation) {
        if (Expansion.isPrimitive(operation.gate())) {
            broadcast(operation);
        } else {
            block(Expansion.of(operation));
        }
    }

    private void block(Block block) {
        for (Operation operation : block.operations()) {
            switch (operation) {
                case GateOperation g -> broadcast(g);
                case Repeat r -> {
                    for (long k = 0; k < r.count(); k++) {
                        block(r.body());
                    }
                }
                default -> throw new IllegalStateException("Not a gate: " + operation.describe());
            }
        }
    }

    private void broadcast(GateOperation g) {
        ControlledForm form = ControlledForm.of(g);
        double[] m = form.entries();
        for (int k = 0; k < g.applications(); k++) {
            int[] controls = form.controls(k);
            long mask = 0;
            long value = 0;
            for (int c = 0; c < controls.length; c++) {
                mask |= 1L << controls[c];
                value |= (form.pattern() >> c & 1) << controls[c];
            }
            int[] targets = form.targets(k);
            one(targets, mask, value, m);
        }
    }

    /** A matrix under controls. */
    private void one(int[] targets, long mask, long value, double[] m) {
        int dimension = 1 << targets.length;
        if (targets.length == 0) {
            gates.phase(mask, value, Math.atan2(m[1], m[0]));
        } else if (Matrices.isDiagonal(m, dimension)) {
            diagonal(targets, mask, value, m);
        } else if (targets.length == 1) {
            boolean flip =
                    m[0] == 0 && m[1] == 0 && m[2] == 1 && m[3] == 0 && m[4] == 1 && m[5] == 0;
            if (mask == 0 && flip) {
                gates.flip(targets[0]);
            } else if (mask == 0) {
                gates.one(targets[0], m);
            } else if (flip) {
                gates.flip(targets[0], mask, value);
            } else {
                gates.controlled(targets[0], mask, value, m);
            }
        } else if (targets.length == 2 && isSwapWithPhases(m)) {
            swap(targets[0], targets[1], mask, value, m);
        } else if (targets.length == 2 && isControlled(m)) {
            // Identity where the first target is 0 (CX and its kin under other names).
            long self = 1L << targets[0];
            double[] small = {m[10], m[11], m[14], m[15], m[26], m[27], m[30], m[31]};
            one(new int[] {targets[1]}, mask | self, value | self, small);
        } else if (targets.length == 2 && isControlled(exchanged(m))) {
            one(new int[] {targets[1], targets[0]}, mask, value, exchanged(m));
        } else {
            gates.dense(targets, mask, value, m);
        }
    }

    /** Phases of single basis states, as terms that need sets of ones (a Moebius transform). */
    private void diagonal(int[] targets, long mask, long value, double[] m) {
        int dimension = 1 << targets.length;
        double[] angle = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            int at = 2 * (i * dimension + i);
            angle[i] = Math.atan2(m[at + 1], m[at]);
        }
        for (int bit = 1; bit < dimension; bit <<= 1) {
            for (int i = 0; i < dimension; i++) {
                if ((i & bit) != 0) {
                    angle[i] -= angle[i ^ bit];
                }
            }
        }
        for (int i = 0; i < dimension; i++) {
            double reduced = Math.IEEEremainder(angle[i], 2 * Math.PI);
            if (Math.abs(reduced) <= Matrices.ROUNDING) {
                continue;
            }
            long ones = 0;
            for (int j = 0; j < targets.length; j++) {
                ones |= (long) (i >> j & 1) << targets[j];
            }
            gates.phase(mask | ones, value | ones, reduced);
        }
    }

    /** |01> and |10> exchanged, with phases: SWAP, iSWAP and the like. */
    private static boolean isSwapWithPhases(double[] m) {
        int[][] places = {{0, 0}, {1, 2}, {2, 1}, {3, 3}};
        double rest = 0;
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                if (places[i][1] != j) {
                    rest += Math.abs(m[2 * (4 * i + j)]) + Math.abs(m[2 * (4 * i + j) + 1]);
                }
            }
        }
        return rest == 0;
    }

    private void swap(int a, int b, long mask, long value, double[] m) {
        if (mask == 0) {
            gates.swap(a, b);
        } else {
            gates.swap(a, b, mask, value);
        }
        // Rows after the exchange: the phases stand on the diagonal of m SWAP.
        double[] d = new double[32];
        int[] from = {0, 2, 1, 3};
        for (int i = 0; i < 4; i++) {
            d[10 * i] = m[2 * (4 * i + from[i])];
            d[10 * i + 1] = m[2 * (4 * i + from[i]) + 1];
        }
        diagonal(new int[] {a, b}, mask, value, d);
    }

    /** Whether a 4x4 matrix is the identity where the first target is 0. */
    private static boolean isControlled(double[] m) {
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                boolean inside = (i & 1) == 1 && (j & 1) == 1;
                double expected = i == j ? 1 : 0;
                if (!inside && (m[2 * (4 * i + j)] != expected || m[2 * (4 * i + j) + 1] != 0)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The same map with the targets in the other order. */
    private static double[] exchanged(double[] m) {
        int[] order = {0, 2, 1, 3};
        double[] out = new double[32];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                out[2 * (4 * i + j)] = m[2 * (4 * order[i] + order[j])];
                out[2 * (4 * i + j) + 1] = m[2 * (4 * order[i] + order[j]) + 1];
            }
        }
        return out;
    }
}
