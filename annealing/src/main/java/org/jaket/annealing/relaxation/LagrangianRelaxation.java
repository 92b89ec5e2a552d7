package org.jaket.annealing.relaxation;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.constrained.PenaltyForm;
import org.jaket.annealing.presolve.RoofDuality;

/**
 * Solves a constrained model of binary variables without slack: linear constraints {@code A x <= b}
 * and equations are priced by multipliers, and any sampler minimises {@code f(x) + lambda (A x -
 * b)}, a model with as many variables as the constrained one.
 *
 * <pre>{@code
 * LagrangianRelaxation relaxation = LagrangianRelaxation.of(model).rounds(50);
 * RelaxationResult result = relaxation.solve(new ParallelTempering(), SamplingOptions.reads(4));
 * }</pre>
 *
 * <p>Each round samples the relaxed model, makes solutions of the samples by dropping and adding
 * variables greedily, and changes the multipliers. Every minimum of a relaxed model with allowed
 * multipliers is a lower bound on all solutions; a sampler's answer is that only where it is exact,
 * so for others the bound of {@link RoofDuality} is taken, which always holds, and is the minimum
 * itself where the objective is linear. The gap between the bound and the optimum does not close in
 * general: the bound is that of the linear relaxation where the objective is linear.
 *
 * <p>Source: "Cutting slack", arXiv 2507.12159. Immutable.
 */
public final class LagrangianRelaxation {
    /** Rounds when nobody says how many. */
    public static final int ROUNDS = 100;

    private final RelaxedRows rows;
    private final MultiplierUpdate update;
    private final int rounds;

    private LagrangianRelaxation(RelaxedRows rows, MultiplierUpdate update, int rounds) {
        this.rows = rows;
        this.update = update;
        this.rounds = rounds;
    }

    /**
     * The relaxation of all constraints of a model, with a bundle and {@value #ROUNDS} rounds.
     *
     * @throws IllegalArgumentException if a variable is not binary, or a constraint is quadratic or
     *     soft; {@link PenaltyForm} is for these
     */
    public static LagrangianRelaxation of(ConstrainedModel model) {
        return new LagrangianRelaxation(new RelaxedRows(model), MultiplierUpdate.BUNDLE, ROUNDS);
    }

    /** The same with another rule for the multipliers. */
    public LagrangianRelaxation update(MultiplierUpdate newUpdate) {
        return new LagrangianRelaxation(rows, newUpdate, rounds);
    }

    /**
     * The same with another number of rounds.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public LagrangianRelaxation rounds(int newRounds) {
        if (newRounds < 1) {
            throw new IllegalArgumentException("there is at least 1 round, not " + newRounds);
        }
        return new LagrangianRelaxation(rows, update, newRounds);
    }

    /** How many variables the relaxed models have: those of the constrained model. */
    public int qubits() {
        return rows.model.size();
    }

    /**
     * How many bits {@link PenaltyForm} would add for the same model. Builds that form.
     *
     * @throws IllegalArgumentException if it cannot be built
     */
    public int savedQubits() {
        return PenaltyForm.of(rows.model).auxiliary();
    }

    /**
     * The relaxed model {@code f(x) + lambda (A x - b)}; for a constraint {@code >=} the other way
     * round, so that a broken one always costs.
     *
     * @param multipliers one for each constraint, at least 0 for inequalities
     * @throws IllegalArgumentException if their number or a sign is wrong
     */
    public BinaryQuadraticModel relaxed(double... multipliers) {
        if (multipliers.length != rows.size) {
            throw new IllegalArgumentException(
                    "%d multipliers for %d constraints".formatted(multipliers.length, rows.size));
        }
        for (int r = 0; r < rows.size; r++) {
            if (!Double.isFinite(multipliers[r]) || !rows.equation[r] && multipliers[r] < 0) {
                throw new IllegalArgumentException(
                        "the multiplier of %s cannot be %s: it is finite, and at least 0 for an inequality"
                                .formatted(
                                        rows.model.constraints().get(r).label(), multipliers[r]));
            }
        }
        return rows.relaxed(rows.fromUnits(multipliers), new double[rows.size]);
    }

    /**
     * A bound on all solutions from given multipliers, by roof duality: holds without any sampler.
     *
     * @throws IllegalArgumentException if their number or a sign is wrong
     */
    public LowerBound.Proven bound(double... multipliers) {
        return new LowerBound.Proven(
                RoofDuality.of(relaxed(multipliers)).lowerBound(), LowerBound.Proof.ROOF_DUALITY);
    }

    /**
     * Samples, repairs and changes multipliers, round by round.
     *
     * @param options reads, sweeps and threads are those of each round; the limit of time is for
     *     all rounds together, shared equally among those that are left; progress counts rounds
     * @throws java.util.concurrent.CancellationException if the options' progress says so
     */
    public RelaxationResult solve(Sampler sampler, SamplingOptions options) {
        return new RelaxationRun(rows, update, rounds, sampler, options).solve();
    }
}
