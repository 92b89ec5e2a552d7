package org.jaket.annealing.relaxation;

/** Multipliers and squares; see {@link MultiplierUpdate.AugmentedLagrangian}. */
final class AugmentedMethod implements DualMethod {
    /** Squares above this many units drown the objective. */
    private static final double MOST = 1000;

    private final RelaxedRows rows;
    private final double growth;
    private double rho;
    private double before = Double.POSITIVE_INFINITY;
    private double[] lambda;
    private double[] squares;

    AugmentedMethod(RelaxedRows rows, MultiplierUpdate.AugmentedLagrangian rule) {
        this.rows = rows;
        this.growth = rule.growth();
        this.rho = rule.penalty() * rows.unit;
        this.lambda = new double[rows.size];
        this.squares = new double[rows.size];
        for (int r = 0; r < rows.size; r++) {
            squares[r] = rows.equation[r] ? rho / 2 : 0;
        }
    }

    @Override
    public double[] multipliers() {
        return lambda;
    }

    @Override
    public double[] squares() {
        return squares;
    }

    @Override
    public void learn(Outcome outcome) {
        double worst = 0;
        double[] next = new double[rows.size];
        double[] weights = new double[rows.size];
        for (int r = 0; r < rows.size; r++) {
            double g = outcome.rows()[r];
            worst = Math.max(worst, rows.equation[r] ? Math.abs(g) : g);
            next[r] = rows.allowed(r, lambda[r] + rho * g);
        }
        if (worst > before / 2) {
            rho = Math.min(rho * growth, MOST * rows.unit);
        }
        before = worst > 0 ? worst : before;
        for (int r = 0; r < rows.size; r++) {
            weights[r] = rows.equation[r] || outcome.rows()[r] > 0 ? rho / 2 : 0;
        }
        lambda = next;
        squares = weights;
    }

    /** A minimum without violation is a solution, but perhaps not the best. */
    @Override
    public boolean isConverged() {
        return false;
    }
}
