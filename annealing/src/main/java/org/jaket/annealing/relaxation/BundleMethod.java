package org.jaket.annealing.relaxation;

import java.util.ArrayList;
import java.util.List;

/** The proximal bundle method; see {@link MultiplierUpdate.Bundle}. */
final class BundleMethod implements DualMethod {
    /** A promise smaller than this part of a unit is none. */
    private static final double TOLERANCE = 1e-6;

    /** The part of a promise that must be kept for the centre to move. */
    private static final double KEPT = 0.1;

    private final RelaxedRows rows;
    private final int size;
    private final List<Cut> cuts = new ArrayList<>();

    /** All cuts, also those that the bundle has dropped. */
    private final CutProgram far;

    private final double[] none;
    private double[] centre;
    private double height = Double.NEGATIVE_INFINITY;
    private double promise = Double.NEGATIVE_INFINITY;
    private double step;
    private double[] lambda;
    private boolean converged;

    BundleMethod(RelaxedRows rows, int size) {
        this.rows = rows;
        this.size = size;
        this.step = rows.unit;
        this.far = new CutProgram(rows.equation, 2 * rows.unit);
        this.none = new double[rows.size];
        this.centre = new double[rows.size];
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
        cuts.add(Cut.of(outcome, lambda));
        far.add(cuts.getLast());
        if (height == Double.NEGATIVE_INFINITY) {
            height = outcome.minimum();
        } else if (outcome.minimum() >= height + KEPT * (promise - height)) {
            // Most of the promise kept: the cuts are right as far as this, so go further.
            step *= outcome.minimum() >= height + 0.5 * (promise - height) ? 2 : 1;
            centre = lambda;
            height = outcome.minimum();
        } else {
            step = Math.max(step * 0.8, 1e-3 * rows.unit);
        }
        ProximalProgram program = new ProximalProgram(cuts, centre, rows.equation, step);
        program.solve();
        lambda = program.multipliers();
        promise = program.value();
        double enough = height + TOLERANCE * rows.unit;
        if (promise <= enough) {
            lookFurther(enough);
        }
        if (cuts.size() >= size) {
            // One cut is added a round, so one makes room.
            cuts.remove(program.lightest());
        }
    }

    /**
     * Where the neighbourhood of the centre promises nothing, the linear program over all cuts says
     * whether there is something elsewhere.
     */
    private void lookFurther(double enough) {
        promise = far.promise(enough);
        converged = promise <= enough;
        lambda = far.multipliers();
    }

    @Override
    public boolean isConverged() {
        return converged;
    }
}
