package org.jaket.annealing.relaxation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.problem.ConformanceData;
import org.jaket.annealing.problem.MaximumIndependentSet;
import org.jaket.annealing.problem.MultidimensionalKnapsack;
import org.jaket.annealing.problem.TravellingSalesman;
import org.jaket.annealing.sampler.SimulatedAnnealing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;

/** Instances of the study of arXiv 2507.12159 and of TSPLIB; optima are those of their sources. */
class PublishedInstancesTest {
    private static final SamplingOptions OPTIONS =
            SamplingOptions.reads(8).sweeps(200).seed(7).threads(1);

    @ParameterizedTest
    @CsvSource({"hp1,28,60", "pb1,27,59", "pet3,15,102"})
    void knapsacksNeedNoSlackAndBracketTheOptimum(String name, int items, int withSlack)
            throws IOException {
        MultidimensionalKnapsack problem =
                MultidimensionalKnapsack.read(ConformanceData.of("mdkp/" + name + ".dat"));
        double optimum = problem.knownOptimum().orElseThrow();
        LagrangianRelaxation relaxation = LagrangianRelaxation.of(problem.constrainedModel());

        RelaxationResult result = relaxation.solve(new SimulatedAnnealing(), OPTIONS);

        assertThat(result.qubits()).isEqualTo(items);
        // 60 is also the number of the study; a capacity c needs slack of log2(c + 1) bits.
        assertThat(items + relaxation.savedQubits()).isEqualTo(withSlack);
        assertThat(-result.bound().value()).isBetween(optimum, 1.03 * optimum);
        assertThat(-result.best().energy()).isBetween(0.97 * optimum, optimum);
    }

    @ParameterizedTest
    @CsvSource({"8,4", "16,8", "32,12"})
    void independentSetsAreFound(int nodes, int optimum) throws IOException {
        MaximumIndependentSet problem =
                MaximumIndependentSet.read(ConformanceData.of("mis/1tc." + nodes + ".txt"));
        LagrangianRelaxation relaxation = LagrangianRelaxation.of(problem.constrainedModel());

        RelaxationResult result = relaxation.solve(new SimulatedAnnealing(), OPTIONS);

        assertThat(-result.best().energy()).isEqualTo(optimum);
        // Pairs need no slack in the other form either.
        assertThat(relaxation.savedQubits()).isZero();
        // One half of each node keeps all edges: the linear relaxation is at least that.
        assertThat(-result.bound().value()).isGreaterThanOrEqualTo(nodes / 2.0 - 1e-6);
    }

    @Test
    void burma14IsToured() throws IOException {
        TravellingSalesman problem =
                TravellingSalesman.read(ConformanceData.of("tsplib/burma14.tsp"));

        RelaxationResult result =
                LagrangianRelaxation.of(problem.constrainedModel())
                        .update(MultiplierUpdate.AUGMENTED)
                        .rounds(60)
                        .solve(new SimulatedAnnealing(), OPTIONS);

        assertThat(result.qubits()).isEqualTo(13 * 13);
        assertThat(result.best().energy()).isCloseTo(3323, within(0.15 * 3323));
        assertThat(result.bound().value()).isLessThanOrEqualTo(3323);
    }
}
