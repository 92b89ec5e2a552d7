package org.jaket.annealing.relaxation;

import org.jaket.annealing.constrained.ConstrainedSample;
import org.jaket.annealing.constrained.ConstrainedSampleSet;

import java.util.List;

/**
 * What a relaxation found.
 *
 * @param samples minima and repaired assignments, checked against the model itself; solutions
 *     first. Of long runs the first thousand, and each that was better than all before
 * @param bound the best bound that is proven, whatever the sampler
 * @param dual the highest minimum of a relaxed model: proven where the sampler is exact, else an
 *     estimate
 * @param trace the rounds, in their order
 * @param qubits how many variables each sampled model had: those of the constrained model
 * @param converged whether the rounds ended because the update had no better multipliers and the
 *     bound proves the minima right, or because the solution meets the bound
 */
public record RelaxationResult(
        ConstrainedSampleSet samples,
        LowerBound.Proven bound,
        LowerBound dual,
        List<RelaxationRound> trace,
        int qubits,
        boolean converged) {
    /** Keeps the rounds. */
    public RelaxationResult {
        trace = List.copyOf(trace);
    }

    /** Whether a solution was found. */
    public boolean isFeasible() {
        return samples.isFeasible();
    }

    /**
     * The solution with the lowest energy.
     *
     * @throws IllegalStateException if there is none; it names the constraints that were broken
     */
    public ConstrainedSample best() {
        return samples.best();
    }

    /**
     * How far the best solution may be above the optimum, as a part of its energy: 0 means proven
     * optimal, infinity that there is no solution, or one of energy 0 above the bound.
     */
    public double gap() {
        if (!isFeasible()) {
            return Double.POSITIVE_INFINITY;
        }
        double energy = best().energy();
        double distance = Math.max(0, energy - bound.value());
        return distance == 0 ? 0 : distance / Math.abs(energy);
    }

    /** Solution, bound and size. */
    @Override
    public String toString() {
        return "%s; bound %s (%s), %d rounds, %d qubits"
                .formatted(
                        isFeasible() ? "best " + best().energy() : "no solution",
                        bound.value(),
                        bound.proof(),
                        trace.size(),
                        qubits);
    }
}
