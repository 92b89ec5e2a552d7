package org.jaket.statevector;

/** Points on the unit circle, exact at multiples of a quarter turn. */
final class Angles {
    /** Angles this close to a multiple of a quarter turn are taken to be it. */
    private static final double SNAP = 1e-15;

    private Angles() {}

    static double cos(double angle) {
        double quarters = Math.rint(angle / (Math.PI / 2));
        if (Math.abs(angle - quarters * (Math.PI / 2)) > SNAP * (1 + Math.abs(quarters))) {
            return Math.cos(angle);
        }
        return switch ((int) ((long) quarters & 3)) {
            case 0 -> 1;
            case 2 -> -1;
            default -> 0;
        };
    }

    static double sin(double angle) {
        double quarters = Math.rint(angle / (Math.PI / 2));
        if (Math.abs(angle - quarters * (Math.PI / 2)) > SNAP * (1 + Math.abs(quarters))) {
            return Math.sin(angle);
        }
        return switch ((int) ((long) quarters & 3)) {
            case 1 -> 1;
            case 3 -> -1;
            default -> 0;
        };
    }

    /** Writes cosines and sines. */
    static void circle(double[] angles, double[] re, double[] im) {
        for (int i = 0; i < angles.length; i++) {
            re[i] = cos(angles[i]);
            im[i] = sin(angles[i]);
        }
    }
}
