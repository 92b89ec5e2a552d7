package org.jaket.stabilizer.nearclifford;

import org.jaket.execution.UnsupportedCircuitException;

import java.util.Arrays;

/**
 * Decisions that go through every way a shot can go, one run of the program a way: each run follows
 * the decisions of the one before up to the last that could still go the other way.
 */
final class EnumeratedChance implements Chance {
    /** More ways than this are not followed. */
    static final int MAX_WAYS = 1 << 20;

    /** Ways less probable than this are given up. */
    static final double CUT = 1e-18;

    private boolean[] decisions = new boolean[64];
    private boolean[] open = new boolean[64];
    private int planned;
    private int made;
    private int ways;
    private double probability = 1;

    /** The probability of the way that was just gone, up to where it was given up. */
    double probability() {
        return probability;
    }

    /** Starts the next run; false when all ways have been gone. */
    boolean next() {
        if (ways > 0) {
            planned = made;
            while (planned > 0 && !open[planned - 1]) {
                planned--;
            }
            if (planned == 0) {
                return false;
            }
            decisions[planned - 1] = true;
            open[planned - 1] = false;
        }
        if (++ways > MAX_WAYS) {
            throw new UnsupportedCircuitException(
                    "The circuit can go more than %d ways, too many for exact probabilities. Maybe sample it instead?"
                            .formatted(MAX_WAYS));
        }
        made = 0;
        probability = 1;
        return true;
    }

    @Override
    public boolean isGivenUp() {
        return probability < CUT;
    }

    @Override
    public boolean happens(double p) {
        if (p <= 0 || p >= 1) {
            return p >= 1;
        }
        if (made == decisions.length) {
            decisions = Arrays.copyOf(decisions, 2 * made);
            open = Arrays.copyOf(open, 2 * made);
        }
        if (made >= planned) {
            // No first, unless that is as good as impossible.
            boolean certain = probability * (1 - p) < CUT;
            decisions[made] = certain;
            open[made] = !certain && probability * p >= CUT;
        }
        boolean decision = decisions[made++];
        probability *= decision ? p : 1 - p;
        return decision;
    }

    @Override
    public boolean error(double p) {
        return happens(p);
    }

    @Override
    public boolean coin() {
        return happens(0.5);
    }

    @Override
    public int nextError(ErrorSites sites, int start, int site, int end) {
        for (int s = site; s < end; s++) {
            if (happens(sites.probability()[s])) {
                return s;
            }
        }
        return end;
    }

    @Override
    public int choose(double[] cumulative) {
        double before = 0;
        for (int k = 0; k < cumulative.length - 1; k++) {
            if (happens((cumulative[k] - before) / (1 - before))) {
                return k;
            }
            before = cumulative[k];
        }
        return cumulative.length - 1;
    }
}
