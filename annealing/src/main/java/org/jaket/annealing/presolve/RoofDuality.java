package org.jaket.annealing.presolve;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.reads.Deadline;
import org.jaket.execution.Progress;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * A lower bound on a model's energy, and values that some or all minima have, by a maximum flow
 * through the model's implication network.
 *
 * <p>A variable is <em>strongly</em> fixed if it has the same value in every minimum; the values of
 * {@link #all} are those of at least one minimum, all of them at once. Models without frustration
 * (all spin interactions non-positive, or such after reversing spins) are solved altogether;
 * strongly frustrated ones, such as random spin glasses of high degree, give nothing.
 *
 * <p>Coefficients are counted in integers of 60 bits, exactly where their sizes allow it ({@link
 * #isExact}); where they are rounded, what is said holds for the rounded model, which differs by
 * less than 10^-17 of the sum of all coefficients in each of them. Dinic's algorithm: about a
 * second for 20,000 spins of a grid near its transition, half a minute for 360,000; some 100 bytes
 * an interaction.
 *
 * <p>P. L. Hammer, P. Hansen, B. Simeone, Roof duality, complementation and persistency in
 * quadratic 0-1 optimization, Mathematical Programming 28 (1984); V. Kolmogorov, C. Rother,
 * Minimizing nonsubmodular functions with graph cuts, IEEE PAMI 29 (2007).
 */
public final class RoofDuality {
    private final BinaryQuadraticModel model;
    private final double lowerBound;
    private final boolean exact;
    private final byte[] strong;
    private final byte[] all;

    private RoofDuality(
            BinaryQuadraticModel model,
            double lowerBound,
            boolean exact,
            byte[] strong,
            byte[] all) {
        this.model = model;
        this.lowerBound = lowerBound;
        this.exact = exact;
        this.strong = strong;
        this.all = all;
    }

    /** Computes bound and values. */
    public static RoofDuality of(BinaryQuadraticModel model) {
        return of(model, () -> false);
    }

    /**
     * Computes bound and values, or gives up: then the bound holds, and no variable is fixed.
     *
     * @param limit for how long it is worth the trouble, roughly
     */
    public static RoofDuality of(BinaryQuadraticModel model, Duration limit) {
        return of(model, new Deadline(limit, Progress.NONE)::isOver);
    }

    /** Computes bound and values unless it is stopped. */
    static RoofDuality of(BinaryQuadraticModel model, BooleanSupplier stop) {
        int n = model.size();
        Coefficients c = Coefficients.of(model);
        ImplicationNetwork network = new ImplicationNetwork(c);
        long flow = network.maximumFlow(stop);
        int[] literal = network.isStopped() ? new int[n] : network.strongLiterals();
        byte[] strong = values(literal, model.vartype(), n);
        if (!network.isStopped()) {
            network.weakLiterals(literal);
        }
        byte[] all = values(literal, model.vartype(), n);
        double bound = model.offset() + Math.scalb((double) (2 * c.constant + flow), -c.shift - 1);
        return new RoofDuality(model, bound, c.exact, strong, all);
    }

    private static byte[] values(int[] literal, Vartype vartype, int n) {
        byte[] values = new byte[n];
        for (int i = 0; i < n; i++) {
            values[i] =
                    literal[i] == 0
                            ? FixedVariables.FREE
                            : literal[i] > 0 ? vartype.high() : vartype.low();
        }
        return values;
    }

    /** No state has a lower energy, up to rounding. */
    public double lowerBound() {
        return lowerBound;
    }

    /** Whether no coefficient was rounded. */
    public boolean isExact() {
        return exact;
    }

    /** The model with the variables fixed that have the same value in every minimum. */
    public FixedVariables strong() {
        return FixedVariables.of(model, strong.clone(), true);
    }

    /** The model with as many variables fixed as can be, so that a minimum stays. */
    public FixedVariables all() {
        return FixedVariables.of(model, all.clone(), true);
    }

    /**
     * The model in binary variables, as integers times a power of two.
     *
     * @param n the number of variables
     * @param first one end of each product
     * @param second the other
     * @param quadratic its coefficient
     * @param linear the coefficients of variables
     * @param constant what does not depend on them, without the model's own offset
     * @param shift integers are coefficients times 2 to this power
     * @param exact whether they are integers without rounding
     */
    record Coefficients(
            int n,
            int[] first,
            int[] second,
            long[] quadratic,
            long[] linear,
            long constant,
            int shift,
            boolean exact) {
        static Coefficients of(BinaryQuadraticModel model) {
            int n = model.size();
            int m = model.interactions();
            boolean spin = model.vartype() == Vartype.SPIN;
            int[] first = new int[m];
            int[] second = new int[m];
            double[] weight = new double[m];
            double[] sum = new double[1];
            int[] at = new int[1];
            model.forEachInteraction(
                    (i, j, w) -> {
                        first[at[0]] = i;
                        second[at[0]] = j;
                        weight[at[0]++] = w;
                        // s s' is 4 x x' - 2 x - 2 x' + 1.
                        sum[0] += (spin ? 9 : 1) * Math.abs(w);
                    });
            for (int i = 0; i < n; i++) {
                sum[0] += (spin ? 3 : 1) * Math.abs(model.linear(i));
            }
            if (!Double.isFinite(sum[0])) {
                throw new IllegalArgumentException(
                        "the coefficients are too large to be added; scale the model first");
            }
            // The sum stays below 2^60, and no sum that is formed is more than three times as
            // large.
            int shift = sum[0] == 0 ? 0 : 60 - Math.getExponent(sum[0]) - 1;
            boolean exact = true;
            long constant = 0;
            long[] quadratic = new long[m];
            long[] linear = new long[n];
            for (int i = 0; i < n; i++) {
                long h = integer(model.linear(i), shift);
                exact &= Math.scalb((double) h, -shift) == model.linear(i);
                linear[i] = spin ? 2 * h : h;
                constant -= spin ? h : 0;
            }
            for (int t = 0; t < m; t++) {
                long w = integer(weight[t], shift);
                exact &= Math.scalb((double) w, -shift) == weight[t];
                quadratic[t] = spin ? 4 * w : w;
                if (spin) {
                    linear[first[t]] -= 2 * w;
                    linear[second[t]] -= 2 * w;
                    constant += w;
                }
            }
            return new Coefficients(n, first, second, quadratic, linear, constant, shift, exact);
        }

        private static long integer(double value, int shift) {
            return (long) Math.rint(Math.scalb(value, shift));
        }
    }

    @Override
    public String toString() {
        int strongly = 0;
        int some = 0;
        for (int i = 0; i < all.length; i++) {
            strongly += strong[i] == FixedVariables.FREE ? 0 : 1;
            some += all[i] == FixedVariables.FREE ? 0 : 1;
        }
        return "at least %s; of %d variables %d are fixed, %d of them strongly"
                .formatted(lowerBound, all.length, some, strongly);
    }
}
