package org.jaket.annealing.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.constrained.ConstrainedModelBuilder;
import org.jaket.annealing.constrained.Constraint;
import org.jaket.annealing.constrained.DiscreteModel;
import org.jaket.annealing.constrained.QuadraticFunction;
import org.jaket.annealing.constrained.Strictness;
import org.jaket.annealing.polynomial.Sense;
import org.jaket.annealing.polynomial.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What is written is read back as the same model. */
class ConstrainedFileRoundTripTest {
    private static double number(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(1, 7) - 8;
            case 1 -> random.nextInt(1, 1000) / 8.0;
            case 2 -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
            default -> random.nextGaussian();
        };
    }

    private static Object label(Random random, int number, String text) {
        return switch (random.nextInt(7)) {
            case 0 -> number;
            case 1 -> text + number;
            case 2 -> List.of(text, number, List.of(0.5));
            case 3 -> "take[" + number + "]";
            case 4 -> "a/b/" + number;
            case 5 -> "end" + "_".repeat(number);
            default -> "x" + number;
        };
    }

    private static Variable variable(Random random, Object label, boolean spins) {
        double low = random.nextInt(3) == 0 ? 0 : -random.nextInt(20);
        double high = random.nextInt(3) == 0 ? 0x1p53 - 1 : random.nextInt(20);
        double infinite = Double.POSITIVE_INFINITY;
        return switch (random.nextInt(spins ? 7 : 6)) {
            case 0 -> Variable.integer(label, low, high);
            case 1 -> Variable.integer(label, -infinite, random.nextBoolean() ? infinite : high);
            case 2 -> Variable.real(label, low + 0.0, high / 8);
            case 3 -> Variable.real(label, random.nextBoolean() ? -infinite : low, infinite);
            case 4, 5 -> Variable.binary(label);
            default -> Variable.spin(label);
        };
    }

    /** Each variable has one linear term at most: a sum of 0 would not be kept. */
    private static QuadraticFunction function(Random random, int n, boolean offset) {
        List<Integer> singles = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            if (random.nextBoolean()) {
                singles.add(k);
            }
        }
        int products = n == 0 ? 0 : random.nextInt(2 * n);
        return QuadraticFunction.of(
                offset ? number(random) : 0,
                singles.stream().mapToInt(k -> k).toArray(),
                singles.stream().mapToDouble(_ -> number(random)).toArray(),
                random.ints(products, 0, Math.max(1, n)).toArray(),
                random.ints(products, 0, Math.max(1, n)).toArray(),
                random.ints(products, 0, 1).mapToDouble(_ -> number(random)).toArray());
    }

    /**
     * A model of all kinds of variables and constraints.
     *
     * @param everything also what LP files cannot say
     */
    private static ConstrainedModel model(long seed, int n, String text, boolean everything) {
        Random random = new Random(seed);
        ConstrainedModelBuilder builder = ConstrainedModel.builder();
        List<Integer> binaries = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            Variable v = variable(random, label(random, k, text), everything);
            if (builder.indexOf(v.label()) < 0) {
                int number = builder.variable(v);
                if (v.equals(Variable.binary(v.label()))) {
                    binaries.add(number);
                }
            }
        }
        int size = builder.size();
        builder.minimize(function(random, size, true));
        for (int c = 0; c < 4 && size > 0; c++) {
            QuadraticFunction left = function(random, size, everything);
            Strictness strictness =
                    everything && random.nextBoolean()
                            ? new Strictness.Soft(
                                    Math.abs(number(random)),
                                    Strictness.Growth.values()[random.nextInt(2)])
                            : Strictness.HARD;
            // Squares of spins alone would be a number, and the constraint perhaps never hold.
            if (left.linearTerms() > 0) {
                builder.add(
                        new Constraint(
                                label(random, c, text + c),
                                left,
                                Sense.values()[random.nextInt(3)],
                                number(random),
                                strictness,
                                false));
            }
        }
        if (!binaries.isEmpty()) {
            double[] ones = binaries.stream().mapToDouble(_ -> 1).toArray();
            int[] all = binaries.stream().mapToInt(k -> k).toArray();
            builder.add(
                    new Constraint(
                            "one of",
                            QuadraticFunction.linear(0, all, ones),
                            Sense.EQUAL,
                            1,
                            Strictness.HARD,
                            true));
        }
        return builder.build();
    }

    private static boolean isText(String text) {
        return text.length() < 100 && text.codePoints().noneMatch(c -> c >= 0xd800 && c < 0xe000);
    }

    @Property(seed = "1", tries = 300)
    void cqmKeepsEverything(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 12) int n, @ForAll String text)
            throws IOException {
        ConstrainedModel model = model(seed, n, isText(text) ? text : "", true);
        ConstrainedDocument document = ConstrainedDocument.of(model, ConstrainedFormat.DIMOD_CQM);
        assertThat(Written.again(document)).isEqualTo(document);
        assertThat(Written.bytes(document)).isEqualTo(Written.bytes(document));
    }

    @Property(seed = "1", tries = 300)
    void qmKeepsEverythingButHasNoConstraints(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 12) int n, @ForAll String text)
            throws IOException {
        ConstrainedModel model = model(seed, n, isText(text) ? text : "", true);
        ConstrainedModelBuilder bare = ConstrainedModel.builder();
        for (int k = 0; k < model.size(); k++) {
            bare.variable(model.variable(k));
        }
        bare.minimize(model.objective());
        ConstrainedDocument document =
                ConstrainedDocument.of(bare.build(), ConstrainedFormat.DIMOD_QM);
        assertThat(Written.again(document)).isEqualTo(document);
        if (!model.constraints().isEmpty()) {
            assertThatThrownBy(() -> Written.bytes(document(model, ConstrainedFormat.DIMOD_QM)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("has no constraints")
                    .hasMessageContaining("write DIMOD_CQM");
        }
    }

    private static ConstrainedDocument document(ConstrainedModel model, ConstrainedFormat format) {
        return ConstrainedDocument.of(model, format);
    }

    @Property(seed = "1", tries = 300)
    void dqmKeepsEverything(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 12) int n, @ForAll String text)
            throws IOException {
        Random random = new Random(seed);
        DiscreteModel.Builder builder = DiscreteModel.builder();
        java.util.Set<Object> labels = new java.util.HashSet<>();
        List<Integer> cases = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            Object label = label(random, k, isText(text) ? text : "");
            if (labels.add(label)) {
                cases.add(random.nextInt(1, 6));
                builder.addVariable(label, cases.getLast());
            }
        }
        builder.addOffset(number(random));
        for (int t = 0; t < 3 * n; t++) {
            int u = random.nextInt(cases.size());
            int v = random.nextInt(cases.size());
            builder.addLinear(u, random.nextInt(cases.get(u)), number(random));
            if (u != v) {
                builder.addQuadratic(
                        u,
                        random.nextInt(cases.get(u)),
                        v,
                        random.nextInt(cases.get(v)),
                        number(random));
            }
        }
        DiscreteModel model = builder.build();
        ConstrainedDocument document =
                ConstrainedDocument.of(model.toConstrainedModel(), ConstrainedFormat.DIMOD_DQM);
        assertThat(DiscreteModel.from(document.model())).isEqualTo(model);
        assertThat(Written.again(document)).isEqualTo(document);
        assertThat(Written.bytes(document)).isEqualTo(Written.bytes(document));
    }

    @Test
    void dqmHoldsChoicesOnly() {
        ConstrainedModelBuilder free = ConstrainedModel.builder();
        free.variable(Variable.binary("x"));
        ConstrainedModelBuilder other = ConstrainedModel.builder();
        int x = other.variable(Variable.binary("x"));
        QuadraticFunction one = QuadraticFunction.linear(0, new int[] {x}, new double[] {1});
        other.add(Constraint.hard("first", one, Sense.EQUAL, 1));
        assertThat(DiscreteModel.from(other.build()).variables()).containsExactly("first");
        other.add(Constraint.hard("again", one, Sense.EQUAL, 1));
        ConstrainedModelBuilder bound = ConstrainedModel.builder();
        bound.variable(Variable.binary("x"));
        bound.add(Constraint.hard("bound", one, Sense.AT_MOST, 1));
        refusesAsDiscrete(free, "x is no case of a variable");
        refusesAsDiscrete(other, "x cannot be a case of two variables, first and again");
        refusesAsDiscrete(bound, "and bound is another");
    }

    private static void refusesAsDiscrete(ConstrainedModelBuilder builder, String message) {
        assertThatThrownBy(
                        () -> Written.bytes(document(builder.build(), ConstrainedFormat.DIMOD_DQM)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    /** The arrays were stored by NumPy 2.4, as dimod's to_file asks it to; one per kind of ZIP. */
    @ParameterizedTest
    @ValueSource(strings = {"stored.dqm", "compressed.dqm"})
    void arraysOfNumPyAreRead(String name) throws IOException {
        DiscreteModel.Builder builder = DiscreteModel.builder();
        int left = builder.addVariable("left", 3);
        int right = builder.addVariable(List.of("r", 1), 2);
        int seven = builder.addVariable(7, 4);
        builder.addLinear(left, 1, 2.5);
        builder.addQuadratic(left, 2, right, 1, -3);
        builder.addQuadratic(right, 0, seven, 3, 0.25);
        try (var in = getClass().getResourceAsStream(name)) {
            assertThat(DiscreteModel.from(Written.read(in.readAllBytes()).model()))
                    .isEqualTo(builder.addOffset(1.5).build());
        }
    }

    /** Without constants on left sides, which move to the right. */
    @Property(seed = "1", tries = 300)
    void lpKeepsWhatItCanSay(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 12) int n,
            @ForAll String text,
            @ForAll boolean maximum)
            throws IOException {
        ConstrainedModel model = model(seed, n, isText(text) ? text : "", false);
        ConstrainedDocument document =
                new ConstrainedDocument(
                        model,
                        ConstrainedFormat.LP,
                        maximum ? ConstrainedDocument.MAXIMUM : Objective.ENERGY);
        assertThat(Written.again(document)).isEqualTo(document);
    }

    /** Numbers need no tolerance here: 7.25 - 1.5 is exact. */
    @Test
    void constantsOfConstraintsMoveToTheRightInLp() throws IOException {
        ConstrainedModelBuilder builder = ConstrainedModel.builder();
        builder.variable(Variable.real("x", 0, 1));
        QuadraticFunction left = QuadraticFunction.linear(1.5, new int[] {0}, new double[] {2});
        builder.add(Constraint.hard("c", left, Sense.AT_MOST, 7.25));
        Constraint read =
                Written.again(ConstrainedDocument.of(builder.build(), ConstrainedFormat.LP))
                        .model()
                        .constraint("c");
        assertThat(read.right()).isEqualTo(5.75);
        assertThat(read.left().offset()).isZero();
        for (double x : new double[] {0, 1, 2, 3, 4}) {
            assertThat(read.violation(new double[] {x}))
                    .isCloseTo(Math.max(0, left.value(new double[] {x}) - 7.25), within(1e-12));
        }
    }

    @Test
    void lpRefusesWhatItCannotSay() {
        ConstrainedModelBuilder spin = ConstrainedModel.builder();
        spin.variable(Variable.spin("s"));
        ConstrainedModelBuilder soft = ConstrainedModel.builder();
        soft.add(
                new Constraint(
                        "c",
                        QuadraticFunction.ZERO,
                        Sense.EQUAL,
                        1,
                        new Strictness.Soft(1, Strictness.Growth.LINEAR),
                        false));
        assertThatThrownBy(
                        () ->
                                Written.bytes(
                                        ConstrainedDocument.of(spin.build(), ConstrainedFormat.LP)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("s is a spin");
        assertThatThrownBy(
                        () ->
                                Written.bytes(
                                        ConstrainedDocument.of(soft.build(), ConstrainedFormat.LP)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("constraint c is soft");
    }

    @Test
    void labelsThatAreNoJsonAreRefusedAndTheOldFileStays(@TempDir Path folder) throws IOException {
        ConstrainedModelBuilder builder = ConstrainedModel.builder();
        builder.variable(Variable.binary(Thread.State.NEW));
        Path file = folder.resolve("model.cqm");
        Files.writeString(file, "old");
        List<ConstrainedFormat> formats =
                List.of(
                        ConstrainedFormat.DIMOD_CQM,
                        ConstrainedFormat.DIMOD_QM,
                        ConstrainedFormat.LP);
        for (ConstrainedFormat format : formats) {
            assertThatThrownBy(() -> ConstrainedFile.write(builder.build(), format, file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("NEW cannot be written");
        }
        assertThat(file).hasContent("old");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void oneDoorTellsBinaryModelsFromConstrainedOnes(@TempDir Path folder) throws IOException {
        BinaryQuadraticModel binary =
                BinaryQuadraticModel.builder(Vartype.SPIN)
                        .addVariables(org.jaket.annealing.Variables.range(2))
                        .addLinear(0, 0.5)
                        .addQuadratic(0, 1, -1)
                        .build();
        for (ModelFormat format : List.of(ModelFormat.COO, ModelFormat.DIMOD_BQM)) {
            Path file = folder.resolve("binary");
            ModelFile.write(binary, format, file);
            assertThat(ProblemFile.read(file)).isInstanceOf(ModelDocument.class);
            assertThat(ConstrainedFile.read(file).model()).isEqualTo(ConstrainedModel.from(binary));
        }
        ConstrainedModel constrained = model(1, 5, "", false);
        for (ConstrainedFormat format :
                List.of(ConstrainedFormat.DIMOD_CQM, ConstrainedFormat.LP)) {
            Path file = folder.resolve("constrained");
            ConstrainedFile.write(constrained, format, file);
            assertThat(ProblemFile.read(file))
                    .isEqualTo(ConstrainedDocument.of(constrained, format));
            byte[] bytes = Files.readAllBytes(file);
            // A stream that cannot go back is enough.
            var once =
                    new java.io.SequenceInputStream(
                            new ByteArrayInputStream(bytes), new ByteArrayInputStream(new byte[0]));
            assertThat(once.markSupported()).isFalse();
            assertThat(ConstrainedFile.read(once, "f").model()).isEqualTo(constrained);
        }
    }
}
