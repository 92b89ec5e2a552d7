package org.jaket.examples;

import static org.jaket.annealing.polynomial.Expression.weightedSum;
import static org.jaket.annealing.polynomial.Variable.binaries;

import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.constrained.ConstrainedSample;
import org.jaket.annealing.constrained.PenaltyForm;
import org.jaket.annealing.polynomial.Variable;
import org.jaket.annealing.sampler.SimulatedAnnealing;

import java.util.List;

/** What to put into a backpack that carries ten kilograms. */
public final class Backpack {
    private Backpack() {}

    /** Runs the example. */
    public static void main(String[] args) {
        List<Variable> take = binaries("take", 5);
        ConstrainedModel backpack =
                ConstrainedModel.builder()
                        .maximize(weightedSum(new double[] {6, 5, 8, 9, 3}, take))
                        .subjectTo(
                                "weight",
                                weightedSum(new double[] {2, 3, 6, 7, 5}, take).atMost(10))
                        .build();

        PenaltyForm form = PenaltyForm.of(backpack);
        IO.println(form.model());
        ConstrainedSample best =
                form.sample(new SimulatedAnnealing(), SamplingOptions.reads(100).seed(7)).best();
        IO.println("worth %.0f: %s".formatted(-best.energy(), best.toMap()));

        ConstrainedSample all = backpack.check(1, 1, 1, 1, 1);
        IO.println("all of it: " + all.broken());
    }
}
