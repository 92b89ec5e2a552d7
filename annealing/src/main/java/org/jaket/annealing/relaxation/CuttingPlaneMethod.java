package org.jaket.annealing.relaxation;

/** Kelley's cutting planes: the multipliers that are best for all minima seen so far. */
final class CuttingPlaneMethod implements DualMethod {
    /** A promise smaller than this part of a unit is none. */
    private static final double TOLERANCE = 1e-7;

    private final RelaxedRows rows;
    private final CutProgram program;
    private final double[] none;
    private double[] lambda;
    private double highest = Double.NEGATIVE_INFINITY;
    private boolean converged;

    CuttingPlaneMethod(RelaxedRows rows) {
        this.rows = rows;
        this.program = new CutProgram(rows.equation, 2 * rows.unit);
        this.none = new double[rows.size];
        this.lambda = new double[rows.size];
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
        highest = Math.max(highest, outcome.minimum());
        program.add(Cut.of(outcome, lambda));
        double enough = highest + TOLERANCE * rows.unit;
        converged = program.promise(enough) <= enough;
        lambda = program.multipliers();
    }

    @Override
    public boolean isConverged() {
        return converged;
    }
}
