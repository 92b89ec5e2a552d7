package org.jaket.examples;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Sample;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.sampler.Portfolio;
import org.jaket.annealing.sampler.SimulatedAnnealing;

/** A chain of spins between two magnets. */
public final class Ising {
    private Ising() {}

    /** Runs the example. */
    public static void main(String[] args) {
        var b = BinaryQuadraticModel.builder(Vartype.SPIN);
        for (int i = 0; i < 99; i++) {
            b.addQuadratic(i, i + 1, -1);
        }
        BinaryQuadraticModel chain = b.addLinear(0, 3).addLinear(99, -3).build();

        SampleSet drawn =
                new SimulatedAnnealing()
                        .sample(chain, SamplingOptions.reads(100).sweeps(500).seed(7));
        IO.println("annealing finds %.0f".formatted(drawn.best().energy()));

        SampleSet solved = new Portfolio().sample(chain, SamplingOptions.reads(1));
        Sample ground = solved.best();
        IO.println("%s: %.0f".formatted(solved.sampler(), ground.energy()));
        IO.println("first %+d, last %+d".formatted(ground.value(0), ground.value(99)));
    }
}
