package org.jaket.annealing.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.Variables;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.topology.Chimera;
import org.jaket.annealing.topology.HardwareGraph;
import org.jaket.annealing.topology.Pegasus;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class EmbeddedSamplerTest {
    private static final HardwareGraph CELL = new Chimera(1, 1, 4).graph();
    private static final Embedding TRIANGLE =
            Embedding.of(List.of(new int[] {0}, new int[] {4}, new int[] {1, 5}));

    /** Finds the best state by looking at all. */
    private static final Sampler EXACT =
            (model, options) -> {
                byte[] best = {};
                double energy = Double.POSITIVE_INFINITY;
                for (int code = 0; code < 1 << model.size(); code++) {
                    byte[] state = new byte[model.size()];
                    for (int v = 0; v < state.length; v++) {
                        state[v] =
                                (code >> v & 1) != 0
                                        ? model.vartype().high()
                                        : model.vartype().low();
                    }
                    if (model.energy(state) < energy) {
                        energy = model.energy(state);
                        best = state;
                    }
                }
                List<byte[]> states = new ArrayList<>();
                for (int read = 0; read < options.reads(); read++) {
                    states.add(best);
                }
                return SampleSet.of(model, states, "exact", options.seed(), Duration.ZERO);
            };

    /** Always returns the same values for qubits 0, 1, 4, 5. */
    private static Sampler fixed(byte[]... states) {
        return (model, options) ->
                SampleSet.of(model, List.of(states), "fixed", options.seed(), Duration.ZERO);
    }

    private static BinaryQuadraticModel triangle() {
        return BinaryQuadraticModel.builder(Vartype.BINARY)
                .addVariables(List.of("a", "b", "c"))
                .addLinear(0, -1)
                .addLinear(1, -2)
                .addLinear(2, -4)
                .addQuadratic(0, 1, 3)
                .addQuadratic(0, 2, 3)
                .addQuadratic(1, 2, 3)
                .build();
    }

    private static SamplingOptions reads(int reads) {
        return SamplingOptions.reads(reads).seed(5);
    }

    /** One of the three at most: the best is c alone. */
    @Test
    void theBestStateComesBackUnderTheLabelsOfTheModel() {
        var sampler = new EmbeddedSampler(EXACT, CELL, TRIANGLE);
        SampleSet set = sampler.sample(triangle(), reads(3));
        assertThat(set.best().energy()).isEqualTo(-4);
        assertThat(set.best().value("c")).isEqualTo(1);
        assertThat(set.best().value("a")).isZero();
        assertThat(set.reads()).isEqualTo(3);
        assertThat(set.sampler()).isEqualTo("embedded, exact");
        EmbeddedSamples all = sampler.sampleEmbedded(triangle(), reads(3));
        assertThat(all.meanChainBreakFraction()).isZero();
        assertThat(all.qubits().variables()).isEqualTo(List.<Object>of(0, 1, 4, 5));
        assertThat(all.chainStrength()).isEqualTo(ChainStrength.DEFAULT.of(triangle()));
    }

    /** Two of three reads have the chain of c broken: a third of the chains. */
    @Test
    void theShareOfBrokenChainsIsToldForEachSample() {
        byte[] whole = {0, 1, 0, 1};
        byte[] broken = {1, 1, 0, 0};
        var sampler = new EmbeddedSampler(fixed(whole, broken, broken), CELL, TRIANGLE);
        EmbeddedSamples samples = sampler.sampleEmbedded(triangle(), reads(3));
        // Majority in a tie is the first qubit: a = 1, c = 1, with energy -1 - 4 + 3.
        assertThat(samples.samples().samples()).hasSize(2);
        assertThat(samples.samples().best().energy()).isEqualTo(-4);
        assertThat(samples.chainBreakFractions()).containsExactly(0, 1 / 3.0);
        assertThat(samples.meanChainBreakFraction()).isCloseTo(2 / 9.0, within(1e-15));
        assertThat(samples.discarded()).isZero();
    }

    @Test
    void brokenSamplesCanBeLeftOutButNotAll() {
        byte[] whole = {0, 1, 0, 1};
        byte[] broken = {1, 1, 0, 0};
        var sampler =
                new EmbeddedSampler(fixed(whole, broken, broken), CELL, TRIANGLE)
                        .chainBreaks(ChainBreaks.DISCARD);
        EmbeddedSamples samples = sampler.sampleEmbedded(triangle(), reads(3));
        assertThat(samples.samples().reads()).isEqualTo(1);
        assertThat(samples.discarded()).isEqualTo(2);
        var none =
                new EmbeddedSampler(fixed(broken, broken), CELL, TRIANGLE)
                        .chainBreaks(ChainBreaks.DISCARD)
                        .sampleEmbedded(triangle(), reads(2));
        assertThat(none.samples().reads()).isEqualTo(1);
        assertThat(none.discarded()).isEqualTo(1);
        assertThat(none.chainBreakFractions()).containsExactly(1 / 3.0);
    }

    @Test
    void randomRepairsDifferByReadAndAreTheSameForASeed() {
        byte[][] reads = new byte[50][];
        Arrays.fill(reads, new byte[] {0, 1, 0, 0});
        var sampler =
                new EmbeddedSampler(fixed(reads), CELL, TRIANGLE)
                        .chainBreaks(ChainBreaks.WEIGHTED_RANDOM);
        EmbeddedSamples samples = sampler.sampleEmbedded(triangle(), reads(50));
        // Both values of c come up: the chance that they do not is 2^-49.
        assertThat(samples.samples().samples()).hasSize(2);
        assertThat(sampler.sampleEmbedded(triangle(), reads(50)).samples().samples())
                .isEqualTo(samples.samples().samples());
    }

    /** A device may list the qubits in another order. */
    @Test
    void valuesAreTakenByTheNumbersOfQubits() {
        Sampler backwards =
                (model, options) -> {
                    BinaryQuadraticModel turned =
                            model.withVariables(Variables.of(List.of(5, 4, 1, 0)));
                    return SampleSet.of(
                            turned,
                            List.of(new byte[] {1, 0, 1, 0}),
                            "backwards",
                            options.seed(),
                            Duration.ZERO);
                };
        SampleSet set = new EmbeddedSampler(backwards, CELL, TRIANGLE).sample(triangle(), reads(1));
        assertThat(set.best().state()).containsExactly(0, 0, 1);
    }

    @Test
    void copiesOfASmallModelAreReadAtOnce() {
        HardwareGraph hardware = new Chimera(2, 1, 4).graph();
        Tiling tiling =
                Tiling.of(
                        ProblemGraph.of(triangle()),
                        hardware,
                        3,
                        EmbeddingOptions.defaults().seed(1));
        assertThat(tiling.copies()).hasSize(3);
        // 3 copies of 4 qubits each are within reach of the exact sampler.
        SampleSet set = new TiledSampler(EXACT, hardware, tiling).sample(triangle(), reads(4));
        // Four reads take two of three copies.
        assertThat(set.reads()).isEqualTo(6);
        assertThat(set.size()).isEqualTo(1);
        assertThat(set.best().energy()).isEqualTo(-4);
        assertThat(set.best().value("c")).isEqualTo(1);
    }

    @Test
    void copiesShareNoQubitAndFillTheProcessor() {
        HardwareGraph whole = new Pegasus(4).graph();
        HardwareGraph hardware =
                whole.without(whole.qubitNumbers().filter(q -> q % 29 == 0).toArray());
        ProblemGraph problem = ProblemGraph.complete(4);
        Tiling tiling = Tiling.of(problem, hardware, 1000, EmbeddingOptions.defaults().seed(1));
        BinaryQuadraticModel.Builder all = BinaryQuadraticModel.builder(Vartype.SPIN);
        for (int c = 0; c < tiling.copies().size(); c++) {
            assertThat(tiling.copies().get(c).faults(problem, hardware)).isEmpty();
            for (int v = 0; v < 4; v++) {
                for (int w = 0; w < v; w++) {
                    all.addQuadratic(4 * c + v, 4 * c + w, 1);
                }
            }
        }
        assertThat(tiling.joined().faults(ProblemGraph.of(all.build()), hardware)).isEmpty();
        // Half of the qubits or more are in use.
        assertThat(2 * tiling.joined().qubitsUsed()).isGreaterThan(hardware.qubits());
    }
}
