package org.jaket.annealing.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Convergence;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.Vartype;
import org.jaket.execution.Progress;
import org.junit.jupiter.api.Test;

import java.util.List;

class ConvergenceTest {
    @Test
    void everyBetterStateIsNoted() {
        BinaryQuadraticModel model = Models.random(40, 0.3, Vartype.BINARY, 1);
        for (Sampler sampler :
                List.of(
                        new SimulatedAnnealing(),
                        new TabuSearch(),
                        new ParallelTempering(),
                        new SteepestDescent())) {
            var convergence = new Convergence(Progress.NONE);
            SampleSet set =
                    sampler.sample(
                            model,
                            SamplingOptions.reads(40).sweeps(50).seed(2).progress(convergence));
            List<Convergence.Point> points = convergence.points();
            assertThat(points).isNotEmpty();
            // Replicas tell energies in single precision.
            assertThat(points.getLast().energy()).isCloseTo(set.best().energy(), within(1e-4));
            for (int k = 1; k < points.size(); k++) {
                assertThat(points.get(k).energy()).isLessThan(points.get(k - 1).energy());
                assertThat(points.get(k).time()).isGreaterThanOrEqualTo(points.get(k - 1).time());
            }
        }
    }
}
