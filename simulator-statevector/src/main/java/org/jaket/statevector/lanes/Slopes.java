package org.jaket.statevector.lanes;

import org.jaket.statevector.lanes.LaneMatrix.Factor;
import org.jaket.statevector.lanes.LaneMatrix.Source;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes the slopes of an expectation value by the numbers of a program back to the parameters, by
 * the chain rule, from the last matrix to the first.
 *
 * <p>The slopes S of a complex number m stand as S = dE/dRe m + i dE/dIm m, so that {@code dE =
 * Re(conj(S) dm)}. For a product C = A B that gives S(A) = S(C) B^dagger and S(B) = A^dagger S(C).
 */
final class Slopes {
    /** The derivative of an angle by a parameter, which itself depends on the parameters. */
    private record Partial(int place, Angle slope) {}

    private final Coefficients coefficients;
    private final List<LaneMatrix> matrices;
    private final List<List<Partial>> partials = new ArrayList<>();

    private Slopes(Coefficients coefficients) {
        this.coefficients = coefficients;
        matrices = coefficients.varyingMatrices().reversed();
    }

    /**
     * For the numbers of a program.
     *
     * @return null if an angle moves in steps, or a matrix is neither a named gate nor made of such
     */
    static @Nullable Slopes of(Coefficients coefficients) {
        var slopes = new Slopes(coefficients);
        for (LaneMatrix m : slopes.matrices) {
            if (m.source() instanceof Source.Other) {
                return null;
            }
        }
        for (Angle angle : coefficients.angles()) {
            List<Partial> partials = new ArrayList<>();
            if (angle instanceof Angle.General g) {
                try {
                    g.derivatives()
                            .forEach((place, slope) -> partials.add(new Partial(place, slope)));
                } catch (ArithmeticException inSteps) {
                    return null;
                }
            }
            slopes.partials.add(partials);
        }
        return slopes;
    }

    /**
     * The slopes by the parameters.
     *
     * @param binding the parameters
     * @param scratch as {@link Coefficients#evaluate} left it, one lane
     * @param numbers likewise
     * @param slopes by the numbers; changed
     * @param byAngle room for a number an angle
     * @param to receives the slope by each parameter
     */
    void pull(
            double[] binding,
            double[] scratch,
            double[] numbers,
            double[] slopes,
            double[] byAngle,
            double[] to) {
        Arrays.fill(byAngle, 0);
        for (LaneMatrix m : matrices) {
            switch (m.source()) {
                case Source.Fixed f -> {}
                case Source.Other o -> throw new IllegalStateException("refused before");
                case Source.Named n ->
                        n.series().pull(n.angles(), scratch, slopes, m.slot(), byAngle);
                case Source.Product p -> multiplied(p, m.slot(), numbers, slopes);
                case Source.Relative r -> divided(r.of(), m.slot(), numbers, slopes);
                case Source.Table t -> tabulated(t.factors(), m, numbers, slopes);
            }
        }
        Arrays.fill(to, 0);
        for (int k = 0; k < byAngle.length; k++) {
            double slope = byAngle[k];
            if (slope == 0) {
                continue;
            }
            if (coefficients.angles().get(k) instanceof Angle.Affine a) {
                for (int j = 0; j < a.places().length; j++) {
                    to[a.places()[j]] += slope * a.slopes()[j];
                }
            }
            for (Partial p : partials.get(k)) {
                to[p.place] += slope * p.slope.at(binding);
            }
        }
    }

    private static void multiplied(Source.Product p, int slot, double[] numbers, double[] slopes) {
        boolean later = !(p.later().source() instanceof Source.Fixed);
        boolean earlier = !(p.earlier().source() instanceof Source.Fixed);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                double re = slopes[slot + 4 * i + 2 * j];
                double im = slopes[slot + 4 * i + 2 * j + 1];
                for (int k = 0; k < 2; k++) {
                    int a = p.later().slot() + 4 * i + 2 * k;
                    int b = p.earlier().slot() + 4 * k + 2 * j;
                    if (later) {
                        addTimesConjugate(slopes, a, re, im, numbers[b], numbers[b + 1]);
                    }
                    if (earlier) {
                        addTimesConjugate(slopes, b, re, im, numbers[a], numbers[a + 1]);
                    }
                }
            }
        }
    }

    /** {@code s[at] += x conj(y)}. */
    private static void addTimesConjugate(
            double[] s, int at, double xr, double xi, double yr, double yi) {
        s[at] += xr * yr + xi * yi;
        s[at + 1] += xi * yr - xr * yi;
    }

    /** {@code b[k] = conj(a[0]) a[k]} on the diagonal. */
    private static void divided(LaneMatrix a, int slot, double[] numbers, double[] slopes) {
        int n = a.dimension();
        int first = a.slot();
        for (int row = 1; row < n; row++) {
            int entry = 2 * row * (n + 1);
            double re = slopes[slot + entry];
            double im = slopes[slot + entry + 1];
            addTimesConjugate(slopes, first + entry, re, im, numbers[first], -numbers[first + 1]);
            addTimesConjugate(
                    slopes, first, numbers[first + entry], numbers[first + entry + 1], re, im);
        }
    }

    /** Each entry is a product of numbers of modulus one, so the others are it over the one. */
    private static void tabulated(
            List<Factor> factors, LaneMatrix table, double[] numbers, double[] slopes) {
        for (int i = 0; i < table.fixed().length / 2; i++) {
            int at = table.slot() + 2 * i;
            double re = slopes[at];
            double im = slopes[at + 1];
            if (re == 0 && im == 0) {
                continue;
            }
            for (Factor f : factors) {
                int row = f.entry()[i];
                if (row < 0 || f.matrix().source() instanceof Source.Fixed) {
                    continue;
                }
                int m = f.matrix().slot() + 2 * row * (f.matrix().dimension() + 1);
                // The other factors: table entry times conj(m).
                double or = numbers[at] * numbers[m] + numbers[at + 1] * numbers[m + 1];
                double oi = numbers[at + 1] * numbers[m] - numbers[at] * numbers[m + 1];
                addTimesConjugate(slopes, m, re, im, or, oi);
            }
        }
    }
}
