package org.jaket.statevector.lanes;

/**
 * Sines and cosines to one unit in the last place, several times as fast as those of {@link Math}
 * where an angle is not huge. Where parameters change from binding to binding, they are most of
 * what a small circuit costs.
 *
 * <p>The angle is reduced by multiples of pi/2, given to 106 bits (W. J. Cody and W. Waite,
 * "Software Manual for the Elementary Functions", 1980); the polynomials are those of Sun's fdlibm
 * (k_sin.c, k_cos.c).
 */
final class SineCosine {
    /** Beyond this the reduction would lose digits. */
    private static final double HUGE = 1e5;

    private static final double HIGH = Math.PI / 2;
    private static final double LOW = 6.123233995736766e-17;

    private SineCosine() {}

    static double cos(double x) {
        if (!(Math.abs(x) < HUGE)) {
            return Math.cos(x);
        }
        double quarters = Math.rint(x / HIGH);
        double r = Math.fma(-quarters, LOW, Math.fma(-quarters, HIGH, x));
        int k = (int) quarters;
        double value = (k & 1) == 0 ? cosine(r) : sine(r);
        return (k + 1 & 2) == 0 ? value : -value;
    }

    static double sin(double x) {
        if (!(Math.abs(x) < HUGE)) {
            return Math.sin(x);
        }
        double quarters = Math.rint(x / HIGH);
        double r = Math.fma(-quarters, LOW, Math.fma(-quarters, HIGH, x));
        int k = (int) quarters;
        double value = (k & 1) == 0 ? sine(r) : cosine(r);
        return (k & 2) == 0 ? value : -value;
    }

    /** {@code r + r^3 (S1 + S2 r^2 + ...)} for |r| up to pi/4. */
    private static double sine(double r) {
        double z = r * r;
        double p = Math.fma(z, 1.58969099521155010221e-10, -2.50507602534068634195e-08);
        p = Math.fma(z, p, 2.75573137070700676789e-06);
        p = Math.fma(z, p, -1.98412698298579493134e-04);
        p = Math.fma(z, p, 8.33333333332248946124e-03);
        p = Math.fma(z, p, -1.66666666666666324348e-01);
        return Math.fma(r * z, p, r);
    }

    /** {@code 1 - r^2/2 + r^4 (C1 + C2 r^2 + ...)} for |r| up to pi/4. */
    private static double cosine(double r) {
        double z = r * r;
        double p = Math.fma(z, -1.13596475577881948265e-11, 2.08757232129817482790e-09);
        p = Math.fma(z, p, -2.75573143513906633035e-07);
        p = Math.fma(z, p, 2.48015872894767294178e-05);
        p = Math.fma(z, p, -1.38888888888741095749e-03);
        p = Math.fma(z, p, 4.16666666666666019037e-02);
        return Math.fma(z * z, p, Math.fma(z, -0.5, 1));
    }
}
