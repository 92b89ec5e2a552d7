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

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleSupplier;

class PlanarMatchingTest {
    private static final SamplingOptions ONE = SamplingOptions.reads(1).seed(1);

    /**
     * A random planar graph: triangles are divided by a vertex in their middle (Apollonian), then
     * some edges are left out. So there are bridges, trees, parts and variables by themselves.
     */
    private static List<int[]> planar(int n, double kept, Random random) {
        List<int[]> faces = new ArrayList<>(List.of(new int[] {0, 1, 2}, new int[] {0, 2, 1}));
        List<int[]> edges = new ArrayList<>();
        edges.add(new int[] {0, 1});
        edges.add(new int[] {1, 2});
        edges.add(new int[] {0, 2});
        for (int v = 3; v < n; v++) {
            int[] face = faces.remove(random.nextInt(faces.size()));
            for (int k = 0; k < 3; k++) {
                faces.add(new int[] {face[k], face[(k + 1) % 3], v});
                edges.add(new int[] {face[k], v});
            }
        }
        edges.removeIf(e -> e[1] >= n || random.nextDouble() >= kept);
        return edges;
    }

    /** Numbers of all kinds: signs, small whole numbers with zeros, real ones, tiny ones. */
    private static DoubleSupplier weights(Random random) {
        double scale = List.of(1.0, 0.1, 1e-12, 1e200).get(random.nextInt(4));
        return switch (random.nextInt(3)) {
            case 0 -> () -> random.nextBoolean() ? 1 : -1;
            case 1 -> () -> scale * (random.nextInt(7) - 3);
            default -> () -> scale * random.nextGaussian();
        };
    }

    private static BinaryQuadraticModel model(
            int n, List<int[]> edges, Vartype vartype, Random random, DoubleSupplier weight) {
        List<Integer> renumbered = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            renumbered.add(k);
        }
        Collections.shuffle(renumbered, random);
        var builder = BinaryQuadraticModel.builder(vartype).addLinear(n - 1, 0);
        for (int[] e : edges) {
            builder.addQuadratic(renumbered.get(e[0]), renumbered.get(e[1]), weight.getAsDouble());
        }
        return builder.build();
    }

    private static double sizes(BinaryQuadraticModel model) {
        double[] sum = {Math.abs(model.offset())};
        for (int i = 0; i < model.size(); i++) {
            sum[0] += Math.abs(model.linear(i));
        }
        model.forEachInteraction((i, j, w) -> sum[0] += Math.abs(w));
        return sum[0];
    }

    private static void assertMinimum(BinaryQuadraticModel model) {
        SampleSet set = new PlanarMatching().sample(model, ONE);
        Sample expected = new Exhaustive().sample(model, ONE).best();
        assertThat(set.best().energy()).isCloseTo(expected.energy(), within(1e-13 * sizes(model)));
        assertThat(set.exact()).isTrue();
    }

    @Test
    void theLowestEnergyIsExact() {
        for (long seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            int n = 1 + random.nextInt(16);
            var edges = planar(n, random.nextDouble(1.1), random);
            assertMinimum(model(n, edges, Vartype.SPIN, random, weights(random)));
        }
    }

    /** One vertex of a planar graph is taken away: its neighbours may have biases. */
    @Test
    void theLowestEnergyIsExactWithBiasesThatFitTheDrawing() {
        for (long seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            int n = 2 + random.nextInt(16);
            var edges = planar(n, random.nextDouble(1.1), random);
            int removed = random.nextInt(Math.min(n, 4));
            BinaryQuadraticModel whole = model(n, edges, Vartype.SPIN, random, weights(random));
            var builder = BinaryQuadraticModel.builder(Vartype.SPIN).addOffset(0.5);
            for (int i = 0; i < n; i++) {
                builder.variable("v" + i);
            }
            whole.forEachInteraction(
                    (i, j, w) -> {
                        if (i == removed || j == removed) {
                            builder.addLinear(i + j - removed, w);
                        } else {
                            builder.addQuadratic(i, j, w);
                        }
                    });
            BinaryQuadraticModel model = builder.build();
            assertMinimum(seed % 2 == 0 ? model : model.toBinary());
        }
    }

    /** Trees have room for biases everywhere, binary variables included. */
    @Test
    void treesMayHaveBiases() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            int n = 1 + random.nextInt(16);
            Vartype vartype = seed % 2 == 0 ? Vartype.SPIN : Vartype.BINARY;
            var builder = BinaryQuadraticModel.builder(vartype);
            for (int i = 0; i < n; i++) {
                builder.addLinear(i, random.nextGaussian());
                if (i > 0) {
                    builder.addQuadratic(i, random.nextInt(i), random.nextGaussian());
                }
            }
            assertMinimum(builder.build());
        }
    }

    private static BinaryQuadraticModel lattice(int rows, int columns, DoubleSupplier weight) {
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN);
        for (int i = 0; i < rows * columns; i++) {
            if (i % columns < columns - 1) {
                builder.addQuadratic(i, i + 1, weight.getAsDouble());
            }
            if (i / columns < rows - 1) {
                builder.addQuadratic(i, i + columns, weight.getAsDouble());
            }
        }
        return builder.build();
    }

    /** Two independent exact methods, with biases on the border of the lattice. */
    @Test
    void latticesAgreeWithTreeDecomposition() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            int columns = 5 + (int) seed % 6;
            var builder = lattice(20, columns, random::nextGaussian).toBuilder();
            for (int i = 0; i < columns; i++) {
                builder.addLinear(i, random.nextGaussian());
            }
            BinaryQuadraticModel model = builder.build();
            double expected = new TreeDecomposition().sample(model, ONE).best().energy();
            assertThat(new PlanarMatching().sample(model, ONE).best().energy())
                    .isCloseTo(expected, within(1e-9));
        }
    }

    /**
     * Villain's odd model: every plaquette has one antiferromagnetic edge, so each has an edge that
     * is not satisfied, at best shared by two: of a lattice of 41 x 41 spins half of the 40 x 40
     * plaquettes. (J. Villain, Journal of Physics C 10, 1717, 1977.)
     */
    @Test
    void theFullyFrustratedLatticeSharesItsFrustration() {
        int side = 41;
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN);
        for (int i = 0; i < side * side; i++) {
            if (i % side < side - 1) {
                builder.addQuadratic(i, i + 1, i / side % 2 == 0 ? -1 : 1);
            }
            if (i / side < side - 1) {
                builder.addQuadratic(i, i + side, -1);
            }
        }
        int edges = 2 * side * (side - 1);
        int unsatisfied = (side - 1) * (side - 1) / 2;
        Sample best = new PlanarMatching().sample(builder.build(), ONE).best();
        assertThat(best.energy()).isEqualTo(-edges + 2 * unsatisfied);
    }

    /** Reads draw the sign; a bias far away decides it. */
    @Test
    void aFerromagnetIsAllOneSign() {
        BinaryQuadraticModel free = lattice(30, 30, () -> -1);
        SampleSet set = new PlanarMatching().sample(free, SamplingOptions.reads(50).seed(1));
        assertThat(set.samples()).hasSize(2).allMatch(s -> s.energy() == -2 * 30 * 29);
        assertThat(set.reads()).isEqualTo(50);
        assertThat(set.samples()).allMatch(s -> s.occurrences() > 10);
        BinaryQuadraticModel held = free.toBuilder().addLinear(899, -0.5).build();
        SampleSet up = new PlanarMatching().sample(held, SamplingOptions.reads(50).seed(1));
        assertThat(up.samples()).hasSize(1);
        assertThat(up.best().state()).containsOnly(1);
    }

    @Test
    void modelsWithoutInteractions() {
        var flat = BinaryQuadraticModel.builder(Vartype.SPIN).addLinear(3, 0).build();
        assertThat(new PlanarMatching().sample(flat, ONE).best().energy()).isZero();
        var biased = BinaryQuadraticModel.builder(Vartype.BINARY).addLinear(0, -2).addLinear(1, 1);
        assertThat(new PlanarMatching().sample(biased.build(), ONE).best().state())
                .containsExactly(1, 0);
    }

    /** Kuratowski: K5 and K3,3; K4 is planar, but not with a bias everywhere. */
    @Test
    void whatHasCrossingsIsSaid() {
        var five = BinaryQuadraticModel.builder(Vartype.SPIN);
        var threes = BinaryQuadraticModel.builder(Vartype.SPIN);
        var four = BinaryQuadraticModel.builder(Vartype.SPIN);
        for (int i = 0; i < 5; i++) {
            for (int j = i + 1; j < 5; j++) {
                five.addQuadratic(i, j, 1);
                if (j < 4) {
                    four.addQuadratic(i, j, 1);
                }
            }
        }
        for (int i = 0; i < 9; i++) {
            threes.addQuadratic(i / 3, 3 + i % 3, -1);
        }
        for (BinaryQuadraticModel model : List.of(five.build(), threes.build())) {
            assertThat(PlanarMatching.fits(model)).isFalse();
            assertThatThrownBy(() -> new PlanarMatching().sample(model, ONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "the graph of this model cannot be drawn in the plane without crossings. Maybe use another sampler.");
        }
        assertThat(PlanarMatching.fits(four.build())).isTrue();
        for (int i = 0; i < 4; i++) {
            four.addLinear(i, 1);
        }
        assertThatThrownBy(() -> new PlanarMatching().sample(four.build(), ONE))
                .hasMessageContaining("where the 4 variables with a bias are joined to one more");
        five.addQuadratic(0, 1, -1);
        assertThat(PlanarMatching.fits(five.build())).isTrue();
        var large = BinaryQuadraticModel.builder(Vartype.SPIN).addLinear(0, 1e308);
        large.addLinear(1, 1e308);
        assertThatThrownBy(() -> new PlanarMatching().sample(large.build(), ONE))
                .hasMessageContaining("scale the model first");
    }

    @Test
    void workCanBeCancelled() {
        BinaryQuadraticModel model = lattice(5, 5, () -> 1);
        assertThatThrownBy(
                        () ->
                                new PlanarMatching()
                                        .sample(model, ONE.progress(new CancelledProgress())))
                .isInstanceOf(CancellationException.class);
    }

    private static final class CancelledProgress implements Progress {
        @Override
        public void report(long done, long total) {}

        @Override
        public boolean isCancelled() {
            return true;
        }
    }
}
