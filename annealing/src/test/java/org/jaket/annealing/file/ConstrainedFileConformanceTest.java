package org.jaket.annealing.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.constrained.Constraint;
import org.jaket.annealing.constrained.QuadraticFunction;
import org.jaket.annealing.constrained.Strictness;
import org.jaket.annealing.polynomial.Sense;
import org.jaket.annealing.polynomial.Variable;
import org.jaket.annealing.problem.ConformanceData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files of constrained models that dimod has written or reads. */
class ConstrainedFileConformanceTest {
    private static final String FOLDER = "qubo-formats/dimod";

    private static ConstrainedModel model(String name) throws IOException {
        return ConstrainedFile.read(ConformanceData.of(FOLDER).resolve(name)).model();
    }

    private static ConstrainedModel cqm(String name) throws IOException {
        return model("cqm/" + name + ".cqm");
    }

    private static QuadraticFunction product(int i, int j, double weight) {
        return QuadraticFunction.of(
                0, new int[0], new double[0], new int[] {i}, new int[] {j}, new double[] {weight});
    }

    // ---- CQM ------------------------------------------------------------------------------

    /** Files whose names differ in the version only are the same model. */
    @ParameterizedTest
    @CsvSource({
        "discrete_v1.1, discrete_v2.0",
        "discrete_v1.2, discrete_v2.0",
        "discrete_v1.3, discrete_v2.0",
        "empty_v1.1, empty_v2.0",
        "empty_v1.2, empty_v2.0",
        "empty_v1.3, empty_v2.0",
        "no-objective_v1.1, no-objective_v2.0",
        "no-objective_v1.2, no-objective_v2.0",
        "no-objective_v1.3, no-objective_v2.0",
        "soft_v1.3, soft_v2.0",
        "unused-variable_v1.1, unused-variable_v2.0",
        "unused-variable_v1.2, unused-variable_v2.0",
        "unused-variable_v1.3, unused-variable_v2.0",
        "compressed_v1.3, compressed_v2.0",
        "uncompressed_v1.3, compressed_v1.3",
        "uncompressed_v2.0, compressed_v2.0",
    })
    void allVersionsSayTheSame(String one, String other) throws IOException {
        assertThat(cqm(one)).isEqualTo(cqm(other));
    }

    @Test
    void everyFileIsReadAndWrittenAgain() throws IOException {
        try (Stream<Path> files = Files.list(ConformanceData.of(FOLDER + "/cqm"))) {
            for (Path file : files.toList()) {
                ConstrainedDocument document = ConstrainedFile.read(file);
                assertThat(document.format()).isEqualTo(ConstrainedFormat.DIMOD_CQM);
                assertThat(Written.again(document)).as("%s", file).isEqualTo(document);
            }
        }
    }

    /** The numbers are those in the bytes: spins a and b, integers c and d, binary e, f and g. */
    @Test
    void kindsBoundsSensesAndMarksAreKept() throws IOException {
        ConstrainedModel model = cqm("discrete_v2.0");
        double most = 0x1p53 - 1;
        assertThat(Stream.iterate(0, k -> k < model.size(), k -> k + 1).map(model::variable))
                .containsExactly(
                        Variable.spin("a"),
                        Variable.spin("b"),
                        Variable.integer("c", 0, most),
                        Variable.integer("d", 0, most),
                        Variable.binary("e"),
                        Variable.binary("f"),
                        Variable.binary("g"));
        assertThat(model.objective())
                .isEqualTo(QuadraticFunction.linear(0, new int[] {2}, new double[] {1}));
        QuadraticFunction bqm =
                QuadraticFunction.of(
                        1.5,
                        new int[] {0},
                        new double[] {-1},
                        new int[] {0},
                        new int[] {1},
                        new double[] {1});
        assertThat(model.constraints())
                .containsExactly(
                        Constraint.hard("bqm rhs", bqm, Sense.AT_MOST, 0),
                        Constraint.hard("bqm lhs", bqm, Sense.AT_LEAST, 0),
                        Constraint.hard("mixed", product(0, 3, 5), Sense.AT_MOST, 3),
                        new Constraint(
                                "discrete",
                                QuadraticFunction.linear(
                                        0, new int[] {4, 5, 6}, new double[] {1, 1, 1}),
                                Sense.EQUAL,
                                1,
                                Strictness.HARD,
                                true));
    }

    @Test
    void softConstraintsHaveTheirWeights() throws IOException {
        ConstrainedModel model = cqm("soft_v2.0");
        assertThat(model.constraint("soft1").strictness())
                .isEqualTo(new Strictness.Soft(2, Strictness.Growth.QUADRATIC));
        assertThat(model.constraint("soft2").strictness())
                .isEqualTo(new Strictness.Soft(3, Strictness.Growth.LINEAR));
        assertThat(model.constraint("soft2").left()).isEqualTo(product(0, 2, 5));
    }

    @Test
    void smallModelsAreWhatTheirNamesSay() throws IOException {
        assertThat(cqm("empty_v2.0")).isEqualTo(ConstrainedModel.builder().build());
        ConstrainedModel unused = cqm("unused-variable_v1.1");
        assertThat(unused.size()).isEqualTo(1);
        assertThat(unused.variable(0)).isEqualTo(Variable.binary("x"));
        assertThat(cqm("no-objective_v1.2").objective()).isEqualTo(QuadraticFunction.ZERO);
        assertThat(cqm("no-objective_v1.2").constraints()).hasSize(2);
        assertThat(cqm("uncompressed_v2.0").variables().isRange()).isTrue();
        assertThat(cqm("uncompressed_v2.0").size()).isEqualTo(50);
    }

    /** dimod refuses a file whose header counts otherwise. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "discrete",
                "empty",
                "no-objective",
                "soft",
                "unused-variable",
                "compressed"
            })
    void headersAreWrittenAsDimodWritesThem(String name) throws IOException {
        Path file = ConformanceData.of(FOLDER).resolve("cqm/" + name + "_v2.0.cqm");
        String theirs = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        String ours =
                new String(Written.bytes(ConstrainedFile.read(file)), StandardCharsets.ISO_8859_1);
        int end = theirs.indexOf('}') + 1;
        assertThat(ours.substring(14, ours.indexOf('}') + 1)).isEqualTo(theirs.substring(14, end));
    }

    // ---- LP -------------------------------------------------------------------------------

    private static List<Constraint> constraints(String name) throws IOException {
        return model(name).constraints();
    }

    @ParameterizedTest
    @ValueSource(strings = {"test_linear.lp", "lp/3variable_1constraint_linear.lp"})
    void linearModelsAreRead(String name) throws IOException {
        ConstrainedModel model = model(name);
        assertThat(model.variables()).containsExactly("x0", "x1", "x2");
        assertThat(model.variable(1)).isEqualTo(Variable.binary("x1"));
        assertThat(model.objective())
                .isEqualTo(
                        QuadraticFunction.linear(0, new int[] {0, 1, 2}, new double[] {1, 1, 3}));
        assertThat(model.constraints())
                .containsExactly(
                        Constraint.hard(
                                "c1",
                                QuadraticFunction.linear(0, new int[] {0, 2}, new double[] {1, 1}),
                                Sense.AT_MOST,
                                9));
    }

    @Test
    void halvesAndBoundsAreRead() throws IOException {
        ConstrainedModel model = model("test_integer.lp");
        // In the order of the text: x0 x1 i0 i1 x2.
        assertThat(model.variables()).containsExactly("x0", "x1", "i0", "i1", "x2");
        assertThat(model.variable(2)).isEqualTo(Variable.integer("i0", 3, 15));
        assertThat(model.variable(3)).isEqualTo(Variable.integer("i1", 0, 10));
        assertThat(model.objective())
                .isEqualTo(
                        QuadraticFunction.of(
                                0,
                                new int[] {0, 1, 2, 3},
                                new double[] {-4, -9, 6, 1},
                                new int[] {0, 0},
                                new int[] {1, 4},
                                new double[] {0.5, 0.5}));
        assertThat(model.constraints()).hasSize(6);
        assertThat(model.constraint("c3"))
                .isEqualTo(
                        Constraint.hard(
                                "c3",
                                QuadraticFunction.of(
                                        0,
                                        new int[] {1},
                                        new double[] {3},
                                        new int[] {0},
                                        new int[] {4},
                                        new double[] {6}),
                                Sense.AT_LEAST,
                                -9));
        assertThat(model.constraint("c5").sense()).isEqualTo(Sense.EQUAL);
        assertThat(model.constraint("c6").left()).isEqualTo(product(2, 3, 1));
    }

    @Test
    void whatIsEmptyOrNamelessIsRead() throws IOException {
        assertThat(constraints("test_empty_constraint.lp"))
                .containsExactly(
                        Constraint.hard("c0", QuadraticFunction.ZERO, Sense.AT_MOST, 9),
                        Constraint.hard("c2", QuadraticFunction.ZERO, Sense.AT_MOST, 9));
        ConstrainedModel feasibility = model("test_empty_objective.lp");
        assertThat(feasibility.objective()).isEqualTo(QuadraticFunction.ZERO);
        assertThat(feasibility.constraint("c1").right()).isEqualTo(1);
        assertThat(constraints("test_nameless_constraint.lp").getFirst().label()).isEqualTo("c0");
        ConstrainedModel nameless = model("test_nameless_objective.lp");
        assertThat(nameless.objective()).isEqualTo(model("test_linear.lp").objective());
        assertThat(nameless.constraints()).isEmpty();
    }

    @Test
    void likeTermsAddUpAndSquaresOfBinariesAreTheVariables() throws IOException {
        ConstrainedModel twice = model("test_variable_multiple_times.lp");
        assertThat(twice.objective().coefficient(0)).isEqualTo(3);
        assertThat(twice.constraint("c1").left().coefficient(0)).isEqualTo(3.5);
        ConstrainedModel square = model("test_quadratic_binary.lp");
        assertThat(square.objective())
                .isEqualTo(QuadraticFunction.linear(0, new int[] {0}, new double[] {1.5}));
        assertThat(square.constraint("c1").left().coefficient(0)).isEqualTo(2);
        ConstrainedModel mixed = model("test_quadratic_variables.lp");
        assertThat(mixed.objective())
                .isEqualTo(
                        QuadraticFunction.of(
                                0,
                                new int[] {0},
                                new double[] {0.5},
                                new int[] {1},
                                new int[] {1},
                                new double[] {0.5}));
        assertThat(mixed.variable(1))
                .isEqualTo(Variable.integer("i0", 0, Double.POSITIVE_INFINITY));
        assertThat(mixed.constraint("c2").left()).isEqualTo(product(1, 1, 1));
        assertThat(model("test_quadratic.lp").objective().quadraticTerms()).isEqualTo(6);
        assertThat(model("test_quadratic.lp").objective().weight(5)).isEqualTo(0.5);
    }

    @Test
    void everyLpFileIsReadAndWrittenAgain() throws IOException {
        try (Stream<Path> files = Files.walk(ConformanceData.of(FOLDER))) {
            List<Path> texts = files.filter(f -> f.toString().endsWith(".lp")).toList();
            assertThat(texts).hasSize(11);
            for (Path file : texts) {
                ConstrainedDocument document = ConstrainedFile.read(file);
                assertThat(document.format()).isEqualTo(ConstrainedFormat.LP);
                assertThat(Written.again(document)).as("%s", file).isEqualTo(document);
            }
        }
    }
}
