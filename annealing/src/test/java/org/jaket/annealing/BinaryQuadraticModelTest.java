package org.jaket.annealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class BinaryQuadraticModelTest {
    /** Energies against the sum over a full matrix, in both forms. */
    @Property(tries = 200)
    void energiesAreSumsOverAllTerms(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int n, @ForAll Vartype vartype) {
        Random random = new Random(seed);
        double[][] q = new double[n][n];
        double[] h = new double[n];
        double offset = random.nextGaussian();
        var builder = BinaryQuadraticModel.builder(vartype).addOffset(offset);
        for (int t = 0; t < 3 * n; t++) {
            int i = random.nextInt(n);
            int j = random.nextInt(n);
            double w = random.nextGaussian();
            builder.addQuadratic(i, j, w);
            q[i][j] += w;
            int k = random.nextInt(n);
            builder.addLinear(k, w / 2);
            h[k] += w / 2;
        }
        builder.addLinear(n - 1, 0);
        BinaryQuadraticModel model = builder.build();
        assertThat(model.size()).isEqualTo(n);
        assertThat(model.toBuilder().build()).isEqualTo(model);
        byte[] state = new byte[n];
        byte[] other = new byte[n];
        BinaryQuadraticModel changed = vartype == Vartype.SPIN ? model.toBinary() : model.toSpin();
        for (int code = 0; code < 1 << n; code++) {
            double expected = offset;
            for (int i = 0; i < n; i++) {
                boolean up = (code >> i & 1) != 0;
                state[i] = up ? vartype.high() : vartype.low();
                other[i] = up ? changed.vartype().high() : changed.vartype().low();
            }
            for (int i = 0; i < n; i++) {
                expected += h[i] * state[i];
                for (int j = 0; j < n; j++) {
                    expected += q[i][j] * state[i] * state[j];
                }
            }
            assertThat(model.energy(state)).isCloseTo(expected, within(1e-12 * 9 * n));
            assertThat(changed.energy(other)).isCloseTo(expected, within(1e-11 * 9 * n));
        }
        for (int i = 0; i < n; i++) {
            int last = -1;
            for (int k = 0; k < model.degree(i); k++) {
                int j = model.neighbour(i, k);
                assertThat(j).isGreaterThan(last);
                last = j;
                assertThat(model.weight(i, k)).isEqualTo(model.quadratic(j, i));
            }
        }
    }

    @Test
    void variablesMayHaveAnyLabels() {
        var builder = BinaryQuadraticModel.builder(Vartype.BINARY);
        int a = builder.variable(3);
        int b = builder.variable(List.of("x", 1));
        int c = builder.variable("c");
        int d = builder.variable(17);
        assertThat(builder.variable(3)).isEqualTo(a);
        BinaryQuadraticModel model =
                builder.addQuadratic(a, b, 2).addLinear(c, -1).addLinear(d, 1).build();
        assertThat(model.variables()).containsExactly(3, List.of("x", 1), "c", 17);
        Sample sample = new Sample(model.variables(), new byte[] {1, 0, 1, 0}, -1, 1);
        assertThat(sample.value("c")).isEqualTo(1);
        assertThat(sample.value(List.of("x", 1))).isZero();
        assertThat(sample.toMap()).containsEntry(3, 1);
        assertThatThrownBy(() -> sample.value("nobody"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no variable nobody");
        assertThatThrownBy(() -> builder.addLinear(17, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("called 17");
    }

    @Test
    void whatIsNoNumberIsRefused() {
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN);
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> builder.addLinear(0, bad)).hasMessageContaining("finite");
            assertThatThrownBy(() -> builder.addQuadratic(0, 1, bad))
                    .hasMessageContaining("finite");
            assertThatThrownBy(() -> builder.addOffset(bad)).hasMessageContaining("finite");
        }
        builder.addLinear(0, Double.MAX_VALUE);
        assertThatThrownBy(() -> builder.addLinear(0, Double.MAX_VALUE))
                .hasMessageContaining("finite");
        assertThatThrownBy(() -> builder.addQuadratic(-1, 0, 1)).hasMessageContaining("number -1");
        BinaryQuadraticModel model = builder.build();
        assertThatThrownBy(() -> model.energy(new byte[model.size() + 1]))
                .hasMessageContaining("values, not");
        assertThatThrownBy(() -> model.energy(new byte[model.size()]))
                .hasMessageContaining("-1 and 1, not 0");
    }

    /** Ten million interactions are built in some two seconds; here a tenth of it. */
    @Test
    void largeModelsAreSorted() {
        int n = 100_000;
        Random random = new Random(1);
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN);
        double sum = 0;
        for (int t = 0; t < 1_000_000; t++) {
            int i = random.nextInt(n);
            int j = (i + 1 + random.nextInt(n - 1)) % n;
            builder.addQuadratic(i, j, t % 7);
            sum += t % 7;
        }
        BinaryQuadraticModel model = builder.build();
        byte[] up = new byte[n];
        java.util.Arrays.fill(up, (byte) 1);
        assertThat(model.energy(up)).isEqualTo(sum);
        List<Integer> seen = new ArrayList<>();
        model.forEachInteraction((i, j, w) -> seen.add(i < j ? 1 : 0));
        assertThat(seen).hasSize(model.interactions()).doesNotContain(0);
    }
}
