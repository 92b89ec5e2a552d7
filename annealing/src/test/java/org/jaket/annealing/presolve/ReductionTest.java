package org.jaket.annealing.presolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.problem.ExhaustiveSearch;
import org.jaket.annealing.sampler.Exhaustive;
import org.jaket.annealing.sampler.SimulatedAnnealing;
import org.jaket.annealing.sampler.TreeDecomposition;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

class ReductionTest {
    @Property(seed = "1", tries = 300)
    void fixedVariablesLeaveTheEnergyAsItIs(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int n, @ForAll Vartype vartype) {
        BinaryQuadraticModel model = RandomModels.of(seed, n, vartype);
        Random random = new Random(seed);
        var values = new HashMap<Object, Integer>();
        for (Object label : model.variables()) {
            if (random.nextBoolean()) {
                values.put(label, (int) (random.nextBoolean() ? vartype.high() : vartype.low()));
            }
        }
        FixedVariables fixed = FixedVariables.of(model, values);
        assertThat(fixed.count()).isEqualTo(values.size());
        for (int code = 0; code < 1 << fixed.model().size(); code++) {
            byte[] state = RandomModels.state(fixed.model().size(), vartype, code);
            byte[] restored = fixed.restore(state);
            values.forEach(
                    (label, value) ->
                            assertThat((int) restored[model.variables().number(label)])
                                    .isEqualTo(value));
            for (int i = 0; i < state.length; i++) {
                Object label = fixed.model().variables().get(i);
                assertThat(restored[model.variables().number(label)]).isEqualTo(state[i]);
            }
            assertThat(fixed.model().energy(state)).isCloseTo(model.energy(restored), within(1e-9));
        }
    }

    @Test
    void onlyValuesThatAVariableHasCanBeFixed() {
        BinaryQuadraticModel model = RandomModels.of(1, 2, Vartype.SPIN);
        assertThatThrownBy(() -> FixedVariables.of(model, Map.of("v0", 0)))
                .hasMessage("variable v0 has the values -1 and 1, not 0");
        assertThatThrownBy(() -> FixedVariables.of(model, Map.of("x", 1)))
                .hasMessageContaining("no variable x");
        FixedVariables fixed = FixedVariables.of(model, Map.of("v0", 1));
        assertThatThrownBy(() -> fixed.value(1)).hasMessage("variable v1 is not fixed");
        assertThatThrownBy(() -> fixed.restore(new byte[2]))
                .hasMessage("a state has 1 values, not 2");
    }

    /** The energy of a smaller state is the lowest of all states that agree with it. */
    @Property(seed = "1", tries = 500)
    void eliminatedVariablesTakeTheirBestValues(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int n, @ForAll Vartype vartype) {
        Random random = new Random(seed);
        var builder = BinaryQuadraticModel.builder(vartype);
        for (int i = 0; i < n; i++) {
            builder.addLinear(builder.variable(10 * i), random.nextInt(5) - 2);
        }
        for (int e = 0; e < random.nextInt(2 * n) && n > 1; e++) {
            int i = random.nextInt(n);
            builder.addQuadratic(i, (i + 1 + random.nextInt(n - 1)) % n, random.nextInt(5) - 2);
        }
        BinaryQuadraticModel model = builder.build();
        Elimination eliminated = Elimination.of(model);
        BinaryQuadraticModel reduced = eliminated.model();
        assertThat(eliminated.count() + reduced.size()).isEqualTo(n);
        for (int i = 0; i < reduced.size(); i++) {
            assertThat(reduced.degree(i)).isGreaterThan(2);
        }
        double[] lowest = new double[1 << reduced.size()];
        Arrays.fill(lowest, Double.POSITIVE_INFINITY);
        for (int code = 0; code < 1 << n; code++) {
            byte[] state = RandomModels.state(n, vartype, code);
            int kept = 0;
            for (int i = 0; i < reduced.size(); i++) {
                int at = model.variables().number(reduced.variables().get(i));
                kept |= state[at] == vartype.high() ? 1 << i : 0;
            }
            lowest[kept] = Math.min(lowest[kept], model.energy(state));
        }
        for (int code = 0; code < lowest.length; code++) {
            byte[] state = RandomModels.state(reduced.size(), vartype, code);
            assertThat(reduced.energy(state)).isCloseTo(lowest[code], within(1e-9));
            assertThat(model.energy(eliminated.restore(state)))
                    .isCloseTo(lowest[code], within(1e-9));
        }
    }

    /**
     * A variable whose bias decides it, or that has an interaction of 0, does not join its
     * neighbours, whatever is rounded: two complete graphs of four stay apart.
     */
    @Test
    void decidedVariablesJoinNobody() {
        for (int k = 1; k < 50; k++) {
            for (boolean decided : new boolean[] {true, false}) {
                var builder = BinaryQuadraticModel.builder(Vartype.SPIN);
                for (int i = 1; i <= 4; i++) {
                    for (int j = i + 1; j <= 4; j++) {
                        builder.addQuadratic(i, j, 1).addQuadratic(i + 4, j + 4, 1);
                    }
                }
                builder.addLinear(0, decided ? 0.7 * k : 0.01 * k);
                builder.addQuadratic(0, 1, decided ? -0.1 * k : 0).addQuadratic(0, 5, 0.3 * k);
                BinaryQuadraticModel reduced = Elimination.of(builder.build()).model();
                assertThat(reduced.size()).isEqualTo(8);
                assertThat(Components.of(reduced).count()).isEqualTo(2);
            }
        }
    }

    /** Files name products that come to nothing, and terms cancel: K4 without an edge vanishes. */
    @Test
    void interactionsOfZeroJoinNobody() {
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN);
        for (int i = 0; i < 4; i++) {
            for (int j = i + 1; j < 4; j++) {
                builder.addQuadratic(i, j, i == 0 && j == 1 ? 0 : 1);
            }
        }
        assertThat(Elimination.of(builder.build()).model().size()).isZero();
        var pair = BinaryQuadraticModel.builder(Vartype.BINARY).addQuadratic(0, 1, 0);
        Components apart = Components.of(pair.addQuadratic(1, 2, 3).build());
        assertThat(apart.count()).isEqualTo(2);
        assertThat(apart.models().getLast().interactions()).isEqualTo(1);
        // The best of s4 (s0 + s1) is -1 - s0 s1, which takes away an edge of K4.
        var cancelling = BinaryQuadraticModel.builder(Vartype.SPIN);
        for (int i = 0; i < 4; i++) {
            for (int j = i + 1; j < 4; j++) {
                cancelling.addQuadratic(i, j, 1);
            }
        }
        cancelling.addQuadratic(4, 0, 1).addQuadratic(4, 1, 1);
        BinaryQuadraticModel model = cancelling.build();
        Elimination eliminated = Elimination.of(model);
        assertThat(eliminated.model().size()).isZero();
        assertThat(model.energy(eliminated.restore(new byte[0])))
                .isEqualTo(ExhaustiveSearch.minimum(model));
    }

    /** A ladder is series-parallel: of 2 x 10 spins nothing is left. */
    @Test
    void laddersVanish() {
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN);
        Random random = new Random(5);
        for (int i = 0; i < 10; i++) {
            builder.addQuadratic(2 * i, 2 * i + 1, random.nextGaussian());
            if (i > 0) {
                builder.addQuadratic(2 * i, 2 * i - 2, random.nextGaussian());
                builder.addQuadratic(2 * i + 1, 2 * i - 1, random.nextGaussian());
            }
        }
        BinaryQuadraticModel model = builder.build();
        Elimination eliminated = Elimination.of(model);
        assertThat(eliminated.model().size()).isZero();
        assertThat(eliminated.model().offset())
                .isCloseTo(ExhaustiveSearch.minimum(model), within(1e-9));
        assertThat(model.energy(eliminated.restore(new byte[0])))
                .isCloseTo(eliminated.model().offset(), within(1e-9));
    }

    @Property(seed = "1", tries = 200)
    void reversedModelsHaveTheSameEnergies(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 7) int n, @ForAll Vartype vartype) {
        BinaryQuadraticModel model = RandomModels.of(seed, n, vartype);
        SpinReversal gauge = SpinReversal.random(model, seed);
        for (int code = 0; code < 1 << n; code++) {
            byte[] state = RandomModels.state(n, vartype, code);
            byte[] restored = gauge.restore(state);
            assertThat(gauge.model().energy(state)).isCloseTo(model.energy(restored), within(1e-9));
            for (int i = 0; i < n; i++) {
                assertThat(restored[i] != state[i]).isEqualTo(gauge.isReversed(i));
            }
        }
    }

    @Property(seed = "1", tries = 200)
    void scaledModelsJustFit(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 7) int n, @ForAll Vartype vartype) {
        BinaryQuadraticModel model = RandomModels.of(seed, n, vartype);
        Scaling scaled = Scaling.toRange(model, Scaling.Range.of(4), new Scaling.Range(-2, 1));
        boolean touches = false;
        boolean zero = true;
        for (int i = 0; i < n; i++) {
            double h = scaled.model().linear(i);
            assertThat(h).isBetween(-4.0, 4.0);
            touches |= Math.abs(h) > 4 - 1e-12;
            zero &= h == 0;
            for (int k = 0; k < model.degree(i); k++) {
                double w = scaled.model().weight(i, k);
                assertThat(w).isBetween(-2.0, 1.0);
                touches |= w < -2 + 1e-12 || w > 1 - 1e-12;
                zero &= w == 0;
            }
        }
        assertThat(touches || zero).isTrue();
        byte[] state = RandomModels.state(n, vartype, (int) seed);
        double expected = scaled.factor() * model.energy(state);
        assertThat(scaled.model().energy(state)).isCloseTo(expected, within(1e-9));
    }

    @Property(seed = "1", tries = 200)
    void partsAddUp(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 10) int n,
            @ForAll Vartype vartype) {
        Random random = new Random(seed);
        var builder = BinaryQuadraticModel.builder(vartype).addOffset(2.5);
        for (int i = 0; i < n; i++) {
            builder.addLinear(i, random.nextGaussian());
            // Two neighbours only within blocks of three.
            int j = i / 3 * 3 + random.nextInt(3);
            if (j < n) {
                builder.addQuadratic(i, j, random.nextGaussian());
            }
        }
        BinaryQuadraticModel model = builder.build();
        Components components = Components.of(model);
        assertThat(components.count()).isGreaterThanOrEqualTo((n + 2) / 3);
        List<byte[]> best = new ArrayList<>();
        List<SampleSet> sets = new ArrayList<>();
        double sum = model.offset();
        int interactions = 0;
        for (int p = 0; p < components.count(); p++) {
            BinaryQuadraticModel part = components.models().get(p);
            assertThat(part.size()).isEqualTo(components.members(p).length);
            List<byte[]> minima = ExhaustiveSearch.minima(part);
            best.add(minima.getFirst());
            sum += part.energy(minima.getFirst());
            interactions += part.interactions();
            sets.add(SampleSet.of(part, minima, "test", 1, Duration.ZERO));
        }
        assertThat(interactions).isEqualTo(model.interactions());
        double minimum = ExhaustiveSearch.minimum(model);
        assertThat(sum).isCloseTo(minimum, within(1e-9));
        assertThat(model.energy(components.merge(best))).isCloseTo(minimum, within(1e-9));
        assertThat(components.merge(sets, "test", 1, Duration.ZERO).best().energy())
                .isCloseTo(minimum, within(1e-9));
    }

    @Test
    void samplesAreRestoredWithTheirOccurrences() {
        BinaryQuadraticModel model = RandomModels.of(3, 4, Vartype.BINARY);
        FixedVariables fixed = FixedVariables.of(model, Map.of("v1", 1, "v2", 0));
        byte[] one = {0, 1};
        byte[] other = {1, 1};
        SampleSet restored =
                fixed.restore(
                        SampleSet.of(
                                fixed.model(), List.of(one, other, one), "test", 9, Duration.ZERO));
        assertThat(restored.reads()).isEqualTo(3);
        assertThat(restored.variables()).isEqualTo(model.variables());
        assertThat(restored.seed()).isEqualTo(9);
        restored.forEach(
                sample -> {
                    assertThat(sample.value("v1")).isEqualTo(1);
                    assertThat(sample.value("v2")).isZero();
                    assertThat(sample.energy()).isEqualTo(model.energy(sample.state()));
                    assertThat(sample.occurrences()).isEqualTo(sample.value("v0") == 0 ? 2 : 1);
                });
    }

    @Property(seed = "1", tries = 200)
    void presolvingFindsTheSameMinimum(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 10) int n,
            @ForAll Vartype vartype) {
        BinaryQuadraticModel model = RandomModels.of(seed, n, vartype);
        SampleSet set =
                new PresolvingSampler(new ExhaustiveSearch())
                        .sample(model, SamplingOptions.reads(1).limit(Duration.ofSeconds(9)));
        assertThat(set.best().energy()).isCloseTo(ExhaustiveSearch.minimum(model), within(1e-9));
        assertThat(set.variables()).isEqualTo(model.variables());
    }

    /** Two rings with chords stay after presolve; an exact sampler proves both. */
    @Test
    void provenPartsAreAProvenWhole() {
        Random random = new Random(4);
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN);
        for (int i = 0; i < 20; i++) {
            int ring = i / 10 * 10;
            for (int step : new int[] {1, 3}) {
                builder.addQuadratic(i, ring + (i + step) % 10, random.nextGaussian());
            }
        }
        BinaryQuadraticModel model = builder.build();
        SamplingOptions options = SamplingOptions.reads(2).seed(1);
        SampleSet exact = new PresolvingSampler(new TreeDecomposition()).sample(model, options);
        assertThat(exact.exact()).isTrue();
        assertThat(exact.sampler()).isEqualTo("tree decomposition, exact, presolved");
        assertThat(exact.best().energy()).isCloseTo(ExhaustiveSearch.minimum(model), within(1e-9));
        Sampler annealing = new SimulatedAnnealing();
        assertThat(new PresolvingSampler(annealing).sample(model, options).exact()).isFalse();
        // One part of two is not enough.
        int[] calls = {0};
        Sampler mixed =
                (part, own) ->
                        calls[0]++ == 0
                                ? new TreeDecomposition().sample(part, own)
                                : annealing.sample(part, own);
        SampleSet both = new PresolvingSampler(mixed).sample(model, options);
        assertThat(calls[0]).isEqualTo(2);
        assertThat(both.exact()).isFalse();
        assertThat(both.sampler()).startsWith("tree decomposition, exact and ");
        // A tree vanishes, so nothing is left that could be wrong.
        BinaryQuadraticModel tree =
                BinaryQuadraticModel.builder(Vartype.SPIN).addQuadratic(0, 1, 1).build();
        assertThat(new PresolvingSampler(annealing).sample(tree, options).exact()).isTrue();
    }

    /** The best state with a value that somebody chose is not the best of all. */
    @Test
    void chosenValuesProveNothing() {
        BinaryQuadraticModel model = RandomModels.of(3, 6, Vartype.BINARY);
        SamplingOptions options = SamplingOptions.reads(1).seed(1);
        FixedVariables chosen = FixedVariables.of(model, Map.of("v1", 1));
        assertThat(chosen.restore(new Exhaustive().sample(chosen.model(), options)).exact())
                .isFalse();
        SpinReversal gauge = SpinReversal.random(model, 1);
        assertThat(gauge.restore(new Exhaustive().sample(gauge.model(), options)).exact()).isTrue();
    }
}
