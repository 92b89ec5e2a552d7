package org.jaket.annealing.constrained;

import org.jaket.annealing.polynomial.VariableKind;

import java.util.SplittableRandom;

/**
 * Proposes changes of an assignment. One-hot groups that are kept stay one-hot; whole variables
 * stay whole; nothing leaves its bounds. Besides steps of its own, a variable may go where a
 * constraint becomes tight, where the objective is smallest, or together with a second variable
 * that makes up for what it does to a constraint: without these no random step would ever meet an
 * equation of real variables.
 */
final class AnnealingMoves {
    private final AnnealingTables tables;
    private final OneHotGroups groups;
    private final AnnealingState state;
    private final SplittableRandom random;
    private final VariableKind[] kind;

    /**
     * By variable: how far a step goes; in the second half, a step that another variable makes up
     * for. On an equation only the latter are ever accepted, and the former shrink to nothing.
     */
    private final double[] step;

    /** By kept group: which of its variables is 1. */
    private final int[] hot;

    private int stepped = -1;

    AnnealingMoves(
            AnnealingTables tables,
            OneHotGroups groups,
            AnnealingState state,
            SplittableRandom random) {
        this.tables = tables;
        this.groups = groups;
        this.state = state;
        this.random = random;
        hot = new int[groups.kept.size()];
        step = new double[2 * tables.size];
        kind = new VariableKind[tables.size];
        for (int k = 0; k < kind.length; k++) {
            kind[k] = tables.model.variable(k).kind();
        }
    }

    /** A random assignment; variables without bounds begin near 0. */
    void start() {
        for (int k = 0; k < kind.length; k++) {
            double low = tables.lower[k];
            double range = tables.upper[k] - low;
            boolean wide = range >= ConstrainedAnnealing.FARTHEST;
            step[k] = wide ? 1 : Math.max(range / 4, Double.MIN_NORMAL);
            step[k + kind.length] = step[k];
            double u = random.nextDouble();
            state.x[k] =
                    switch (kind[k]) {
                        case BINARY -> groups.group[k] >= 0 ? 0 : Math.rint(u);
                        case SPIN -> u < 0.5 ? -1 : 1;
                        case INTEGER ->
                                wide
                                        ? clamp(k, Math.rint(4 * u - 2))
                                        : clamp(k, low + Math.floor(u * (range + 1)));
                        case REAL -> wide ? clamp(k, 2 * u - 1) : clamp(k, low + u * range);
                    };
        }
        for (int g = 0; g < hot.length; g++) {
            int[] all = groups.kept.get(g);
            state.x[all[random.nextInt(all.length)]] = 1;
        }
        restart();
    }

    /** Takes note of an assignment that was put in the place of the old one. */
    void restart() {
        state.refresh();
        for (int g = 0; g < hot.length; g++) {
            for (int k : groups.kept.get(g)) {
                if (state.x[k] > 0.5) {
                    hot[g] = k;
                }
            }
        }
    }

    private double clamp(int k, double value) {
        return Math.clamp(value, tables.lower[k], tables.upper[k]);
    }

    /** Changes a variable, and perhaps others; the state knows what it costs. */
    void propose(int k) {
        stepped = -1;
        int row = constraintOf(k);
        double before = row < 0 ? 0 : state.value[row];
        boolean balanced = row > 0 && random.nextInt(5) < 2;
        if (!kind[k].isTwoValued() && random.nextInt(3) == 0) {
            aim(k, row);
        } else {
            change(k, balanced ? k + kind.length : k);
        }
        if (balanced && state.isChanged()) {
            balance(k, row, before);
        }
    }

    /** A constraint on the variable, or -1. */
    private int constraintOf(int k) {
        int first = tables.entries[k];
        int count = tables.entries[k + 1] - first;
        int f = count == 0 ? -1 : tables.function[first + random.nextInt(count)];
        return f == 0 ? -1 : f;
    }

    /** Steps, as far as an entry of the steps says. */
    private void change(int k, int which) {
        switch (kind[k]) {
            case BINARY -> {
                if (groups.group[k] >= 0) {
                    exchange(k);
                } else {
                    state.set(k, 1 - state.x[k]);
                }
            }
            case SPIN -> state.set(k, -state.x[k]);
            case INTEGER -> {
                int sign = random.nextBoolean() ? 1 : -1;
                double far =
                        random.nextInt(2) == 0 ? 1 : Math.rint(random.nextDouble() * step[which]);
                stepped = far > 1 ? which : -1;
                state.set(k, clamp(k, state.x[k] + sign * Math.max(1, far)));
            }
            case REAL -> {
                stepped = which;
                state.set(k, clamp(k, state.x[k] + random.nextGaussian() * step[which]));
            }
        }
    }

    /** Makes a variable the one of its group that is 1; in two groups, swaps if it can. */
    private void exchange(int k) {
        int g = groups.group[k];
        int out = current(g);
        if (out == k) {
            // The variable is 1 already: one of the others takes its place.
            int[] all = groups.kept.get(g);
            k = all[random.nextInt(all.length)];
            if (k == out) {
                return;
            }
        }
        state.set(out, 0);
        state.set(k, 1);
        int column = groups.other[k];
        int left = groups.other[out];
        if (column < 0 || left < 0 || random.nextInt(8) == 0) {
            return;
        }
        for (int h = 0; h < hot.length; h++) {
            int rival = h == g ? -1 : current(h);
            if (rival >= 0 && groups.other[rival] == column) {
                int to = groups.crossing(h, left);
                if (to >= 0) {
                    state.set(rival, 0);
                    state.set(to, 1);
                }
                return;
            }
        }
    }

    /** Which variable of a kept group is 1; what was taken back is noticed here. */
    private int current(int g) {
        if (state.x[hot[g]] < 0.5) {
            for (int k : groups.kept.get(g)) {
                if (state.x[k] > 0.5) {
                    hot[g] = k;
                }
            }
        }
        return hot[g];
    }

    /** Sets a variable to where a constraint is tight, or the objective smallest, or to a bound. */
    private void aim(int k, int row) {
        int choice = random.nextInt(8);
        if (choice == 0) {
            double bound = random.nextBoolean() ? tables.lower[k] : tables.upper[k];
            if (Math.abs(bound) < ConstrainedAnnealing.FARTHEST) {
                state.set(k, bound);
            }
        } else if (row > 0 && choice < 6) {
            state.set(k, tight(k, row, tables.right[row]));
        } else {
            int e = tables.entry(k, 0);
            if (e >= 0 && tables.square[e] > 0) {
                double best = -state.slope(e) / (2 * tables.square[e]);
                state.set(k, clamp(k, kind[k].isWhole() ? Math.rint(best) : best));
            }
        }
    }

    /** The value of a variable that gives a function a value, as nearly as it can. */
    private double tight(int k, int f, double target) {
        int e = tables.entry(k, f);
        double x = state.x[k];
        double square = tables.square[e];
        double slope = state.slope(e) + 2 * square * x;
        double missing = target - state.value[f];
        double d;
        if (square == 0) {
            d = missing / slope;
        } else {
            // The smaller root of square d^2 + slope d = missing, in the form without cancellation.
            double root = slope * slope + 4 * square * missing;
            double half = slope + Math.copySign(Math.sqrt(Math.max(0, root)), slope);
            d = root < 0 ? -slope / (2 * square) : 2 * missing / half;
        }
        if (!Double.isFinite(d)) {
            return x;
        }
        if (!kind[k].isWhole()) {
            return clamp(k, x + d);
        }
        int side = tables.sense[f] * (slope > 0 ? 1 : -1);
        double to = x + d;
        return clamp(
                k,
                side < 0 ? Math.floor(to + 1e-9) : side > 0 ? Math.ceil(to - 1e-9) : Math.rint(to));
    }

    /** Lets a second variable of a constraint make up for what the first one did to it. */
    private void balance(int k, int f, double before) {
        int first = tables.members[f];
        int j = tables.member[first + random.nextInt(tables.members[f + 1] - first)];
        if (j == k) {
            return;
        }
        if (kind[j].isTwoValued()) {
            change(j, j);
        } else {
            boolean held = tables.violation(f, before) <= tables.tolerance[f];
            state.set(j, tight(j, f, held ? before : tables.right[f]));
        }
    }

    /** Learns from the decision on the last move how far steps should go. */
    void decided(boolean accepted) {
        if (stepped >= 0) {
            int k = stepped % kind.length;
            double range = tables.upper[k] - tables.lower[k];
            double least = kind[k].isWhole() ? 2 : 1e-10 * Math.min(range, 1e3);
            double next = step[stepped] * (accepted ? 1.4 : 0.87);
            step[stepped] = Math.max(least, Math.min(range, next));
        }
    }
}
