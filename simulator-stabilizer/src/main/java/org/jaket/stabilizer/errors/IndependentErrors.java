package org.jaket.stabilizer.errors;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;

/** Channels as independent errors: what probabilities these must have. */
final class IndependentErrors {
    private static final int MAX_STEPS = 50;
    private static final double PRECISION = 1e-14;

    private IndependentErrors() {}

    /** Probability of each of X, Y, Z that together depolarise a qubit with probability p. */
    static double depolarize1(double p) {
        return 0.5 - 0.5 * Math.sqrt(1 - (4 * p) / 3);
    }

    /**
     * Probability of each of the 15 two-qubit errors that together depolarise with probability p.
     */
    static double depolarize2(double p) {
        return 0.5 - 0.5 * eighthRoot(1 - (16 * p) / 15);
    }

    /**
     * The eighth root, rounded correctly: what a good C library gives for the power 1/8, and what
     * Java's does not promise.
     */
    static double eighthRoot(double x) {
        if (x <= 0 || x == 1) {
            return Math.max(0, x);
        }
        double guess = Math.sqrt(Math.sqrt(Math.sqrt(x)));
        BigDecimal exact = new BigDecimal(x);
        while (isAbove(guess, Math.nextUp(guess), exact)) {
            guess = Math.nextUp(guess);
        }
        while (!isAbove(Math.nextDown(guess), guess, exact)) {
            guess = Math.nextDown(guess);
        }
        return guess;
    }

    /** Whether the root is above the middle of two neighbours. */
    private static boolean isAbove(double low, double high, BigDecimal exact) {
        BigDecimal middle =
                new BigDecimal(low).add(new BigDecimal(high)).multiply(new BigDecimal("0.5"));
        return middle.pow(8).compareTo(exact) < 0;
    }

    /**
     * Independent probabilities of X, Y and Z whose products have the given disjoint ones, or null
     * if there seem to be none. Exact where a closed form exists, else by Newton's method.
     */
    static double @Nullable [] ofDisjoint(double x, double y, double z) {
        double i = Math.max(0.0, 1.0 - x - y - z);
        // The likeliest case becomes the identity.
        if (i < x) {
            return flipped(ofDisjoint(i, z, y), 0);
        }
        if (i < y) {
            return flipped(ofDisjoint(z, i, x), 1);
        }
        if (i < z) {
            return flipped(ofDisjoint(y, x, i), 2);
        }
        if (x + z < 0.5 && x + y < 0.5 && y + z < 0.5) {
            double xz = Math.sqrt(1 - 2 * x - 2 * z);
            double xy = Math.sqrt(1 - 2 * x - 2 * y);
            double yz = Math.sqrt(1 - 2 * y - 2 * z);
            double a = 0.5 - 0.5 * xz * xy / yz;
            double b = 0.5 - 0.5 * xy * yz / xz;
            double c = 0.5 - 0.5 * xz * yz / xy;
            if (a >= 0 && b >= 0 && c >= 0) {
                return new double[] {a, b, c};
            }
        }
        return newton(x, y, z);
    }

    private static double @Nullable [] flipped(double @Nullable [] solution, int which) {
        if (solution != null) {
            solution[which] = 1 - solution[which];
        }
        return solution;
    }

    private static double @Nullable [] newton(double x, double y, double z) {
        double a = x;
        double b = y;
        double c = z;
        for (int step = 0; step < MAX_STEPS; step++) {
            double noAB = (1 - a) * (1 - b);
            double noAC = (1 - a) * (1 - c);
            double noBC = (1 - b) * (1 - c);
            double dx = a * noBC + (1 - a) * (b * c) - x;
            double dy = b * noAC + (1 - b) * (a * c) - y;
            double dz = c * noAB + (1 - c) * (a * b) - z;
            if (Math.abs(dx) + Math.abs(dy) + Math.abs(dz) < PRECISION) {
                return new double[] {a, b, c};
            }
            double slopeA = noBC - b * c;
            double slopeB = noAC - a * c;
            // The last slope has the product of the outer two, as Stim's has; what a step lands on
            // differs in the last digits, what it converges to does not.
            double slopeC = noAB - a * c;
            a = Math.max(a - dx / slopeA, 0.0);
            b = Math.max(b - dy / slopeB, 0.0);
            c = Math.max(c - dz / slopeC, 0.0);
        }
        return null;
    }
}
