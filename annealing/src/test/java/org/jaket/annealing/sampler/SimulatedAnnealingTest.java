package org.jaket.annealing.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.Vartype;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class SimulatedAnnealingTest {
    /** Coefficients of any size: what counts is their ratio. */
    @Test
    void scalesDoNotMatter() {
        BinaryQuadraticModel model = Models.random(12, 0.5, Vartype.BINARY, 3);
        SamplingOptions options = SamplingOptions.reads(16).sweeps(200).seed(1);
        byte[] best = new SimulatedAnnealing().sample(model, options).best().state();
        for (int power : new int[] {-900, -60, 60, 900}) {
            var scaled = BinaryQuadraticModel.builder(Vartype.BINARY);
            for (int i = 0; i < 12; i++) {
                scaled.addLinear(i, Math.scalb(model.linear(i), power));
            }
            model.forEachInteraction((i, j, w) -> scaled.addQuadratic(i, j, Math.scalb(w, power)));
            assertThat(new SimulatedAnnealing().sample(scaled.build(), options).best().state())
                    .isEqualTo(best);
        }
    }

    @Test
    void aReadIsCutShortInSweepsAndNotInTemperature() {
        BinaryQuadraticModel model = Models.glass(400, 1600, 5);
        var options = SamplingOptions.reads(1).seed(1).limit(Duration.ofMillis(200));
        double energy = new SimulatedAnnealing().sample(model, options).best().energy();
        // Random states have about 0 +- 40.
        assertThat(energy).isLessThan(-500);
    }

    @Test
    void modelsWithoutInteractionsOrVariables() {
        BinaryQuadraticModel single =
                BinaryQuadraticModel.builder(Vartype.BINARY).addLinear(0, -2).addOffset(1).build();
        var sampler = new SimulatedAnnealing();
        assertThat(sampler.sample(single, SamplingOptions.reads(3)).best().energy()).isEqualTo(-1);
        BinaryQuadraticModel flat =
                BinaryQuadraticModel.builder(Vartype.SPIN).addLinear(3, 0).build();
        assertThat(sampler.sample(flat, SamplingOptions.reads(3)).best().energy()).isZero();
        assertThatThrownBy(
                        () ->
                                sampler.sample(
                                        BinaryQuadraticModel.builder(Vartype.SPIN).build(),
                                        SamplingOptions.reads(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no variables");
    }

    @Test
    void schedulesGoThroughTheirNumbers() {
        for (var course : Schedule.Course.values()) {
            var schedule = new Schedule(course, List.of(0.5, 8.0));
            assertThat(schedule.beta(0, 10)).isCloseTo(0.5, within(1e-12));
            assertThat(schedule.beta(9, 10)).isCloseTo(8, within(1e-12));
            assertThat(schedule.beta(0, 1)).isCloseTo(8, within(1e-12));
        }
        assertThat(Schedule.geometric(1, 16).beta(1, 3)).isCloseTo(4, within(1e-12));
        Schedule reverse = Schedule.geometric(8, 2, 8);
        assertThat(reverse.beta(1, 5)).isCloseTo(4, within(1e-12));
        assertThat(reverse.beta(2, 5)).isCloseTo(2, within(1e-12));
        assertThat(reverse.beta(3, 5)).isCloseTo(4, within(1e-12));
        double[] own = {0, 3, 1, 7, 7};
        for (int k = 0; k < own.length; k++) {
            assertThat(Schedule.linear(own).beta(k, own.length)).isCloseTo(own[k], within(1e-12));
        }
        assertThat(Schedule.cooling(2).beta(3, 9)).isCloseTo(2, within(1e-12));
    }

    @Test
    void wrongSchedulesAreRefused() {
        assertThatThrownBy(Schedule::linear).hasMessageContaining("at least one");
        assertThatThrownBy(() -> Schedule.linear(1, -2)).hasMessageContaining("-2");
        assertThatThrownBy(() -> Schedule.linear(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Schedule.geometric(0, 1)).hasMessageContaining("linear");
        assertThatThrownBy(() -> new ParallelTempering().range(Schedule.linear(2, 1)))
                .hasMessageContaining("rise");
    }
}
