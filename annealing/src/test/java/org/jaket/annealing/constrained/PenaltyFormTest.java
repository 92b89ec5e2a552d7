package org.jaket.annealing.constrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.jaket.annealing.polynomial.Expression.sum;
import static org.jaket.annealing.polynomial.Expression.weightedSum;
import static org.jaket.annealing.polynomial.Variable.binaries;
import static org.jaket.annealing.polynomial.Variable.binary;
import static org.jaket.annealing.polynomial.Variable.integer;
import static org.jaket.annealing.polynomial.Variable.real;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.encoding.EncodingKind;
import org.jaket.annealing.polynomial.Expression;
import org.jaket.annealing.polynomial.Variable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class PenaltyFormTest {
    /** More bits than this are not tried out. */
    private static final int MOST_BITS = 15;

    /**
     * The claim of the class: the least energy of the model is that of the best solution, only
     * solutions have it, and every solution has its own energy for some auxiliary bits.
     */
    private static void assertMinimaAreSolutions(ConstrainedModel model, PenaltyOptions options) {
        ConstrainedSampleSet solutions = ExhaustiveSolver.solve(model, Integer.MAX_VALUE);
        PenaltyForm form;
        try {
            form = PenaltyForm.of(model, options);
        } catch (IllegalArgumentException e) {
            // A slack with a bit a number has its limit; a constraint that cannot hold is told.
            assertThat(e).message().containsAnyOf("need a bit each", "no assignment fulfils");
            if (e.toString().contains("no assignment fulfils")) {
                assertThat(solutions.isFeasible()).isFalse();
            }
            return;
        }
        assertThat(form.isExact()).isTrue();
        BinaryQuadraticModel bits = form.model();
        double rounding = rounding(bits);
        for (ConstrainedSample solution : solutions.feasible()) {
            byte[] state = form.encode(solution.values());
            assertThat(form.decode(state)).isEqualTo(solution);
            assertThat(bits.energy(state)).isCloseTo(solution.energy(), within(rounding));
        }
        if (bits.size() > MOST_BITS || !solutions.isFeasible()) {
            return;
        }
        double optimum = solutions.best().energy();
        byte[] state = new byte[bits.size()];
        for (int code = 0; code < 1 << state.length; code++) {
            for (int k = 0; k < state.length; k++) {
                state[k] = (byte) (code >> k & 1);
            }
            double energy = bits.energy(state);
            assertThat(energy).isGreaterThanOrEqualTo(optimum - rounding);
            ConstrainedSample said = form.decode(state);
            if (said.isFeasible()) {
                assertThat(energy).isGreaterThanOrEqualTo(said.energy() - rounding);
            } else {
                assertThat(energy).isGreaterThan(optimum + 1e-6);
            }
        }
    }

    /** What adding up all coefficients, with 53 bits, may lose. */
    private static double rounding(BinaryQuadraticModel bits) {
        double[] sum = {1 + Math.abs(bits.offset())};
        for (int k = 0; k < bits.size(); k++) {
            sum[0] += Math.abs(bits.linear(k));
        }
        bits.forEachInteraction((i, j, weight) -> sum[0] += Math.abs(weight));
        return 0x1p-50 * sum[0];
    }

    @Property(tries = 1500)
    void minimaAreSolutions(@ForAll long seed) {
        assertMinimaAreSolutions(new RandomModels(seed).next(false, false), PenaltyOptions.DEFAULT);
    }

    @Property(tries = 1000)
    void minimaAreSolutionsWithSoftAndQuadraticConstraints(@ForAll long seed) {
        assertMinimaAreSolutions(new RandomModels(seed).next(true, true), PenaltyOptions.DEFAULT);
    }

    @Property(tries = 600)
    void minimaAreSolutionsInAllEncodings(
            @ForAll long seed, @ForAll EncodingKind integers, @ForAll EncodingKind slacks) {
        assertMinimaAreSolutions(
                new RandomModels(seed).next(true, true),
                PenaltyOptions.DEFAULT.integers(integers).slacks(slacks));
    }

    /** Bits with costs, and sums of them that are limited: here weights come from single bits. */
    @Property(tries = 400)
    void minimaAreSolutionsWhereConstraintsOnlyLimit(@ForAll long seed) {
        Random random = new Random(seed);
        List<Variable> x = binaries("x", random.nextInt(2, 6));
        ConstrainedModelBuilder builder = ConstrainedModel.builder().minimize(energy(x, random));
        for (int c = 0; c < random.nextInt(1, 4); c++) {
            double[] sizes = new double[x.size()];
            for (int k = 0; k < sizes.length; k++) {
                sizes[k] = random.nextInt(4);
            }
            builder.subjectTo(weightedSum(sizes, x).atMost(random.nextInt(6)));
        }
        assertMinimaAreSolutions(builder.build(), PenaltyOptions.DEFAULT);
    }

    /** Groups of which one bit each is chosen. */
    @Property(tries = 400)
    void minimaAreSolutionsWhereOneOfEachGroupIsChosen(
            @ForAll long seed, @ForAll boolean overlapping) {
        Random random = new Random(seed);
        List<Variable> x = binaries("x", random.nextInt(4, 9));
        int middle = random.nextInt(1, x.size() - 1);
        ConstrainedModel model =
                ConstrainedModel.builder()
                        .minimize(energy(x, random))
                        .oneHot("left", x.subList(0, middle + (overlapping ? 1 : 0)))
                        .oneHot("right", x.subList(middle, x.size()))
                        .build();
        assertMinimaAreSolutions(model, PenaltyOptions.DEFAULT);
    }

    private static Expression energy(List<Variable> x, Random random) {
        List<Expression> terms = new ArrayList<>();
        for (Variable left : x) {
            terms.add(left.times(random.nextInt(-5, 6)));
            for (Variable right : x) {
                terms.add(left.times(right).times(random.nextInt(-3, 4)));
            }
        }
        return sum(terms);
    }

    /**
     * The independent set of a path of three: each vertex is worth 1, so a conflict must cost more
     * than 1 and need not cost more than the margin above it, a twentieth.
     */
    @Test
    void theWeightOfAConflictIsTheWorthOfAVertex() {
        List<Variable> v = binaries("v", 3);
        PenaltyForm form =
                PenaltyForm.of(
                        ConstrainedModel.builder()
                                .maximize(sum(v))
                                .subjectTo("a", v.get(0).plus(v.get(1)).atMost(1))
                                .subjectTo("b", v.get(1).plus(v.get(2)).atMost(1))
                                .build());
        assertThat(form.model().size()).isEqualTo(3);
        assertThat(form.weight("a")).isEqualTo(1.05);
        assertThat(form.model().quadratic(1, 2)).isEqualTo(1.05);
        assertThat(form.model().quadratic(0, 2)).isZero();
        assertThat(form.auxiliary()).isZero();
    }

    @Test
    void theCallerMayChooseTheWeight() {
        Variable x = binary("x");
        Variable y = binary("y");
        PenaltyForm form =
                PenaltyForm.of(
                        ConstrainedModel.builder()
                                .maximize(x.plus(y))
                                .subjectTo("pair", x.plus(y).atMost(1))
                                .subjectTo("same", x.equalTo(y))
                                .build(),
                        PenaltyOptions.DEFAULT.weight(7));
        assertThat(form.weight("pair")).isEqualTo(7);
        // 7 x y and 7 (x - y)^2.
        assertThat(form.model().quadratic(0, 1)).isEqualTo(7 - 14);
        assertThat(form.model().linear(0)).isEqualTo(-1 + 7);
        assertThat(form.weight("nothing")).isZero();
    }

    @Test
    void boundsOnOneHotIntegersNeedNoSlack() {
        Variable n = integer("n", 0, 7);
        PenaltyForm form =
                PenaltyForm.of(
                        ConstrainedModel.builder()
                                .minimize(n.times(-1))
                                .subjectTo("c", n.times(-1).plus(7).atLeast(2))
                                .subjectTo("d", n.times(-1).atMost(-3))
                                .build(),
                        PenaltyOptions.DEFAULT.integers(EncodingKind.ONE_HOT));
        // n from 3 to 5: the bits of the other numbers are fixed, and no slack is left.
        assertThat(form.auxiliary()).isZero();
        assertThat(lowest(form).value("n")).isEqualTo(5);
    }

    /** The known penalties without slacks: x y, x (1 - y), (1 - x)(1 - y), and pairs of three. */
    @Test
    void constraintsThatForbidPairsNeedNoSlack() {
        Variable x = binary("x");
        Variable y = binary("y");
        Variable z = binary("z");
        for (var comparison :
                List.of(
                        x.plus(y).atMost(1),
                        x.atMost(y),
                        x.plus(y).atLeast(1),
                        sum(x, y, z).atMost(1),
                        x.times(y).atMost(0),
                        x.times(y).plus(z).equalTo(0),
                        x.times(2).plus(y).plus(z).atMost(1.5))) {
            ConstrainedModel model =
                    ConstrainedModel.builder()
                            .minimize(sum(x, y.times(-2), z.times(-1)))
                            .subjectTo("c", comparison)
                            .build();
            assertThat(PenaltyForm.of(model).auxiliary()).as(comparison.toString()).isZero();
            assertMinimaAreSolutions(model, PenaltyOptions.DEFAULT);
        }
    }

    /** 3 n + 5 m <= 17 leaves up to 17: five bits, whatever the unit and the rest of the number. */
    @Test
    void slacksAreCountedInTheCommonUnit() {
        Variable n = integer("n", 0, 7);
        Variable m = integer("m", 0, 7);
        for (double unit : new double[] {1, 10, 0.1, 1 / 3.0, 1e-4}) {
            PenaltyForm form =
                    PenaltyForm.of(
                            ConstrainedModel.builder()
                                    .subjectTo(
                                            "c",
                                            n.times(3 * unit)
                                                    .plus(m.times(5 * unit))
                                                    .atMost(17.95 * unit))
                                    .build());
            assertThat(form.isExact()).as("unit %s", unit).isTrue();
            assertThat(form.auxiliary()).as("unit %s", unit).isEqualTo(5);
        }
    }

    @Test
    void realsHaveSteps() {
        Variable t = real("t", 0, 10);
        Variable on = binary("on");
        ConstrainedModel model =
                ConstrainedModel.builder()
                        .minimize(t.minus(6).squared().plus(on.times(5)))
                        .subjectTo("only when on", t.atMost(on.times(7)))
                        .build();
        // 40 steps of 0.25: on and t = 6 costs 5, off and t = 0 costs 36.
        PenaltyForm form = PenaltyForm.of(model, PenaltyOptions.DEFAULT.steps(40));
        assertThat(form.isExact()).isFalse();
        assertThat(form.approximations()).containsExactly("real variable t has steps of 0.25");
        ConstrainedSample best = lowest(form);
        assertThat(best.value("t")).isEqualTo(6);
        assertThat(best.value("on")).isEqualTo(1);
        assertThat(best.isFeasible()).isTrue();
    }

    /** A real from -1 to 4 in five steps takes the values of an integer from -1 to 4. */
    @Test
    void realsInWholeStepsAreLikeIntegers() {
        List<BinaryQuadraticModel> models = new ArrayList<>();
        for (Variable v : List.of(real("v", -1, 4), integer("v", -1, 4))) {
            Variable x = binary("x");
            PenaltyForm form =
                    PenaltyForm.of(
                            ConstrainedModel.builder()
                                    .minimize(v.squared().minus(v.times(x).times(3)))
                                    .subjectTo("c", v.times(2).plus(x).atMost(6))
                                    .subjectTo("d", v.times(x).atLeast(-0.5))
                                    .soft("e", v.atLeast(1.5), 2, Strictness.Growth.LINEAR)
                                    .build(),
                            // Of integers bounds are tightened, of reals they are not.
                            PenaltyOptions.DEFAULT.steps(5).tightened(false));
            assertThat(form.decode(form.encode(3, 1)).values()).containsExactly(3, 1);
            models.add(form.model());
        }
        assertThat(models.getFirst()).isEqualTo(models.getLast());
    }

    private static ConstrainedSample lowest(PenaltyForm form) {
        byte[] state = new byte[form.model().size()];
        byte[] best = state.clone();
        for (int code = 0; code < 1 << state.length; code++) {
            for (int k = 0; k < state.length; k++) {
                state[k] = (byte) (code >> k & 1);
            }
            if (form.model().energy(state) < form.model().energy(best)) {
                best = state.clone();
            }
        }
        return form.decode(best);
    }

    /** sqrt 2, e and pi have no common unit; the best pair under 5 is sqrt 2 and pi, 4.556. */
    @Test
    void coefficientsWithoutACommonUnitAreRounded() {
        List<Variable> x = binaries("x", 3);
        double[] sizes = {Math.sqrt(2), Math.E, Math.PI};
        ConstrainedModel model =
                ConstrainedModel.builder()
                        .maximize(weightedSum(sizes, x))
                        .subjectTo("room", weightedSum(sizes, x).atMost(5))
                        .build();
        PenaltyForm form = PenaltyForm.of(model);
        assertThat(form.isExact()).isFalse();
        assertThat(form.approximations().getFirst())
                .contains("constraint room have no common unit");
        assertThat(lowest(form).values()).containsExactly(1, 0, 1);
    }

    @Test
    void samplesBecomeAssignments() {
        Variable n = integer("n", 0, 3);
        ConstrainedModel model =
                ConstrainedModel.builder().minimize(n).subjectTo("enough", n.atLeast(2)).build();
        PenaltyForm form = PenaltyForm.of(model, PenaltyOptions.DEFAULT.tightened(false));
        List<byte[]> states = new ArrayList<>();
        states.add(form.encode(3));
        states.add(form.encode(2));
        states.add(form.encode(2));
        states.add(form.encode(0));
        byte[] wrongSlack = form.encode(2);
        for (int k = 0; k < form.auxiliary(); k++) {
            wrongSlack[wrongSlack.length - 1 - k] ^= 1;
        }
        states.add(wrongSlack);
        SampleSet set = SampleSet.of(form.model(), states, "a test", 7, Duration.ZERO);
        ConstrainedSampleSet found = form.decode(set);
        assertThat(found.best().value("n")).isEqualTo(2);
        assertThat(found.best().occurrences()).isEqualTo(3);
        assertThat(found.feasible()).hasSize(2);
        assertThat(found.infeasible()).hasSize(1);
        assertThat(found.seed()).isEqualTo(7);
        BinaryQuadraticModel spins = form.model().toSpin();
        byte[] up = new byte[spins.size()];
        Arrays.fill(up, (byte) 1);
        SampleSet ofSpins = SampleSet.of(spins, List.of(up), "a test", 7, Duration.ZERO);
        assertThat(form.decode(ofSpins).best().value("n")).isEqualTo(3);
    }

    @Test
    void anUnconstrainedBinaryModelStaysWhatItIs() {
        BinaryQuadraticModel model =
                BinaryQuadraticModel.builder(Vartype.BINARY)
                        .addLinear(0, 1)
                        .addQuadratic(0, 2, -2)
                        .addOffset(3)
                        .build();
        PenaltyForm form = PenaltyForm.of(ConstrainedModel.from(model));
        assertThat(form.model()).isEqualTo(model);
        assertThat(form).asString().endsWith("exact");
    }

    @Test
    void whatCannotBeWrittenInBitsIsRefused() {
        Variable n = integer("n", 0, 3);
        assertRefused(
                ConstrainedModel.builder().subjectTo("c", n.atLeast(4)).build(),
                "no assignment fulfils constraint c: its left side is from 0.0 to 3.0, and should be >= 4.0");
        assertRefused(
                ConstrainedModel.builder().subjectTo("c", n.times(2).equalTo(3)).build(),
                "constraint c: it needs a value of n from 1.5 to 1.5, which is integer from 0.0 to 3.0");
        Variable p = integer("p", 0, 30);
        Variable q = integer("q", 0, 30);
        assertRefused(
                ConstrainedModel.builder()
                        .subjectTo("c", sum(p.times(4), q.times(2), n.times(2)).equalTo(25))
                        .build(),
                "is a multiple of 2.0");
        assertRefused(
                ConstrainedModel.builder()
                        .minimize(integer("m", 0, Double.POSITIVE_INFINITY))
                        .build(),
                "variable m has no upper bound");
        assertRefused(
                ConstrainedModel.builder()
                        .minimize(integer("m", 0, 1L << 52))
                        .subjectTo("c", integer("m", 0, 1L << 52).times(n).plus(n).atLeast(5))
                        .build(),
                "give its variables closer bounds");
        assertThatThrownBy(() -> PenaltyOptions.DEFAULT.steps(0))
                .hasMessageContaining("at least 1 step");
        assertThatThrownBy(() -> PenaltyOptions.DEFAULT.weight(-1))
                .hasMessageContaining("at least 0");
    }

    private static void assertRefused(ConstrainedModel model, String message) {
        assertThatThrownBy(() -> PenaltyForm.of(model))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
