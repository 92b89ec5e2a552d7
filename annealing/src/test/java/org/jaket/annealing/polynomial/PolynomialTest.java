package org.jaket.annealing.polynomial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.jaket.annealing.polynomial.Variable.binaries;
import static org.jaket.annealing.polynomial.Variable.binary;
import static org.jaket.annealing.polynomial.Variable.integer;
import static org.jaket.annealing.polynomial.Variable.spin;
import static org.jaket.annealing.polynomial.Variable.spins;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Sample;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Variables;
import org.jaket.annealing.Vartype;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

class PolynomialTest {
    @Test
    void repeatedFactorsFollowTheVartype() {
        Polynomial binary =
                Polynomial.builder(Vartype.BINARY, Variables.range(3))
                        .add(2, 1, 0, 1)
                        .add(1, 0, 1)
                        .build();
        assertThat(binary.terms()).isEqualTo(1);
        assertThat(binary.coefficient(0)).isEqualTo(3);
        assertThat(binary).hasToString("3 binary variables, 1 terms, degree 2");
        Polynomial spin =
                Polynomial.builder(Vartype.SPIN, Variables.range(3))
                        .add(2, 1, 0, 1, 1, 2)
                        .add(1, 2, 2)
                        .add(-1)
                        .build();
        // s1^3 = s1, and s2^2 - 1 is gone.
        assertThat(spin.terms()).isEqualTo(1);
        assertThat(spin.degree(0)).isEqualTo(3);
    }

    /** A random polynomial with small whole coefficients: sums are exact. */
    private static Polynomial random(Random random, Vartype vartype, int n, int terms, int most) {
        Polynomial.Builder builder = Polynomial.builder(vartype, Variables.range(n));
        for (int t = 0; t < terms; t++) {
            int[] factors = new int[random.nextInt(most + 1)];
            for (int k = 0; k < factors.length; k++) {
                factors[k] = random.nextInt(n);
            }
            builder.add(random.nextInt(11) - 5, factors);
        }
        return builder.build();
    }

    private static byte[] state(Vartype vartype, int n, int code) {
        byte[] state = new byte[n];
        for (int k = 0; k < n; k++) {
            state[k] = (code >> k & 1) != 0 ? vartype.high() : vartype.low();
        }
        return state;
    }

    @Property(tries = 200)
    void bothKindsOfVariablesGiveTheSameEnergies(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 7) int n, @ForAll Vartype vartype) {
        Polynomial p = random(new Random(seed), vartype, n, 3 * n, 5);
        Polynomial other = vartype == Vartype.SPIN ? p.toBinary() : p.toSpin();
        for (int code = 0; code < 1 << n; code++) {
            assertThat(other.energy(state(other.vartype(), n, code)))
                    .isCloseTo(p.energy(state(vartype, n, code)), within(1e-9));
        }
    }

    /** The definition: the least energy over the additional variables is the polynomial's. */
    @Property(tries = 400)
    void reductionKeepsTheEnergyOfEveryState(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int n, @ForAll Vartype vartype) {
        Polynomial p = random(new Random(seed), vartype, n, 4, 5);
        QuadraticReduction reduction = p.reduce();
        BinaryQuadraticModel model = reduction.model();
        assertThat(model.vartype()).isEqualTo(vartype);
        assertThat(model.size()).isEqualTo(n + reduction.additional());
        if (reduction.additional() > 12) {
            return;
        }
        for (int code = 0; code < 1 << n; code++) {
            double least = Double.POSITIVE_INFINITY;
            for (int more = 0; more < 1 << reduction.additional(); more++) {
                least =
                        Math.min(
                                least,
                                model.energy(state(vartype, model.size(), code | more << n)));
            }
            byte[] state = state(vartype, n, code);
            assertThat(least).isCloseTo(p.energy(state), within(1e-9));
            byte[] extended = reduction.extend(state);
            assertThat(model.energy(extended)).isCloseTo(least, within(1e-9));
            assertThat(reduction.restore(extended)).containsExactly(state);
        }
    }

    /** A negative product of seven needs one variable; a positive one of seven needs five. */
    @Test
    void negativeProductsTakeOneVariable() {
        int[] seven = {0, 1, 2, 3, 4, 5, 6};
        assertThat(of(Vartype.BINARY, 7, -2, seven).reduce().additional()).isEqualTo(1);
        assertThat(of(Vartype.BINARY, 7, 2, seven).reduce().additional()).isEqualTo(5);
    }

    private static Polynomial of(Vartype vartype, int n, double c, int... factors) {
        return Polynomial.builder(vartype, Variables.range(n)).add(c, factors).build();
    }

    /** x0 x1 is in all 20 products: one variable is enough. */
    @Test
    void sharedPairsAreReplacedOnce() {
        var builder = Polynomial.builder(Vartype.BINARY, Variables.range(22));
        for (int k = 2; k < 22; k++) {
            builder.add(1, 0, k, 1);
        }
        assertThat(builder.build().reduce().additional()).isEqualTo(1);
    }

    /**
     * x0 x1 is in six products and goes first. Then x0 x2, which was in five, is left in x0 x2 x7
     * only, where x2 x7 serves three others too: with x0 x1 x2 that makes three variables.
     */
    @Test
    void pairsAreCountedAnewAfterEachReplacement() {
        var builder = Polynomial.builder(Vartype.BINARY, Variables.range(40));
        for (int k = 10; k < 14; k++) {
            builder.add(1, 0, 1, 2, k);
        }
        builder.add(1, 0, 1, 20).add(1, 0, 1, 21).add(1, 0, 2, 7);
        for (int k = 30; k < 33; k++) {
            builder.add(1, 2, 7, k);
        }
        assertThat(builder.build().reduce().additional()).isEqualTo(3);
    }

    @Test
    void formulasOfBothKindsBecomePolynomials() {
        Variable x = binary("x");
        Variable s = spin("s");
        Polynomial mixed = Polynomial.of(x.times(s).times(4).plus(s.times(spin("t"))));
        assertThat(mixed.vartype()).isEqualTo(Vartype.BINARY);
        // x = 1, s = -1, t = +1: -4 - 1.
        assertThat(mixed.energy(new byte[] {1, 0, 1})).isEqualTo(-5);
        assertThat(Polynomial.of(Expression.product(spins("s", 4))).vartype())
                .isEqualTo(Vartype.SPIN);
        assertThatThrownBy(() -> Polynomial.of(integer("n", 0, 3).plus(x)))
                .hasMessageContaining("n is INTEGER");
        BinaryQuadraticModel labelled =
                Polynomial.of(Expression.product(binaries("b", 4))).reduce().model();
        assertThat(labelled.variables())
                .extracting(Object::toString)
                .contains("b[0]", "b[0]*b[1]")
                .hasSize(6);
    }

    @Test
    void quadraticModelsGoThereAndBack() {
        BinaryQuadraticModel model =
                BinaryQuadraticModel.builder(Vartype.SPIN)
                        .addLinear(0, 1)
                        .addQuadratic(0, 2, -2)
                        .addOffset(3)
                        .build();
        assertThat(Polynomial.of(model).reduce().model()).isEqualTo(model);
    }

    @Test
    void samplesComeBackWithThePolynomialsEnergies() {
        Polynomial p = of(Vartype.BINARY, 3, -2, 0, 1, 2);
        QuadraticReduction reduction = p.reduce();
        // The additional variable is wrong in the second: as a state of the polynomial it is the
        // same as the first.
        List<byte[]> states = new ArrayList<>();
        states.add(new byte[] {1, 1, 1, 1});
        states.add(new byte[] {1, 1, 1, 0});
        states.add(new byte[] {0, 1, 1, 0});
        SampleSet set = SampleSet.of(reduction.model(), states, "a test", 1, Duration.ZERO);
        SampleSet restored = reduction.restore(set);
        assertThat(restored.samples())
                .containsExactly(
                        new Sample(p.variables(), new byte[] {1, 1, 1}, -2, 2),
                        new Sample(p.variables(), new byte[] {0, 1, 1}, 0, 1));
    }

    @Test
    void badInputIsRefused() {
        var builder = Polynomial.builder(Vartype.SPIN, Variables.range(21));
        assertThatThrownBy(() -> builder.add(Double.NaN, 0)).hasMessageContaining("finite");
        assertThatThrownBy(() -> builder.add(1, 21)).hasMessage("no variable 21: there are 21");
        int[] all = IntStream.range(0, 21).toArray();
        Polynomial long21 = builder.add(1, all).build();
        assertThatThrownBy(long21::toBinary).hasMessageContaining("at most 20");
        assertThatThrownBy(() -> long21.energy(new byte[21])).hasMessageContaining("not 0");
        assertThatThrownBy(() -> long21.energy(new byte[2])).hasMessageContaining("21 values");
    }

    /** 100,000 cubic terms with 60,000 shared pairs take some 0.4 s in a cold JVM. */
    @Test
    @Timeout(10)
    void manyCubicTermsAreReducedQuickly() {
        Random random = new Random(1);
        var builder = Polynomial.builder(Vartype.BINARY, Variables.range(1000));
        for (int t = 0; t < 100_000; t++) {
            builder.add(
                    random.nextInt(1, 5),
                    random.nextInt(1000),
                    random.nextInt(1000),
                    random.nextInt(1000));
        }
        Polynomial p = builder.build();
        QuadraticReduction reduction = p.reduce();
        byte[] state = new byte[1000];
        for (int k = 0; k < state.length; k++) {
            state[k] = (byte) random.nextInt(2);
        }
        assertThat(reduction.model().energy(reduction.extend(state)))
                .isCloseTo(p.energy(state), within(1e-6));
        assertThat(reduction.additional()).isLessThan(100_000);
    }
}
