package org.jaket.annealing.presolve;

import org.jaket.annealing.BinaryQuadraticModel;

/**
 * A model whose energy is the original's times a positive factor, so that its coefficients fit a
 * range, such as that of an annealer. States are the same.
 */
public final class Scaling implements Reduction {
    private final BinaryQuadraticModel original;
    private final BinaryQuadraticModel model;
    private final double factor;

    private Scaling(BinaryQuadraticModel original, BinaryQuadraticModel model, double factor) {
        this.original = original;
        this.model = model;
        this.factor = factor;
    }

    /**
     * The numbers that coefficients may be.
     *
     * @param low below 0
     * @param high above 0
     */
    public record Range(double low, double high) {
        /** Checks the bounds. */
        public Range {
            if (!(low < 0 && high > 0 && Double.isFinite(low) && Double.isFinite(high))) {
                throw new IllegalArgumentException(
                        "a range is from a negative to a positive number, not from %s to %s"
                                .formatted(low, high));
            }
        }

        /** From {@code -bound} to {@code bound}. */
        public static Range of(double bound) {
            return new Range(-bound, bound);
        }

        /** A coefficient that rounding may have put beside the range. */
        private double fit(double coefficient) {
            return Math.max(low, Math.min(high, coefficient));
        }

        /** How far a coefficient goes beyond its bound, as a ratio; 0 for 0. */
        private double excess(double coefficient) {
            return coefficient / (coefficient < 0 ? low : high);
        }
    }

    /**
     * Scales a model so that its coefficients just fit their ranges; one that has only zeros stays
     * as it is.
     *
     * @param linear for the linear coefficients
     * @param quadratic for the interactions
     */
    public static Scaling toRange(BinaryQuadraticModel model, Range linear, Range quadratic) {
        double excess = 0;
        for (int i = 0; i < model.size(); i++) {
            excess = Math.max(excess, linear.excess(model.linear(i)));
            for (int k = 0; k < model.degree(i); k++) {
                excess = Math.max(excess, quadratic.excess(model.weight(i, k)));
            }
        }
        if (excess == 0) {
            return new Scaling(model, model, 1);
        }
        double factor = 1 / excess;
        if (!Double.isFinite(factor) || factor == 0) {
            throw new IllegalArgumentException(
                    "the largest coefficient is %s times its bound, which is beyond what a double can scale"
                            .formatted(excess));
        }
        var scaled =
                BinaryQuadraticModel.builder(model.vartype())
                        .addVariables(model.variables())
                        .addOffset(model.offset() * factor);
        for (int i = 0; i < model.size(); i++) {
            scaled.addLinear(i, linear.fit(model.linear(i) * factor));
        }
        model.forEachInteraction((i, j, w) -> scaled.addQuadratic(i, j, quadratic.fit(w * factor)));
        return new Scaling(model, scaled.build(), factor);
    }

    @Override
    public BinaryQuadraticModel original() {
        return original;
    }

    @Override
    public BinaryQuadraticModel model() {
        return model;
    }

    /** What energies are multiplied by. */
    public double factor() {
        return factor;
    }

    @Override
    public byte[] restore(byte[] state) {
        States.check(state, model);
        return state.clone();
    }
}
