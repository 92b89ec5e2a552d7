package org.jaket.annealing.presolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.problem.ExhaustiveSearch;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Random;

class RoofDualityTest {
    @Property(seed = "1", tries = 1500)
    void fixedValuesAreThoseOfMinima(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 11) int n,
            @ForAll Vartype vartype) {
        BinaryQuadraticModel model = RandomModels.of(seed, n, vartype);
        RoofDuality roof = RoofDuality.of(model);
        List<byte[]> minima = ExhaustiveSearch.minima(model);
        double minimum = model.energy(minima.getFirst());
        assertThat(roof.lowerBound()).isLessThanOrEqualTo(minimum + 1e-9);

        FixedVariables strong = roof.strong();
        for (byte[] state : minima) {
            for (int i = 0; i < n; i++) {
                if (strong.isFixed(i)) {
                    assertThat(strong.value(i)).isEqualTo(state[i]);
                }
            }
        }
        FixedVariables all = roof.all();
        assertThat(all.count()).isGreaterThanOrEqualTo(strong.count());
        byte[] restored = all.restore(ExhaustiveSearch.minima(all.model()).getFirst());
        assertThat(model.energy(restored)).isCloseTo(minimum, within(1e-9));
    }

    /** Any state changed to the weakly fixed values has an energy that is not higher (autarky). */
    @Property(seed = "1", tries = 500)
    void takingTheFixedValuesNeverCosts(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int n, @ForAll int code) {
        BinaryQuadraticModel model = RandomModels.of(seed, n, Vartype.BINARY);
        FixedVariables all = RoofDuality.of(model).all();
        byte[] state = RandomModels.state(n, Vartype.BINARY, code);
        byte[] changed = state.clone();
        for (int i = 0; i < n; i++) {
            changed[i] = all.isFixed(i) ? (byte) all.value(i) : state[i];
        }
        assertThat(model.energy(changed)).isLessThanOrEqualTo(model.energy(state) + 1e-9);
    }

    /** Without frustration the problem is a minimum cut, and roof duality solves it. */
    @Property(seed = "1", tries = 200)
    void unfrustratedModelsAreSolved(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int n) {
        Random random = new Random(seed);
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN);
        int[] gauge = random.ints(n, 0, 2).map(b -> 2 * b - 1).toArray();
        for (int i = 0; i < n; i++) {
            builder.addLinear(i, random.nextGaussian());
            int j = random.nextInt(n);
            builder.addQuadratic(i, j, -Math.abs(random.nextGaussian()) * gauge[i] * gauge[j]);
        }
        BinaryQuadraticModel model = builder.build();
        RoofDuality roof = RoofDuality.of(model);
        double minimum = ExhaustiveSearch.minimum(model);
        assertThat(roof.lowerBound()).isCloseTo(minimum, within(1e-9));
        assertThat(roof.all().model().size()).isZero();
        assertThat(model.energy(roof.all().restore(new byte[0]))).isCloseTo(minimum, within(1e-9));
    }

    /**
     * Half-integral values let every edge of a triangle be cut: the bound is -3, the minimum -1,
     * and nothing is known of any spin.
     */
    @Test
    void aFrustratedTriangleTellsNothing() {
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN);
        builder.addQuadratic(0, 1, 1).addQuadratic(1, 2, 1).addQuadratic(0, 2, 1);
        RoofDuality roof = RoofDuality.of(builder.build());
        assertThat(roof.lowerBound()).isEqualTo(-3);
        assertThat(roof.isExact()).isTrue();
        assertThat(roof.all().count()).isZero();
        assertThat(roof)
                .hasToString("at least -3.0; of 3 variables 0 are fixed, 0 of them strongly");
    }

    /** An antiferromagnetic pair has two minima, so its values are weak; a field decides. */
    @Test
    void weakValuesAreThoseOfOneMinimumOnly() {
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN).addQuadratic(0, 1, 1);
        RoofDuality pair = RoofDuality.of(builder.build());
        assertThat(pair.strong().count()).isZero();
        assertThat(pair.all().count()).isEqualTo(2);
        assertThat(pair.all().value(0)).isEqualTo(-pair.all().value(1));
        FixedVariables decided = RoofDuality.of(builder.addLinear(0, 0.5).build()).strong();
        assertThat(decided.restore(new byte[0])).containsExactly(-1, 1);
    }

    @Test
    void coefficientsOfAllSizesAreCounted() {
        for (double scale : new double[] {1e-310, 1e-200, 1, 1e200, 1e305}) {
            var builder = BinaryQuadraticModel.builder(Vartype.BINARY);
            builder.addLinear(0, -scale).addQuadratic(0, 1, 2 * scale).addLinear(1, -scale / 2);
            RoofDuality roof = RoofDuality.of(builder.build());
            assertThat(roof.lowerBound()).isEqualTo(-scale);
            assertThat(roof.strong().restore(new byte[0])).containsExactly(1, 0);
        }
        var far = BinaryQuadraticModel.builder(Vartype.BINARY).addLinear(0, 1).addLinear(1, 1e-30);
        assertThat(RoofDuality.of(far.build()).isExact()).isFalse();
        var large =
                BinaryQuadraticModel.builder(Vartype.BINARY)
                        .addLinear(0, 1e308)
                        .addLinear(1, 1e308);
        assertThatThrownBy(() -> RoofDuality.of(large.build()))
                .hasMessageContaining("scale the model first");
    }

    /**
     * A grid of 150 x 150 spins with random fields and ferromagnetic couplings: a cut of an image.
     */
    @Test
    void cutsOfImagesAreSolved() {
        int side = 150;
        Random random = new Random(3);
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN);
        for (int i = 0; i < side * side; i++) {
            builder.addLinear(i, random.nextGaussian());
            if (i % side != 0) {
                builder.addQuadratic(i, i - 1, -0.7);
            }
            if (i >= side) {
                builder.addQuadratic(i, i - side, -0.7);
            }
        }
        BinaryQuadraticModel model = builder.build();
        RoofDuality roof = RoofDuality.of(model);
        assertThat(roof.all().model().size()).isZero();
        // A state whose energy is the bound is a minimum. -0.7 is rounded, 44,700 times alike.
        byte[] state = roof.all().restore(new byte[0]);
        assertThat(model.energy(state)).isCloseTo(roof.lowerBound(), within(1e-6));
    }

    /** What was sent so far bounds the energy; that some of it goes elsewhere is not known. */
    @Property(seed = "1", tries = 200)
    void theBoundHoldsWhenTimeIsUp(@ForAll long seed, @ForAll @IntRange(min = 1, max = 10) int n) {
        BinaryQuadraticModel model = RandomModels.of(seed, n, Vartype.SPIN);
        RoofDuality stopped = RoofDuality.of(model, Duration.ZERO);
        assertThat(stopped.lowerBound())
                .isLessThanOrEqualTo(RoofDuality.of(model).lowerBound() + 1e-9);
        byte[] restored =
                stopped.all().restore(ExhaustiveSearch.minima(stopped.all().model()).getFirst());
        assertThat(model.energy(restored)).isCloseTo(ExhaustiveSearch.minimum(model), within(1e-9));
    }
}
