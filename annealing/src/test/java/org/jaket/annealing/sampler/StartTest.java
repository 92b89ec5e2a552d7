package org.jaket.annealing.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Sample;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.Vartype;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads that begin at given states. */
class StartTest {
    /** A ring of ferromagnetic couplings in blocks of 8: each pattern of blocks is a minimum. */
    private static BinaryQuadraticModel blocks(Vartype vartype) {
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN);
        for (int block = 0; block < 4; block++) {
            for (int i = 0; i < 8; i++) {
                for (int j = 0; j < i; j++) {
                    builder.addQuadratic(8 * block + i, 8 * block + j, -1);
                }
            }
        }
        BinaryQuadraticModel model = builder.build();
        return vartype == Vartype.SPIN ? model : model.toBinary();
    }

    private static List<byte[]> patterns(Vartype vartype) {
        List<byte[]> states = new ArrayList<>();
        for (int pattern = 0; pattern < 16; pattern++) {
            byte[] state = new byte[32];
            for (int i = 0; i < 32; i++) {
                state[i] = (pattern >> i / 8 & 1) != 0 ? vartype.high() : vartype.low();
            }
            states.add(state);
        }
        return states;
    }

    private static List<Sampler> from(List<byte[]> states) {
        return List.of(
                new SteepestDescent().from(states),
                new SimulatedAnnealing().schedule(Schedule.linear(50)).from(states),
                new SimulatedAnnealing()
                        .update(SimulatedAnnealing.Update.GIBBS)
                        .from(states)
                        .schedule(Schedule.linear(50)));
    }

    /** Seventeen reads: the last one begins where the first did, in another block of lanes. */
    @Test
    void coldReadsStayInTheMinimaWhereTheyBegin() {
        for (Vartype vartype : Vartype.values()) {
            List<byte[]> states = patterns(vartype);
            for (Sampler sampler : from(states)) {
                SampleSet set = sampler.sample(blocks(vartype), SamplingOptions.reads(17).seed(3));
                assertThat(set.samples()).hasSize(16);
                assertThat(set.samples().stream().map(Sample::state)).containsAll(states);
                assertThat(
                                set.samples().stream()
                                        .filter(s -> s.occurrences() == 2)
                                        .map(Sample::state))
                        .containsExactly(states.getFirst());
            }
        }
    }

    /** Through the heat and back: nothing is left of where it began. */
    @Test
    void reverseAnnealingLeavesAMinimumIfItGetsWarmEnough() {
        byte[] bad = patterns(Vartype.SPIN).getFirst();
        bad[0] = 1;
        SamplingOptions options = SamplingOptions.reads(64).sweeps(200).seed(5);
        var annealing = new SimulatedAnnealing().from(List.of(bad));

        SampleSet cold =
                annealing.schedule(Schedule.linear(50)).sample(blocks(Vartype.SPIN), options);
        SampleSet warm =
                annealing
                        .schedule(Schedule.geometric(50, 0.02, 50))
                        .sample(blocks(Vartype.SPIN), options);

        assertThat(cold.samples()).hasSize(1);
        assertThat(warm.samples().size()).isGreaterThan(8);
    }

    @Test
    void tabuSearchAndPathIntegralsNeverGetWorseThanABestStart() {
        BinaryQuadraticModel model = Models.random(200, 0.1, Vartype.BINARY, 9);
        byte[] good =
                new ParallelTempering()
                        .sample(model, SamplingOptions.reads(1).seed(1).sweeps(300))
                        .best()
                        .state();
        SamplingOptions none = SamplingOptions.reads(1).seed(1).limit(Duration.ZERO);
        for (Sampler sampler :
                List.of(
                        new TabuSearch().from(List.of(good)),
                        new PathIntegralAnnealing().from(List.of(good)),
                        new SteepestDescent().from(List.of(good)))) {
            assertThat(sampler.sample(model, none).best().energy())
                    .isLessThanOrEqualTo(model.energy(good) + 1e-9);
        }
    }

    @Test
    void statesOfAnotherModelAreRefused() {
        BinaryQuadraticModel model = blocks(Vartype.BINARY);
        SamplingOptions one = SamplingOptions.reads(1);
        byte[] spins = new byte[32];
        Arrays.fill(spins, (byte) -1);
        for (Sampler sampler :
                List.of(
                        new SimulatedAnnealing().from(List.of(spins)),
                        new TabuSearch().from(List.of(spins)),
                        new PathIntegralAnnealing().from(List.of(spins)),
                        new SteepestDescent().from(List.of(spins)))) {
            assertThatThrownBy(() -> sampler.sample(model, one))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("0 or 1");
        }
        assertThatThrownBy(() -> new TabuSearch().from(List.of(new byte[31])).sample(model, one))
                .hasMessageContaining("31 values");
        assertThatThrownBy(() -> new TabuSearch().from(List.of())).hasMessageContaining("no state");
    }
}
