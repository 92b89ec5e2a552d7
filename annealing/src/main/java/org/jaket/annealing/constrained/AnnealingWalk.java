package org.jaket.annealing.constrained;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** One read of {@link ConstrainedAnnealing}: from a random assignment to the best one it meets. */
final class AnnealingWalk {
    /** Terms looked at between two looks at the clock: some 20 microseconds. */
    private static final long WORK = 1 << 13;

    /** Sweeps between two computations from scratch, which remove rounding errors. */
    private static final int REFRESH = 16;

    /** How much dearer a violated constraint gets in a sweep. */
    private static final double RISE = 1.15;

    /** How much cheaper one that holds gets, while it is hot. */
    private static final double FALL = 0.98;

    /** The part of the sweeps after which nothing gets cheaper. */
    private static final double SETTLED = 0.6;

    /** The part of the sweeps after which the walk goes on from the best solution, downwards. */
    private static final double COLD = 0.85;

    private final AnnealingTables tables;
    private final AnnealingState state;
    private final AnnealingMoves moves;
    private final SplittableRandom random;
    private final BooleanSupplier isOver;
    private double hottest;
    private double coldest;
    private long nextLook = WORK;

    private double @Nullable [] best;
    private double bestEnergy = Double.POSITIVE_INFINITY;
    private double[] nearest;
    private double nearestViolation = Double.POSITIVE_INFINITY;

    AnnealingWalk(AnnealingTables tables, OneHotGroups groups, long seed, BooleanSupplier isOver) {
        this.tables = tables;
        this.isOver = isOver;
        random = new SplittableRandom(seed);
        state = new AnnealingState(tables);
        moves = new AnnealingMoves(tables, groups, state, random);
        moves.start();
        nearest = state.x.clone();
        record();
    }

    /** The best solution, or the assignment that was nearest to one. */
    double[] result() {
        return best == null ? nearest : best;
    }

    /**
     * Walks.
     *
     * @param remaining says after each sweep how many more there may be
     */
    void run(long sweeps, Remaining remaining) {
        if (tables.size == 0 || !measure()) {
            return;
        }
        boolean cold = false;
        long total = sweeps;
        for (long sweep = 0; sweep < total; sweep++) {
            double part = sweep / (double) total;
            if (part >= COLD && !cold) {
                cold = true;
                cool();
            }
            double t = cold ? 0 : hottest * Math.pow(coldest / hottest, part / COLD);
            if (!sweep(t)) {
                return;
            }
            adapt(part);
            if (sweep % REFRESH == REFRESH - 1) {
                state.refresh();
            }
            total = Math.min(total, sweep + 1 + remaining.sweeps(sweep + 1));
        }
    }

    /** How many sweeps there is still time for. */
    @FunctionalInterface
    interface Remaining {
        long sweeps(long done);
    }

    /**
     * Finds temperatures and penalties from what random moves change: a violation by a typical
     * coefficient costs as much as a typical move.
     */
    private boolean measure() {
        int tries = Math.clamp(tables.size * 2L, 64, 2000);
        double[] sizes = new double[tries];
        int found = 0;
        for (int t = 0; t < tries; t++) {
            state.begin();
            moves.propose(random.nextInt(tables.size));
            double size = Math.abs(state.delta);
            if (size > 0) {
                sizes[found++] = size;
            }
            state.undo();
            if (isTimeOver()) {
                return false;
            }
        }
        Arrays.sort(sizes, 0, found);
        double typical = found == 0 ? 1 : sizes[found / 2];
        hottest = found == 0 ? 1 : sizes[found * 9 / 10];
        boolean real = false;
        for (int k = 0; k < tables.size; k++) {
            real |= !tables.model.variable(k).kind().isWhole();
        }
        double low = found == 0 ? 1 : sizes[found / 20];
        coldest = real ? 1e-6 * hottest : Math.max(0.05 * low, 1e-6 * hottest);
        for (int f = 1; f < tables.functions; f++) {
            state.penalty[f] = typical / tables.unit[f];
        }
        state.refresh();
        return true;
    }

    private boolean sweep(double temperature) {
        for (int i = 0; i < tables.size; i++) {
            state.begin();
            moves.propose(random.nextInt(tables.size));
            double delta = state.delta;
            boolean accepted =
                    delta <= 0
                            || temperature > 0
                                    && random.nextDouble() < Math.exp(-delta / temperature);
            if (!accepted) {
                state.undo();
            } else if (state.broken == 0 && state.energy() < bestEnergy) {
                record();
            }
            moves.decided(accepted && state.isChanged());
            if (isTimeOver()) {
                record();
                return false;
            }
        }
        record();
        return true;
    }

    private boolean isTimeOver() {
        if (state.work < nextLook) {
            state.work++;
            return false;
        }
        nextLook = state.work + WORK;
        return isOver.getAsBoolean();
    }

    /** Keeps the assignment if it is better than what was met before. */
    private void record() {
        if (state.broken == 0 && state.energy() < bestEnergy) {
            bestEnergy = state.energy();
            if (best == null) {
                best = state.x.clone();
            } else {
                System.arraycopy(state.x, 0, best, 0, best.length);
            }
        } else if (best == null) {
            double violation = state.totalViolation();
            if (violation < nearestViolation) {
                nearestViolation = violation;
                System.arraycopy(state.x, 0, nearest, 0, nearest.length);
            }
        }
    }

    /**
     * Makes broken constraints dearer, and others cheaper, so that the walk stays at the border.
     */
    private void adapt(double part) {
        for (int f = 1; f < tables.functions; f++) {
            if (tables.soft[f] >= 0) {
                continue;
            }
            if (tables.violation(f, state.value[f]) > tables.tolerance[f]) {
                state.penalty[f] = Math.min(1e12 * (1 + hottest), state.penalty[f] * RISE);
            } else if (part < SETTLED) {
                state.penalty[f] = Math.max(state.penalty[f] * FALL, coldest / tables.unit[f]);
            }
        }
    }

    /** Goes on from the best solution, at penalties that nothing but a solution can pay. */
    private void cool() {
        double[] from = result();
        System.arraycopy(from, 0, state.x, 0, from.length);
        for (int f = 1; f < tables.functions; f++) {
            state.penalty[f] =
                    Math.max(state.penalty[f] * (best == null ? 1 : 1e3), hottest / tables.unit[f]);
        }
        moves.restart();
    }
}
