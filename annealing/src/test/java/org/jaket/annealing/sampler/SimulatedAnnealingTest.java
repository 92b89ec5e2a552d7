package org.jaket.annealing.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Sample;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.Vartype;
import org.jaket.execution.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.concurrent.CancellationException;

class SimulatedAnnealingTest {
    @ParameterizedTest
    @EnumSource(SimulatedAnnealing.Update.class)
    void theMinimumOfEverySmallModelIsFound(SimulatedAnnealing.Update update) {
        var sampler = new SimulatedAnnealing().update(update);
        for (long seed = 0; seed < 40; seed++) {
            Vartype vartype = seed % 2 == 0 ? Vartype.SPIN : Vartype.BINARY;
            BinaryQuadraticModel model = Models.random(1 + (int) seed % 12, 0.6, vartype, seed);
            SampleSet set = sampler.sample(model, SamplingOptions.reads(32).seed(seed));
            assertThat(set.best().energy()).isCloseTo(Models.minimum(model), within(1e-12));
            assertThat(set.reads()).isEqualTo(32);
            for (Sample s : set) {
                assertThat(s.energy()).isEqualTo(model.energy(s.state()));
            }
        }
    }

    @Test
    void threadsDoNotChangeTheSamples() {
        BinaryQuadraticModel model = Models.glass(60, 200, 2);
        SamplingOptions options = SamplingOptions.reads(100).sweeps(20).seed(11);
        var sampler = new SimulatedAnnealing();
        SampleSet one = sampler.sample(model, options.threads(1));
        assertThat(sampler.sample(model, options.threads(3)).samples()).isEqualTo(one.samples());
        assertThat(sampler.sample(model, options.seed(12)).samples()).isNotEqualTo(one.samples());
        assertThat(one.reads()).isEqualTo(100);
        assertThat(one.meanEnergy()).isGreaterThanOrEqualTo(one.best().energy());
    }

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
    void aLimitOfTimeEndsTheWork() {
        BinaryQuadraticModel model = Models.glass(1000, 50_000, 4);
        long start = System.nanoTime();
        SampleSet set =
                new SimulatedAnnealing()
                        .sample(
                                model,
                                SamplingOptions.reads(100_000)
                                        .sweeps(100_000)
                                        .limit(Duration.ofMillis(50)));
        // What is measured elsewhere in milliseconds is only a matter of seconds here.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(set.reads()).isPositive();
    }

    @Test
    void aReadIsCutShortInSweepsAndNotInTemperature() {
        BinaryQuadraticModel model = Models.glass(400, 1600, 5);
        var options = SamplingOptions.reads(1).seed(1).limit(Duration.ofMillis(60));
        double energy = new SimulatedAnnealing().sample(model, options).best().energy();
        // Random states have about 0 +- 40.
        assertThat(energy).isLessThan(-800);
    }

    @Test
    void workCanBeCancelled() {
        Progress cancelled =
                new Progress() {
                    @Override
                    public void report(long done, long total) {}

                    @Override
                    public boolean isCancelled() {
                        return true;
                    }
                };
        BinaryQuadraticModel model = Models.glass(100, 300, 6);
        for (int threads = 1; threads <= 2; threads++) {
            var options = SamplingOptions.reads(64).threads(threads).progress(cancelled);
            assertThatThrownBy(() -> new SimulatedAnnealing().sample(model, options))
                    .isInstanceOf(CancellationException.class);
        }
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
    void schedulesRise() {
        for (var course : Schedule.Course.values()) {
            var schedule = new Schedule(0.5, 8, course);
            assertThat(schedule.beta(0, 10)).isCloseTo(0.5, within(1e-12));
            assertThat(schedule.beta(9, 10)).isCloseTo(8, within(1e-12));
            assertThat(schedule.beta(0, 1)).isCloseTo(8, within(1e-12));
        }
        assertThat(new Schedule(1, 16, Schedule.Course.GEOMETRIC).beta(1, 3))
                .isCloseTo(4, within(1e-12));
        assertThatThrownBy(() -> new Schedule(2, 1, Schedule.Course.LINEAR))
                .hasMessageContaining("rise");
        assertThatThrownBy(() -> new Schedule(0, 1, Schedule.Course.GEOMETRIC))
                .hasMessageContaining("linear");
    }
}
