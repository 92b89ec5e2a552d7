package org.jaket.annealing.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.constrained.Constraint;
import org.jaket.annealing.constrained.QuadraticFunction;
import org.jaket.annealing.polynomial.Sense;
import org.jaket.annealing.polynomial.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What LP files may look like. */
class LpFileTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private static ConstrainedModel model(String text) throws IOException {
        return Written.read(text).model();
    }

    private static QuadraticFunction linear(double offset, double... coefficients) {
        int[] all = java.util.stream.IntStream.range(0, coefficients.length).toArray();
        return QuadraticFunction.linear(offset, all, coefficients);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 3",
        "+ 3, 3",
        "-3, -3",
        "3., 3",
        ".5, 0.5",
        "0.5, 0.5",
        "1e2, 100",
        "1E+2, 100",
        "12.5e-1, 1.25",
        "- - 3, 3",
        "- + 3, -3",
        "3 *, 3",
        "'', 1",
        "-, -1"
    })
    void numbersHaveManyForms(String written, double value) throws IOException {
        assertThat(model("min\nobj: " + written + " x\nend\n").objective())
                .isEqualTo(linear(0, value));
        // Without a blank too; an e that no digit follows begins a name.
        assertThat(model("min\nobj: " + written + "e\nend\n").objective())
                .isEqualTo(linear(0, value));
    }

    @ParameterizedTest
    @CsvSource({
        "<=, AT_MOST",
        "=<, AT_MOST",
        "<, AT_MOST",
        ">=, AT_LEAST",
        "=>, AT_LEAST",
        ">, AT_LEAST",
        "=, EQUAL",
        "==, EQUAL"
    })
    void sensesHaveManyForms(String written, Sense sense) throws IOException {
        for (String blank : List.of("", " ")) {
            String row = "x" + blank + written + blank + "-2.5";
            assertThat(model("st\n" + row + "\nend").constraints())
                    .containsExactly(Constraint.hard("c0", linear(0, 1), sense, -2.5));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "x >= 1, 1, inf",
        "x <= 4, 0, 4",
        "1 <= x, 1, inf",
        "4 >= x, 0, 4",
        "1 <= x <= 4, 1, 4",
        "4 >= x >= 1, 1, 4",
        "x = 3, 3, 3",
        "3 = x, 3, 3",
        "x free, -inf, inf",
        "x FREE, -inf, inf",
        "-inf <= x <= 5, -inf, 5",
        "-Infinity <= x <= +inf, -inf, inf",
        "x >= -inf, -inf, inf",
        "-1e30 <= x <= 1e30, -1e30, 1e30",
        "y <= 1, 0, inf",
    })
    void boundsHaveManyForms(String bound, String lower, String upper) throws IOException {
        assertThat(model("min\nx + y\nbounds\n" + bound + "\nend").variable(0))
                .isEqualTo(Variable.real("x", value(lower), value(upper)));
    }

    private static double value(String text) {
        return switch (text) {
            case "inf" -> INFINITY;
            case "-inf" -> -INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "binary, BINARY, 0, 1", "Binaries, BINARY, 0, 1", "BIN, BINARY, 0, 1",
        "general, INTEGER, 0, inf", "Generals, INTEGER, 0, inf", "gen, INTEGER, 0, inf",
        "integer, INTEGER, 0, inf", "Integers, INTEGER, 0, inf", "int, INTEGER, 0, inf"
    })
    void kindsHaveManyNames(
            String heading,
            org.jaket.annealing.polynomial.VariableKind kind,
            String lower,
            String upper)
            throws IOException {
        ConstrainedModel model = model("min\nx\n" + heading + " y x z\nend");
        assertThat(model.variables()).containsExactly("x", "y", "z");
        for (int k = 0; k < 3; k++) {
            assertThat(model.variable(k))
                    .isEqualTo(
                            new Variable(
                                    model.variables().get(k), kind, value(lower), value(upper)));
        }
    }

    @Test
    void binariesWithBoundsAreIntegers() throws IOException {
        ConstrainedModel model =
                model("min\nx + y + z\nbounds\nx = 1\ny <= 0\n0 <= z <= 7\nbinary\nx y z\nend");
        assertThat(model.variable(0)).isEqualTo(Variable.integer("x", 1, 1));
        assertThat(model.variable(1)).isEqualTo(Variable.integer("y", 0, 0));
        assertThat(model.variable(2)).isEqualTo(Variable.binary("z"));
    }

    @Test
    void maximaHaveTheOtherSign() throws IOException {
        ConstrainedDocument document =
                Written.read("Maximize\n profit: 3 x - 2 y + [ 4 x * y ] / 2 + 10\nEnd");
        assertThat(document.model().objective())
                .isEqualTo(
                        QuadraticFunction.of(
                                -10,
                                new int[] {0, 1},
                                new double[] {-3, 2},
                                new int[] {0},
                                new int[] {1},
                                new double[] {-2}));
        assertThat(document.objective().isMaximum()).isTrue();
        // 3 * 1 - 2 * 2 + 2 * 1 * 2 + 10
        double energy = document.model().check(1, 2).objective();
        assertThat(document.objective().of(energy)).isEqualTo(13);
        assertThat(new String(Written.bytes(document), StandardCharsets.US_ASCII))
                .contains("Maximize\n obj: + 3 x - 2 y + [ + 4 x * y ] / 2 + 10\n");
    }

    @Test
    void bracketsMayHaveFactorsSignsAndSquares() throws IOException {
        String text =
                "min\n 1 - [ x^2 - 3 x * y + 2 * y ^ 2 ]/2\nst\nq: -[ x * y ] + 2 x >= 1\nend";
        ConstrainedModel model = model(text);
        assertThat(model.objective())
                .isEqualTo(
                        QuadraticFunction.of(
                                1,
                                new int[0],
                                new double[0],
                                new int[] {0, 0, 1},
                                new int[] {0, 1, 1},
                                new double[] {-0.5, 1.5, -1}));
        assertThat(model.constraint("q").left())
                .isEqualTo(
                        QuadraticFunction.of(
                                0,
                                new int[] {0},
                                new double[] {2},
                                new int[] {0},
                                new int[] {1},
                                new double[] {-1}));
    }

    @Test
    void linesBreakAnywhereAndCommentsEndThem() throws IOException {
        ConstrainedModel model =
                model(
                        """
                        \\ a comment
                        MINIMIZE \\ another
                          cost:
                            2
                            x
                            + 3 \\ and one \\ more
                            y

                        Subject
                          To
                        first : x
                          + y
                          >=
                          1 second: x - y <= 2

                        END
                        what follows is not read: ~[
                        """);
        assertThat(model.objective()).isEqualTo(linear(0, 2, 3));
        assertThat(model.constraints())
                .containsExactly(
                        Constraint.hard("first", linear(0, 1, 1), Sense.AT_LEAST, 1),
                        Constraint.hard("second", linear(0, 1, -1), Sense.AT_MOST, 2));
    }

    @Test
    void lineEndsOfWindowsAreBlanks() throws IOException {
        assertThat(model("min\r\n x\r\nst\r\n c: x >= 1\r\nend\r\n").constraints()).hasSize(1);
    }

    @Test
    void constantsOnTheLeftGoToTheRight() throws IOException {
        assertThat(model("st\nx + 3 - 1 <= 5\nend").constraints())
                .containsExactly(Constraint.hard("c0", linear(0, 1), Sense.AT_MOST, 3));
    }

    /** x is variable 0 and y is 1, as the objective names them. */
    @ParameterizedTest
    @CsvSource({
        "2 <= x, 1, 0, AT_LEAST, 2",
        "2 = x + y, 1, 1, EQUAL, 2",
        "2 + 1 >= x - y, 1, -1, AT_MOST, 3",
        "x >= y, 1, -1, AT_LEAST, 0",
        "x + 3 <= 2 y + 5, 1, -2, AT_MOST, 2",
        "x <= 5 - y, 1, 1, AT_MOST, 5",
        "x + y <= 5 + x, 0, 1, AT_MOST, 5",
        "<= x - 2, 1, 0, AT_LEAST, 2",
        "3 >= 2 x + 1, 2, 0, AT_MOST, 2",
        "0.1 <= 2 y, 0, 2, AT_LEAST, 0.1",
        "x <= 2 * y, 1, -2, AT_MOST, 0",
    })
    void variablesAndNumbersStandOnBothSides(
            String row, double x, double y, Sense sense, double right) throws IOException {
        for (String name : List.of("", "R1: ")) {
            Constraint constraint =
                    model("min x + y\nst\n" + name + row + "\nend").constraints().getFirst();
            assertThat(constraint.label()).isEqualTo(name.isEmpty() ? "c0" : "R1");
            assertThat(constraint.sense()).isEqualTo(sense);
            assertThat(constraint.right()).isEqualTo(right);
            assertThat(constraint.left().offset()).isZero();
            assertThat(constraint.left().value(new double[] {1, 0})).isEqualTo(x);
            assertThat(constraint.left().value(new double[] {0, 1})).isEqualTo(y);
        }
    }

    @Test
    void productsMayStandOnTheRight() throws IOException {
        assertThat(
                        model("st\n c: 1 <= x - [ x * y + 2 y ^ 2 ]\n d: x >= [ y ^ 2 ] + 3\nend")
                                .constraints())
                .containsExactly(
                        Constraint.hard(
                                "c",
                                QuadraticFunction.of(
                                        0,
                                        new int[] {0},
                                        new double[] {1},
                                        new int[] {0, 1},
                                        new int[] {1, 1},
                                        new double[] {-1, -2}),
                                Sense.AT_LEAST,
                                1),
                        Constraint.hard(
                                "d",
                                QuadraticFunction.of(
                                        0,
                                        new int[] {0},
                                        new double[] {1},
                                        new int[] {1},
                                        new int[] {1},
                                        new double[] {-1}),
                                Sense.AT_LEAST,
                                3));
    }

    @Test
    void rangesAreTwoConstraints() throws IOException {
        ConstrainedModel model =
                model(
                        """
                        min x + y
                        st
                         R1: -1 <= x + y + 1 <= 3
                         8 >= x >= 2
                         R3: 4 <= x + [ y ^ 2 ] <= 4
                         R4: -inf <= x <= 7
                         R5: 1 <= y <= +infinity
                         R1.low: x >= 0
                        end
                        """);
        assertThat(model.constraints())
                .containsExactly(
                        Constraint.hard("R1.low_", linear(0, 1, 1), Sense.AT_LEAST, -2),
                        Constraint.hard("R1.high", linear(0, 1, 1), Sense.AT_MOST, 2),
                        Constraint.hard("c1.low", linear(0, 1), Sense.AT_LEAST, 2),
                        Constraint.hard("c1.high", linear(0, 1), Sense.AT_MOST, 8),
                        Constraint.hard(
                                "R3",
                                QuadraticFunction.of(
                                        0,
                                        new int[] {0},
                                        new double[] {1},
                                        new int[] {1},
                                        new int[] {1},
                                        new double[] {1}),
                                Sense.EQUAL,
                                4),
                        Constraint.hard("R4", linear(0, 1), Sense.AT_MOST, 7),
                        Constraint.hard(
                                "R5",
                                QuadraticFunction.linear(0, new int[] {1}, new double[] {1}),
                                Sense.AT_LEAST,
                                1),
                        Constraint.hard("R1.low", linear(0, 1), Sense.AT_LEAST, 0));
        ConstrainedDocument document = ConstrainedDocument.of(model, ConstrainedFormat.LP);
        assertThat(Written.again(document).model()).isEqualTo(model);
    }

    /**
     * Numbers at the end of a line end a constraint; a line after variables goes on with a sign.
     */
    @Test
    void rightSidesEndWithTheirLineUnlessASignGoesOn() throws IOException {
        assertThat(model("min x + y\nst\nx <= 3\ny <= 4\n+ x >= 1\n2 <= y\nend").constraints())
                .extracting(Constraint::right)
                .containsExactly(3.0, 4.0, 1.0, 2.0);
        assertThat(model("min x + y\nst\nx <= 3 c: y <= 2\nx\n<=\ny\n + 3\nend").constraints())
                .containsExactly(
                        Constraint.hard("c0", linear(0, 1), Sense.AT_MOST, 3),
                        Constraint.hard(
                                "c",
                                QuadraticFunction.linear(0, new int[] {1}, new double[] {1}),
                                Sense.AT_MOST,
                                2),
                        Constraint.hard("c2", linear(0, 1, -1), Sense.AT_MOST, 3));
    }

    @Test
    void lazyConstraintsHoldAndCutsArePassedOver() throws IOException {
        String text =
                "min x\nst\na: x >= 1\nlazy constraints\nb: x >= 2\nuser cuts\na: x >= 3\nend";
        assertThat(model(text).constraints())
                .extracting(Constraint::label)
                .containsExactly("a", "b");
    }

    @Test
    void namesMayHaveSymbolsAndLookLikeHeadingsWithinALine() throws IOException {
        String names = "x!\"#$%&(),.;?@_'`{}~1 + free + bounds + e5x";
        assertThat(model("min\n " + names + "\nend").variables())
                .containsExactly("x!\"#$%&(),.;?@_'`{}~1", "free", "bounds", "e5x");
        assertThat(model("st\nend: x >= 1\nst: x <= 2\nend").constraints())
                .extracting(Constraint::label)
                .containsExactly("end", "st");
    }

    @Test
    void namelessConstraintsAreCalledByPlaceUnlessThatIsTaken() throws IOException {
        assertThat(model("st\nx >= 0\nx >= 0\nc0: x >= 0\nc1: x>= 0\nx >= 0\nend").constraints())
                .extracting(Constraint::label)
                .containsExactly("c2", "c3", "c0", "c1", "c4");
    }

    @Test
    void commentsOfOthersAreNoLabels() throws IOException {
        assertThat(model("\\ label variable x = what?\n\\ one-hot\nmin\nx\nend").variables())
                .containsExactly("x");
        assertThat(model("\\ label variable x = [1, 2]\nmin\nx\nend").variables())
                .containsExactly(List.of(1, 2));
    }

    /** CPLEX reads lines of 560 characters. */
    @Test
    void writtenLinesAreShort() throws IOException {
        var builder = ConstrainedModel.builder();
        double[] ones = new double[200];
        for (int k = 0; k < ones.length; k++) {
            builder.variable(Variable.real("a_rather_long_name_" + k, -1.5, 1e9));
            ones[k] = 1.0 / 3;
        }
        builder.minimize(linear(0, ones));
        builder.add(Constraint.hard("c", linear(0, ones), Sense.AT_MOST, 1));
        byte[] text = Written.bytes(ConstrainedDocument.of(builder.build(), ConstrainedFormat.LP));
        assertThat(new String(text, StandardCharsets.US_ASCII).lines())
                .allMatch(line -> line.length() < 200);
    }
}
