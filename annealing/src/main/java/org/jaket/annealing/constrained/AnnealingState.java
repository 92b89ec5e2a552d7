package org.jaket.annealing.constrained;

import java.util.Arrays;

/**
 * An assignment with the values of all functions, which follow each change of a variable, and the
 * changes since the last decision, so that they can be taken back to the last bit.
 */
final class AnnealingState {
    final AnnealingTables tables;
    final double[] x;

    /** The values of the objective and of all left sides. */
    final double[] value;

    /** What a violation of 1 costs, by function. */
    final double[] penalty;

    /** By how much the changes raised the energy with all penalties. */
    double delta;

    /** How many hard constraints are broken. */
    int broken;

    /** How many terms were looked at. */
    long work;

    private double soft;
    private int brokenBefore;
    private double softBefore;
    private int changes;
    private int[] changed = new int[8];
    private double[] old = new double[8];
    private int moves;
    private int[] moved = new int[64];
    private double[] oldValue = new double[64];

    AnnealingState(AnnealingTables tables) {
        this.tables = tables;
        x = new double[tables.size];
        value = new double[tables.functions];
        penalty = new double[tables.functions];
    }

    /** Computes everything anew from the assignment, which also removes rounding errors. */
    void refresh() {
        tables.evaluate(x, value);
        broken = 0;
        soft = 0;
        for (int f = 1; f < value.length; f++) {
            if (tables.soft[f] >= 0) {
                soft += cost(f, value[f]);
            } else if (isBroken(f, value[f])) {
                broken++;
            }
        }
        begin();
    }

    private boolean isBroken(int f, double v) {
        return tables.violation(f, v) > tables.tolerance[f];
    }

    private double cost(int f, double v) {
        double violation = tables.violation(f, v);
        if (tables.soft[f] >= 0) {
            return tables.soft[f] * (tables.squared[f] ? violation * violation : violation);
        }
        return penalty[f] * violation;
    }

    /** The objective and what broken soft constraints cost. */
    double energy() {
        return value[0] + soft;
    }

    /** The sum of all violations of hard constraints. */
    double totalViolation() {
        double sum = 0;
        for (int f = 1; f < value.length; f++) {
            sum += tables.soft[f] >= 0 ? 0 : tables.violation(f, value[f]);
        }
        return sum;
    }

    /** Begins a move: what was changed so far stays. */
    void begin() {
        delta = 0;
        changes = 0;
        moves = 0;
        brokenBefore = broken;
        softBefore = soft;
    }

    /** Whether the move has changed a variable. */
    boolean isChanged() {
        return changes > 0;
    }

    /** How fast the function of an entry grows with its variable, squares left out. */
    double slope(int e) {
        double sum = tables.linear[e];
        for (int p = tables.products[e]; p < tables.products[e + 1]; p++) {
            sum += tables.weight[p] * x[tables.partner[p]];
        }
        return sum;
    }

    /** Gives a variable a value. */
    void set(int k, double to) {
        double from = x[k];
        double d = to - from;
        if (d == 0) {
            return;
        }
        int first = tables.entries[k];
        int end = tables.entries[k + 1];
        if (moves + end - first > moved.length) {
            int more = 2 * (moves + end - first);
            moved = Arrays.copyOf(moved, more);
            oldValue = Arrays.copyOf(oldValue, more);
        }
        for (int e = first; e < end; e++) {
            int f = tables.function[e];
            double before = value[f];
            double after = before + d * (slope(e) + tables.square[e] * (2 * from + d));
            moved[moves] = f;
            oldValue[moves++] = before;
            value[f] = after;
            if (f == 0) {
                delta += after - before;
            } else {
                double difference = cost(f, after) - cost(f, before);
                delta += difference;
                if (tables.soft[f] >= 0) {
                    soft += difference;
                } else {
                    broken += (isBroken(f, after) ? 1 : 0) - (isBroken(f, before) ? 1 : 0);
                }
            }
        }
        work += 2 + end - first + tables.products[end] - tables.products[first];
        if (changes == changed.length) {
            changed = Arrays.copyOf(changed, 2 * changes);
            old = Arrays.copyOf(old, 2 * changes);
        }
        changed[changes] = k;
        old[changes++] = from;
        x[k] = to;
    }

    /** Takes the move back. */
    void undo() {
        while (changes > 0) {
            changes--;
            x[changed[changes]] = old[changes];
        }
        while (moves > 0) {
            moves--;
            value[moved[moves]] = oldValue[moves];
        }
        broken = brokenBefore;
        soft = softBefore;
        delta = 0;
    }
}
