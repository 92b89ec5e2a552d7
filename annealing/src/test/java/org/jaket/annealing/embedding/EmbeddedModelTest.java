package org.jaket.annealing.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.topology.Chimera;
import org.jaket.annealing.topology.HardwareGraph;
import org.jaket.annealing.topology.Pegasus;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

class EmbeddedModelTest {
    private static final HardwareGraph CELL = new Chimera(1, 1, 4).graph();

    /** A triangle, variable 2 on qubits 1 and 5. */
    private static final Embedding TRIANGLE =
            Embedding.of(List.of(new int[] {0}, new int[] {4}, new int[] {1, 5}));

    private static BinaryQuadraticModel random(int n, Vartype vartype, long seed) {
        Random random = new Random(seed);
        var builder = BinaryQuadraticModel.builder(vartype).addOffset(random.nextGaussian());
        for (int i = 0; i < n; i++) {
            builder.addLinear(i, random.nextGaussian());
            for (int j = 0; j < i; j++) {
                if (random.nextInt(3) > 0) {
                    builder.addQuadratic(j, i, random.nextGaussian());
                }
            }
        }
        return builder.build();
    }

    private static byte[] state(int code, int n, Vartype vartype) {
        byte[] state = new byte[n];
        for (int v = 0; v < n; v++) {
            state[v] = (code >> v & 1) != 0 ? vartype.high() : vartype.low();
        }
        return state;
    }

    /** All states of small models, in both kinds of values, and back again. */
    @Property(tries = 60)
    void wholeChainsHaveTheEnergyOfTheModel(
            @ForAll @IntRange(min = 1, max = 8) int n,
            @ForAll Vartype vartype,
            @ForAll long seed,
            @ForAll boolean chimera) {
        HardwareGraph hardware = (chimera ? new Chimera(3, 3, 4) : new Pegasus(3)).graph();
        BinaryQuadraticModel model = random(n, vartype, seed);
        Embedding embedding = new NativeEmbedder(hardware).clique(n);
        EmbeddedModel embedded =
                EmbeddedModel.of(model, hardware, embedding, new ChainStrength.Fixed(1.5));
        for (int code = 0; code < 1 << n; code++) {
            byte[] state = state(code, n, vartype);
            byte[] qubits = embedded.embed(state);
            // A few dozen terms of order 1 and chains of a few qubits.
            assertThat(embedded.model().energy(qubits))
                    .isCloseTo(model.energy(state), within(1e-11));
            assertThat(embedded.chainBreakFraction(qubits)).isZero();
            for (ChainBreaks breaks : ChainBreaks.values()) {
                assertThat(embedded.unembed(qubits, breaks, seed)).isEqualTo(state);
            }
        }
    }

    /** Strong chains never break in the best state, so that it is the best of the model. */
    @Property(tries = 20)
    void theBestStateOfTheQubitsIsTheBestOfTheModel(@ForAll Vartype vartype, @ForAll long seed) {
        BinaryQuadraticModel model = random(3, vartype, seed);
        double sum = 0;
        for (int v = 0; v < 3; v++) {
            sum += Math.abs(model.toSpin().linear(v));
            for (int w = 0; w < v; w++) {
                sum += Math.abs(model.toSpin().quadratic(v, w));
            }
        }
        EmbeddedModel embedded =
                EmbeddedModel.of(model, CELL, TRIANGLE, new ChainStrength.Fixed(sum + 1));
        double best = Double.POSITIVE_INFINITY;
        double bestEmbedded = Double.POSITIVE_INFINITY;
        for (int code = 0; code < 1 << 4; code++) {
            best = Math.min(best, model.energy(state(code & 7, 3, vartype)));
            bestEmbedded = Math.min(bestEmbedded, embedded.model().energy(state(code, 4, vartype)));
        }
        assertThat(bestEmbedded).isCloseTo(best, within(1e-11));
    }

    /** h = 2 and J = 3 on the chain of qubits 1 and 5; 0 reaches only 5, and 4 only 1. */
    @Test
    void biasesAreSharedByQubitsAndInteractionsByCouplers() {
        BinaryQuadraticModel model =
                BinaryQuadraticModel.builder(Vartype.SPIN)
                        .addLinear(2, 2)
                        .addQuadratic(0, 1, 1)
                        .addQuadratic(0, 2, 3)
                        .addQuadratic(1, 2, -1)
                        .build();
        EmbeddedModel embedded =
                EmbeddedModel.of(model, CELL, TRIANGLE, new ChainStrength.Fixed(4));
        BinaryQuadraticModel qubits = embedded.model();
        assertThat(qubits.variables()).isEqualTo(List.<Object>of(0, 1, 4, 5));
        assertThat(qubits.linear(1)).isEqualTo(1);
        assertThat(qubits.linear(3)).isEqualTo(1);
        assertThat(qubits.quadratic(0, 3)).isEqualTo(3);
        assertThat(qubits.quadratic(1, 2)).isEqualTo(-1);
        assertThat(qubits.quadratic(1, 3)).as("the chain").isEqualTo(-4);
        assertThat(qubits.interactions()).isEqualTo(4);
        // Two couplers for one interaction carry half of it each.
        EmbeddedModel two =
                EmbeddedModel.of(
                        BinaryQuadraticModel.builder(Vartype.SPIN).addQuadratic(0, 1, 3).build(),
                        CELL,
                        Embedding.of(List.of(new int[] {0, 4}, new int[] {1, 5})),
                        new ChainStrength.Fixed(4));
        assertThat(two.model().quadratic(0, 3)).isEqualTo(1.5);
        assertThat(two.model().quadratic(1, 2)).isEqualTo(1.5);
    }

    @Test
    void aBrokenChainCostsTwiceItsStrengthInBothKindsOfValues() {
        for (Vartype vartype : Vartype.values()) {
            BinaryQuadraticModel model =
                    BinaryQuadraticModel.builder(vartype).addLinear(2, 0).addLinear(0, 0).build();
            EmbeddedModel embedded =
                    EmbeddedModel.of(model, CELL, TRIANGLE, new ChainStrength.Fixed(4));
            byte[] broken = embedded.embed(state(0, 3, vartype));
            broken[3] = vartype.high();
            assertThat(embedded.model().energy(broken)).isEqualTo(8);
            assertThat(embedded.isBroken(broken, 2)).isTrue();
            assertThat(embedded.chainBreakFraction(broken)).isEqualTo(1 / 3.0);
        }
    }

    /** A chain of three of which two say yes; all couplings say no. */
    @Test
    void brokenChainsAreRepairedAsAsked() {
        BinaryQuadraticModel model =
                BinaryQuadraticModel.builder(Vartype.BINARY)
                        .addLinear(0, 5)
                        .addLinear(1, -1)
                        .addQuadratic(0, 1, 1)
                        .build();
        EmbeddedModel embedded =
                EmbeddedModel.of(
                        model,
                        CELL,
                        Embedding.of(List.of(new int[] {0, 1, 4}, new int[] {5})),
                        ChainStrength.DEFAULT);
        byte[] qubits = {0, 1, 1, 1};
        assertThat(embedded.unembed(qubits, ChainBreaks.MAJORITY_VOTE, 1)).containsExactly(1, 1);
        assertThat(embedded.unembed(qubits, ChainBreaks.MINIMIZE_ENERGY, 1)).containsExactly(0, 1);
        int ones = 0;
        for (int seed = 0; seed < 3000; seed++) {
            byte[] state = embedded.unembed(qubits, ChainBreaks.WEIGHTED_RANDOM, seed);
            assertThat(embedded.unembed(qubits, ChainBreaks.WEIGHTED_RANDOM, seed))
                    .isEqualTo(state);
            ones += state[0];
        }
        // Two of three, within five standard deviations: sqrt(3000 * 2/9) = 26.
        assertThat(ones).isBetween(2000 - 130, 2000 + 130);
        byte[] tie = {1, 1, 0, 0};
        EmbeddedModel even =
                EmbeddedModel.of(
                        model,
                        CELL,
                        Embedding.of(List.of(new int[] {0, 4}, new int[] {1, 5})),
                        ChainStrength.DEFAULT);
        assertThat(even.unembed(tie, ChainBreaks.MAJORITY_VOTE, 1)).containsExactly(1, 1);
    }

    /** J = 3 and 4 on a path: rms sqrt(12.5), average degree 4 / 3. */
    @Test
    void strengthsFollowTheirRules() {
        BinaryQuadraticModel path =
                BinaryQuadraticModel.builder(Vartype.SPIN)
                        .addLinear(0, -7)
                        .addQuadratic(0, 1, 3)
                        .addQuadratic(1, 2, -4)
                        .build();
        double expected = 1.414 * Math.sqrt(12.5) * Math.sqrt(4 / 3.0);
        assertThat(ChainStrength.DEFAULT.of(path)).isCloseTo(expected, within(1e-14));
        assertThat(ChainStrength.DEFAULT.of(path.toBinary())).isCloseTo(expected, within(1e-14));
        assertThat(new ChainStrength.ScaledMaximum(2).of(path)).isEqualTo(14);
        assertThat(new ChainStrength.Fixed(0.5).of(path)).isEqualTo(0.5);
        BinaryQuadraticModel empty = BinaryQuadraticModel.builder(Vartype.SPIN).build();
        assertThat(ChainStrength.DEFAULT.of(empty)).isEqualTo(1);
        assertThat(new ChainStrength.ScaledMaximum(2).of(empty)).isEqualTo(1);
        assertThatThrownBy(() -> new ChainStrength.Fixed(0))
                .hasMessage("the chain strength must be a positive number, not 0.0");
        assertThatThrownBy(() -> new ChainStrength.UniformTorque(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void embeddingsThatDoNotFitAreRefused() {
        BinaryQuadraticModel model =
                BinaryQuadraticModel.builder(Vartype.SPIN).addQuadratic(0, 1, 1).build();
        assertThatThrownBy(() -> EmbeddedModel.of(model, CELL, TRIANGLE, ChainStrength.DEFAULT))
                .isInstanceOf(InvalidEmbeddingException.class)
                .hasMessage("the embedding has 3 chains, the problem 2 variables");
        EmbeddedModel embedded =
                EmbeddedModel.of(
                        model,
                        CELL,
                        Embedding.of(List.of(new int[] {0}, new int[] {4})),
                        ChainStrength.DEFAULT);
        assertThatThrownBy(() -> embedded.embed(new byte[3]))
                .hasMessage("a state has 2 values, not 3");
        assertThatThrownBy(() -> embedded.chainBreakFraction(new byte[1]))
                .hasMessage("a state of the qubits has 2 values, not 1");
    }
}
