package org.jaket.statevector.sparse;

import org.jaket.execution.trajectory.ElementaryGate;

import java.util.ArrayList;
import java.util.List;

/** Phases and permutations that wait to be carried out together. */
final class Batch {
    /** Basis states that all waiting gates see before the next ones are read: 48 KiB of them. */
    private static final int STRETCH = 2048;

    private final List<Sweep> sweeps = new ArrayList<>();

    /** Adds a gate that does not branch. */
    void add(ElementaryGate gate) {
        long mask = 0;
        long value = 0;
        for (int k = 0; k < gate.controls().length; k++) {
            mask |= 1L << gate.controls()[k];
            value |= (gate.pattern() >> k & 1) << gate.controls()[k];
        }
        int[] targets = gate.targets();
        double[] m = gate.matrix();
        if (targets.length == 0) {
            sweeps.add(new Sweep.Phase(mask, value, m[0], m[1]));
        } else if (targets.length == 1 && gate.shape() == ElementaryGate.Shape.DIAGONAL) {
            diagonal(mask, value, 1L << targets[0], m);
        } else if (targets.length == 1 && m[2] == 1 && m[3] == 0 && m[4] == 1 && m[5] == 0) {
            flip(mask, value, 1L << targets[0]);
        } else if (targets.length == 2 && isExchange(m)) {
            sweeps.add(new Sweep.Exchange(mask, value, targets[0], targets[1]));
        } else {
            monomial(mask, value, targets, m);
        }
    }

    private void flip(long mask, long value, long bit) {
        if (mask == 0 && !sweeps.isEmpty() && sweeps.getLast() instanceof Sweep.Flip f) {
            // Flips under the same condition do not disturb it unless they flip its bits.
            if (f.mask() == 0) {
                sweeps.removeLast();
                sweeps.add(new Sweep.Flip(0, 0, f.flipped() ^ bit));
                return;
            }
        }
        sweeps.add(new Sweep.Flip(mask, value, bit));
    }

    private void diagonal(long mask, long value, long bit, double[] m) {
        if (m[0] != 1 || m[1] != 0) {
            sweeps.add(new Sweep.Phase(mask | bit, value, m[0], m[1]));
        }
        if (m[6] != 1 || m[7] != 0) {
            sweeps.add(new Sweep.Phase(mask | bit, value | bit, m[6], m[7]));
        }
    }

    /** Whether a 4x4 matrix is SWAP. */
    private static boolean isExchange(double[] m) {
        return m[0] == 1 && m[2 * (4 + 2)] == 1 && m[2 * (8 + 1)] == 1 && m[30] == 1;
    }

    private void monomial(long mask, long value, int[] targets, double[] m) {
        int dimension = 1 << targets.length;
        long[] flipped = new long[dimension];
        double[] factors = new double[2 * dimension];
        for (int column = 0; column < dimension; column++) {
            int row = 0;
            while (m[2 * (row * dimension + column)] == 0
                    && m[2 * (row * dimension + column) + 1] == 0) {
                row++;
            }
            for (int j = 0; j < targets.length; j++) {
                flipped[column] |= (long) ((row ^ column) >> j & 1) << targets[j];
            }
            factors[2 * column] = m[2 * (row * dimension + column)];
            factors[2 * column + 1] = m[2 * (row * dimension + column) + 1];
        }
        sweeps.add(new Sweep.Monomial(mask, value, targets, flipped, factors));
    }

    boolean isEmpty() {
        return sweeps.isEmpty();
    }

    /** Carries out what waits. */
    void flush(long[] keys, double[] re, double[] im, int size) {
        for (int from = 0; from < size; from += STRETCH) {
            int to = Math.min(size, from + STRETCH);
            for (Sweep sweep : sweeps) {
                sweep.apply(keys, re, im, from, to);
            }
        }
        sweeps.clear();
    }

    /** A copy that waits on its own. */
    Batch copy() {
        Batch copy = new Batch();
        copy.sweeps.addAll(sweeps);
        return copy;
    }
}
