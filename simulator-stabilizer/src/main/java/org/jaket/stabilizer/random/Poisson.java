package org.jaket.stabilizer.random;

/**
 * The Poisson law of a fixed mean.
 *
 * <p>Small means are inverted term by term, larger ones use Hörmann's transformed rejection with
 * squeeze (W. Hörmann, "The transformed rejection method for generating Poisson random variables",
 * 1993), which takes about 1.1 pairs of uniforms whatever the mean. Exact to double precision.
 * Immutable.
 */
public final class Poisson {
    private static final double INVERSION_LIMIT = 10;

    private final double mean;
    private final double expMinusMean;
    private final double logMean;
    private final double a;
    private final double b;
    private final double inverseAlpha;
    private final double squeeze;

    /**
     * Creates the law.
     *
     * @param mean the mean, from 0 to 1e9
     */
    public Poisson(double mean) {
        if (!(mean >= 0 && mean <= 1e9)) {
            throw new IllegalArgumentException("Poisson mean " + mean + " is not in [0, 1e9].");
        }
        this.mean = mean;
        this.expMinusMean = StrictMath.exp(-mean);
        this.logMean = mean > 0 ? StrictMath.log(mean) : 0;
        this.b = 0.931 + 2.53 * Math.sqrt(mean);
        this.a = -0.059 + 0.02483 * b;
        this.inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
        this.squeeze = 0.9277 - 3.6224 / (b - 2);
    }

    /** Draws a number. */
    public int sample(BitSource source) {
        return mean < INVERSION_LIMIT ? invert(source) : reject(source);
    }

    private int invert(BitSource source) {
        double u = source.nextDouble();
        double term = expMinusMean;
        int k = 0;
        // Beyond 200 a term is below 1e-160: only rounding could bring the loop there.
        while (u >= term && k < 200) {
            u -= term;
            k++;
            term *= mean / k;
        }
        return k;
    }

    private int reject(BitSource source) {
        while (true) {
            double u = source.nextDouble() - 0.5;
            double v = source.nextPositiveDouble();
            double us = 0.5 - Math.abs(u);
            double k = Math.floor((2 * a / us + b) * u + mean + 0.43);
            if (us >= 0.07 && v <= squeeze) {
                return (int) k;
            }
            if (k < 0 || k > Integer.MAX_VALUE || (us < 0.013 && v > us)) {
                continue;
            }
            double left = StrictMath.log(v * inverseAlpha / (a / (us * us) + b));
            if (left <= -mean + k * logMean - logFactorial(k)) {
                return (int) k;
            }
        }
    }

    /** ln k!, by Stirling's series from 10 up (error below 1e-13 relative). */
    static double logFactorial(double k) {
        if (k < 10) {
            double product = 1;
            for (int i = 2; i <= k; i++) {
                product *= i;
            }
            return StrictMath.log(product);
        }
        double x = k + 1;
        double r = 1 / (x * x);
        double series =
                (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r / 1188)))) / x;
        return (x - 0.5) * StrictMath.log(x) - x + 0.9189385332046728 + series;
    }
}
