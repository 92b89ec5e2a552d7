package org.jaket.annealing.relaxation;

import java.util.ArrayList;
import java.util.List;

/**
 * The linear program {@code maximise v with v <= constant[i] + slope[i] lambda for all cuts i},
 * multipliers in a box.
 *
 * <p>Solved by the primal simplex method on its dual, {@code minimise sum alpha constant + sum
 * limit (p + q) with sum alpha slope - p + q = 0, sum alpha = 1}: a new cut is a new column, so
 * each solution starts from the one before, and no first phase is needed. Right sides are moved off
 * 0 by a tiny amount each, because otherwise all but one pivot would be degenerate.
 */
final class CutProgram {
    private static final double EPSILON = 1e-10;

    /** How far right sides are moved. */
    private static final double SHIFT = 1e-9;

    /** The box grows so often at most, where v does not grow with it. */
    private static final int WIDENINGS = 10;

    private final boolean[] free;
    private final int rows;
    private double limit;

    /** p, q, the artificial column of the last row, cuts; each transformed by the basis. */
    private final List<double[]> columns = new ArrayList<>();

    private final List<Double> constants = new ArrayList<>();
    private final double[] right;
    private final int[] basis;

    /**
     * A program without cuts.
     *
     * @param free whether a multiplier may be negative
     * @param limit the first size of the box
     */
    CutProgram(boolean[] free, double limit) {
        this.free = free;
        this.rows = free.length;
        this.limit = limit;
        this.right = new double[rows + 1];
        this.basis = new int[rows + 1];
    }

    /** Adds a cut. */
    void add(double constant, double[] slope) {
        constants.add(constant);
        if (columns.isEmpty()) {
            start(slope);
            return;
        }
        double[] column = columns.get(2 * rows).clone();
        for (int j = 0; j < rows; j++) {
            if (slope[j] != 0) {
                double[] inverse = columns.get(rows + j);
                for (int r = 0; r <= rows; r++) {
                    column[r] += slope[j] * inverse[r];
                }
            }
        }
        columns.add(column);
    }

    /** The first cut has all the weight, and p or q balance its slope. */
    private void start(double[] slope) {
        double[] sign = new double[rows];
        for (int j = 0; j < rows; j++) {
            double shift = SHIFT * (1 + (j * 0.6180339887498949) % 1);
            double rest = shift - slope[j];
            sign[j] = rest >= 0 ? 1 : -1;
            right[j] = Math.abs(rest);
            basis[j] = rest >= 0 ? rows + j : j;
        }
        right[rows] = 1;
        basis[rows] = 2 * rows + 1;
        for (int j = 0; j < 2 * rows; j++) {
            double[] column = new double[rows + 1];
            column[j % rows] = (j < rows ? -1 : 1) * sign[j % rows];
            columns.add(column);
        }
        double[] artificial = new double[rows + 1];
        for (int j = 0; j < rows; j++) {
            artificial[j] = -slope[j] * sign[j];
        }
        artificial[rows] = 1;
        columns.add(artificial);
        double[] cut = new double[rows + 1];
        cut[rows] = 1;
        columns.add(cut);
    }

    private double cost(int column) {
        if (column < rows) {
            return limit;
        }
        if (column < 2 * rows) {
            return free[column - rows] ? limit : 0;
        }
        return constants.get(column - 2 * rows - 1);
    }

    /**
     * Solves the program, and widens the box where it alone holds the largest v down.
     *
     * @param enough a v up to this is nothing new
     * @return the largest v; at most {@code enough} where nothing is new
     */
    double promise(double enough) {
        double promise = solve();
        for (int k = 0; k < WIDENINGS && promise <= enough && isAtLimit(); k++) {
            widen();
            promise = solve();
        }
        return promise;
    }

    /** Makes the box wider. */
    void widen() {
        limit *= 4;
    }

    /** Whether the box holds multipliers back. */
    boolean isAtLimit() {
        for (double value : multipliers()) {
            if (Math.abs(value) >= limit * (1 - 1e-9)) {
                return true;
            }
        }
        return false;
    }

    /** Solves the program, and gives the largest v. */
    double solve() {
        int most = 20 * (rows + columns.size());
        for (int pivots = 0; pivots < most; pivots++) {
            int entering = entering(pivots > most / 2);
            if (entering < 0) {
                break;
            }
            int leaving = leaving(columns.get(entering));
            if (leaving < 0) {
                break;
            }
            pivot(entering, leaving);
        }
        return price(2 * rows);
    }

    /** The column with the most negative reduced cost, or Bland's first one, which cannot cycle. */
    private int entering(boolean bland) {
        double[] costs = new double[rows + 1];
        for (int r = 0; r <= rows; r++) {
            costs[r] = cost(basis[r]);
        }
        int best = -1;
        double least = -EPSILON * (1 + limit);
        for (int c = 0; c < columns.size(); c++) {
            if (c == 2 * rows) {
                continue;
            }
            double reduced = cost(c);
            double[] column = columns.get(c);
            for (int r = 0; r <= rows; r++) {
                reduced -= costs[r] * column[r];
            }
            if (reduced < least) {
                best = c;
                if (bland) {
                    return best;
                }
                least = reduced;
            }
        }
        return best;
    }

    private int leaving(double[] column) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int r = 0; r <= rows; r++) {
            if (column[r] > EPSILON) {
                double ratio = right[r] / column[r];
                if (ratio < least || ratio == least && basis[r] < basis[best]) {
                    least = ratio;
                    best = r;
                }
            }
        }
        return best;
    }

    private void pivot(int entering, int row) {
        double[] factor = columns.get(entering).clone();
        double pivot = factor[row];
        for (double[] column : columns) {
            double share = column[row] / pivot;
            if (share != 0) {
                for (int r = 0; r <= rows; r++) {
                    column[r] -= factor[r] * share;
                }
                column[row] = share;
            }
        }
        double share = right[row] / pivot;
        for (int r = 0; r <= rows; r++) {
            right[r] = Math.max(0, right[r] - factor[r] * share);
        }
        right[row] = share;
        basis[row] = entering;
    }

    /** The dual price of the row whose unit column this once was. */
    private double price(int column) {
        double sum = 0;
        double[] inverse = columns.get(column);
        for (int r = 0; r <= rows; r++) {
            sum += cost(basis[r]) * inverse[r];
        }
        return sum;
    }

    /** The multipliers of the last solution. */
    double[] multipliers() {
        double[] lambda = new double[rows];
        for (int j = 0; j < rows; j++) {
            lambda[j] = Math.clamp(-price(rows + j), free[j] ? -limit : 0, limit);
        }
        return lambda;
    }
}
