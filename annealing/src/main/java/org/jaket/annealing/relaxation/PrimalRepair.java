package org.jaket.annealing.relaxation;

import org.jaket.annealing.BinaryQuadraticModel;

/**
 * Makes a solution of a state, cheaply: flips variables until nothing is broken, the least loss for
 * the most repair first, then flips and exchanges whatever makes a solution better.
 *
 * <p>Each variable is flipped once at most while repairing, so that this ends; a flip costs its
 * rows and neighbours, and a choice a pass over all variables and their rows. It may fail where
 * equations need more than one flip at a time.
 */
final class PrimalRepair {
    private static final double EPSILON = 1e-9;

    /** Pairs of variables are exchanged in models of up to this size. */
    private static final int EXCHANGED = 300;

    private final RelaxedRows rows;
    private final BinaryQuadraticModel objective;

    /** For each variable its rows and coefficients. */
    private final int[][] in;

    private final double[][] by;

    PrimalRepair(RelaxedRows rows) {
        this.rows = rows;
        this.objective = rows.objective();
        int n = objective.size();
        int[] count = new int[n];
        for (int[] row : rows.variables) {
            for (int variable : row) {
                count[variable]++;
            }
        }
        in = new int[n][];
        by = new double[n][];
        for (int k = 0; k < n; k++) {
            in[k] = new int[count[k]];
            by[k] = new double[count[k]];
        }
        for (int r = rows.size - 1; r >= 0; r--) {
            for (int t = 0; t < rows.variables[r].length; t++) {
                int variable = rows.variables[r][t];
                int at = --count[variable];
                in[variable][at] = r;
                by[variable][at] = rows.coefficients[r][t];
            }
        }
    }

    /** The repaired state, which may still break something. */
    byte[] repaired(byte[] state) {
        Work work = new Work(state.clone());
        if (work.restore()) {
            work.improve();
        }
        return work.state;
    }

    /** A state with its rows' values and the change of the objective by each flip. */
    private final class Work {
        final byte[] state;
        final double[] values;
        final double[] change;

        Work(byte[] state) {
            this.state = state;
            this.values = rows.values(state);
            this.change = new double[state.length];
            for (int k = 0; k < state.length; k++) {
                double field = objective.linear(k);
                for (int d = 0; d < objective.degree(k); d++) {
                    field += objective.weight(k, d) * state[objective.neighbour(k, d)];
                }
                change[k] = state[k] == 0 ? field : -field;
            }
        }

        private double broken(int row, double value) {
            double amount = rows.equation[row] ? Math.abs(value) : Math.max(0, value);
            return amount <= EPSILON ? 0 : amount;
        }

        /** By how much a flip changes what is broken. */
        private double breaks(int variable) {
            double sum = 0;
            int sign = state[variable] == 0 ? 1 : -1;
            for (int t = 0; t < in[variable].length; t++) {
                int row = in[variable][t];
                double now = values[row];
                sum += broken(row, now + sign * by[variable][t]) - broken(row, now);
            }
            return sum;
        }

        private void flip(int variable) {
            int sign = state[variable] == 0 ? 1 : -1;
            for (int t = 0; t < in[variable].length; t++) {
                values[in[variable][t]] += sign * by[variable][t];
            }
            state[variable] = (byte) (1 - state[variable]);
            change[variable] = -change[variable];
            for (int d = 0; d < objective.degree(variable); d++) {
                int other = objective.neighbour(variable, d);
                double weight = objective.weight(variable, d);
                change[other] += state[other] == 0 ? sign * weight : -sign * weight;
            }
        }

        private boolean isBroken() {
            for (int r = 0; r < rows.size; r++) {
                if (broken(r, values[r]) > 0) {
                    return true;
                }
            }
            return false;
        }

        boolean restore() {
            boolean[] flipped = new boolean[state.length];
            while (isBroken()) {
                int best = -1;
                double least = Double.POSITIVE_INFINITY;
                boolean helps = false;
                for (int k = 0; k < state.length; k++) {
                    double less = flipped[k] ? 1 : breaks(k);
                    if (less > EPSILON) {
                        continue;
                    }
                    // What helps comes before what only moves the violation elsewhere.
                    boolean better = less < -EPSILON;
                    double price = better ? change[k] / -less : change[k];
                    if (better && !helps || better == helps && price < least) {
                        helps = better;
                        least = price;
                        best = k;
                    }
                }
                if (best < 0) {
                    return false;
                }
                flip(best);
                flipped[best] = true;
            }
            return true;
        }

        void improve() {
            boolean better = true;
            while (better) {
                better = add() || state.length <= EXCHANGED && exchange();
            }
        }

        /** The best single flip that keeps everything. */
        private boolean add() {
            int best = -1;
            double least = -EPSILON * rows.unit;
            for (int k = 0; k < state.length; k++) {
                if (change[k] < least && breaks(k) <= 0) {
                    least = change[k];
                    best = k;
                }
            }
            if (best >= 0) {
                flip(best);
            }
            return best >= 0;
        }

        /** The first two flips that together keep everything and are better. */
        private boolean exchange() {
            for (int k = 0; k < state.length; k++) {
                double first = change[k];
                double broken = breaks(k);
                flip(k);
                for (int other = 0; other < state.length; other++) {
                    if (other != k
                            && first + change[other] < -EPSILON * rows.unit
                            && broken + breaks(other) <= EPSILON) {
                        flip(other);
                        return true;
                    }
                }
                flip(k);
            }
            return false;
        }
    }
}
