package org.jaket.annealing.relaxation;

/** Steps along the supergradient: dual ascent and Polyak's rule, which differ in their length. */
final class StepMethod implements DualMethod {
    private final RelaxedRows rows;
    private final Length length;
    private final double[] none;
    private double[] lambda;
    private boolean still;

    /** How long a step is, from the squared length of the supergradient that can be followed. */
    private interface Length {
        double of(Outcome outcome, double square);
    }

    private StepMethod(RelaxedRows rows, Length length) {
        this.rows = rows;
        this.length = length;
        this.none = new double[rows.size];
        this.lambda = new double[rows.size];
    }

    static StepMethod ascent(RelaxedRows rows, MultiplierUpdate.DualAscent rule) {
        int[] round = {0};
        return new StepMethod(
                rows, (outcome, square) -> rule.step() * rows.unit / Math.sqrt(++round[0]));
    }

    static StepMethod polyak(RelaxedRows rows, MultiplierUpdate.Subgradient rule) {
        return new StepMethod(rows, new Polyak(rule, rows.unit));
    }

    private static final class Polyak implements Length {
        private final int patience;
        private final double unit;
        private double factor;
        private double highest = Double.NEGATIVE_INFINITY;
        private int waited;

        Polyak(MultiplierUpdate.Subgradient rule, double unit) {
            this.factor = rule.factor();
            this.patience = rule.patience();
            this.unit = unit;
        }

        @Override
        public double of(Outcome outcome, double square) {
            if (outcome.minimum() > highest) {
                highest = outcome.minimum();
                waited = 0;
            } else if (++waited == patience) {
                factor /= 2;
                waited = 0;
            }
            double target =
                    outcome.best() < Double.POSITIVE_INFINITY ? outcome.best() : highest + unit;
            return factor * Math.max(0, target - outcome.minimum()) / square;
        }
    }

    @Override
    public double[] multipliers() {
        return lambda;
    }

    @Override
    public double[] squares() {
        return none;
    }

    @Override
    public void learn(Outcome outcome) {
        double square = 0;
        for (int r = 0; r < rows.size; r++) {
            double g = outcome.rows()[r];
            // Where the multiplier is at its bound and would fall, nothing can be followed.
            square += lambda[r] == 0 && rows.allowed(r, g) == 0 ? 0 : g * g;
        }
        if (square == 0) {
            still = true;
            return;
        }
        double step = length.of(outcome, square);
        double[] next = new double[rows.size];
        for (int r = 0; r < rows.size; r++) {
            next[r] = rows.allowed(r, lambda[r] + step * outcome.rows()[r]);
        }
        lambda = next;
    }

    @Override
    public boolean isConverged() {
        return still;
    }
}
