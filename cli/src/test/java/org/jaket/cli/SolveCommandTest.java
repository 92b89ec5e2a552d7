package org.jaket.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.constrained.DiscreteModel;
import org.jaket.annealing.file.ConstrainedFile;
import org.jaket.annealing.file.ConstrainedFormat;
import org.jaket.annealing.polynomial.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

class SolveCommandTest {
    private static final String PENTAGON = "../examples/models/pentagon.txt";
    private static final String BAKERY = "../examples/models/bakery.lp";

    /** An odd ring cannot be cut everywhere: 4 of 5 edges, 5 times 2 ways. */
    @Test
    void theCutOfAPentagon() {
        Command c = Command.run("solve", PENTAGON, "--seed", "1");
        assertThat(c.err()).isEmpty();
        assertThat(c.exit()).isZero();
        assertThat(c.out())
                .startsWith("Max-Cut graph: 5 spin variables, 5 interactions")
                .contains("exhaustive search", "seed 1")
                .containsPattern("cut +energy +reads\n +4 +-3 +1\n")
                .containsPattern("best: \\{0=-?1, 1=-?1, 2=-?1, 3=-?1, 4=-?1}");
        JsonNode json =
                Command.run("solve", PENTAGON, "--reads", "10", "--seed", "1", "--json").json();
        assertThat(json.get("energy").doubleValue()).isEqualTo(-3);
        assertThat(json.get("objective").doubleValue()).isEqualTo(4);
        assertThat(json.get("objective_name").stringValue()).isEqualTo("cut");
        assertThat(json.get("feasible").booleanValue()).isTrue();
        assertThat(json.get("exact").booleanValue()).isTrue();
        assertThat(json.get("samples")).hasSize(10);
        assertThat(json.get("samples").get(9).get("objective").doubleValue()).isEqualTo(4);
        assertThat(json.get("seed").longValue()).isEqualTo(1);
        assertThat(json.get("time").doubleValue()).isPositive();
        int cut = 0;
        for (int k = 0; k < 5; k++) {
            cut += value(json, k) != value(json, (k + 1) % 5) ? 1 : 0;
        }
        assertThat(cut).isEqualTo(4);
    }

    private static int value(JsonNode json, int variable) {
        return json.get("sample").get(Integer.toString(variable)).intValue();
    }

    /** A frustrated ring of six: one bond is broken, and the spin with a bias points down. */
    @ParameterizedTest
    @EnumSource(SolveCommand.Solver.class)
    void everySolverSolvesASmallRing(SolveCommand.Solver solver) {
        Command c =
                Command.run(
                        "solve",
                        "../examples/models/ring.coo",
                        "--solver",
                        solver.name(),
                        "--reads",
                        "100",
                        "--seed",
                        "5",
                        "--json");
        assertThat(c.err()).isEmpty();
        assertThat(c.json().get("energy").doubleValue()).isEqualTo(-4.5);
        assertThat(c.json().get("objective_name").stringValue()).isEqualTo("energy");
    }

    @Test
    void threadsDoNotChangeTheResult() {
        String[] line = {"solve", PENTAGON, "--solver", "annealing", "--seed", "3", "--json"};
        JsonNode one = Command.run(with(line, "--threads", "1")).json();
        JsonNode three = Command.run(with(line, "--threads", "3")).json();
        assertThat(three.get("samples")).isEqualTo(one.get("samples"));
        assertThat(three.get("sample")).isEqualTo(one.get("sample"));
    }

    private static String[] with(String[] line, String... more) {
        String[] all = Arrays.copyOf(line, line.length + more.length);
        System.arraycopy(more, 0, all, line.length, more.length);
        return all;
    }

    @Test
    void standardInputAndAFormatByName() {
        byte[] model = "0 0 -1\n0 1 2\n1 1 -1.5\n".getBytes(StandardCharsets.UTF_8);
        Command c = Command.run(model, "solve", "-", "--format", "coo", "--json");
        assertThat(c.err()).isEmpty();
        assertThat(c.json().get("energy").doubleValue()).isEqualTo(-1.5);
        assertThat(c.json().get("sample").get("1").intValue()).isEqualTo(1);
    }

    @Test
    void aLimitOfTimeIsKept() {
        Command c = Command.run("solve", PENTAGON, "--solver", "tempering", "--time", "0.05");
        assertThat(c.exit()).isZero();
        assertThat(c.out()).contains("parallel tempering");
    }

    /** Two of three coins: 5 + 4 is the most that fits. */
    @Test
    void modelsWithConstraints() {
        byte[] lp =
                """
                Maximize
                 obj: 5 a + 4 b + 3 c
                Subject To
                 two: a + b + c <= 2
                Binary
                 a b c
                End
                """
                        .getBytes(StandardCharsets.UTF_8);
        for (String solver : new String[] {"auto", "annealing", "exact"}) {
            Command c = Command.run(lp, "solve", "-", "--seed", "1", "--solver", solver, "--json");
            assertThat(c.err()).isEmpty();
            assertThat(c.exit()).isZero();
            assertThat(c.json().get("feasible").booleanValue()).isTrue();
            assertThat(c.json().get("objective").doubleValue()).isEqualTo(9);
            assertThat(c.json().get("sample").get("c").doubleValue()).isZero();
        }
        assertThat(Command.run(lp, "solve", "-", "--seed", "1").out())
                .contains("3 variables (3 binary), 1 constraints", "objective 9.0");
    }

    @Test
    void withoutASolutionWhatIsBrokenIsSaid() {
        byte[] lp =
                """
                Minimize
                 obj: a
                Subject To
                 many: a + b >= 2
                 few: a + b <= 1
                Binary
                 a b
                End
                """
                        .getBytes(StandardCharsets.UTF_8);
        Command c = Command.run(lp, "solve", "-", "--seed", "1");
        assertThat(c.exit()).isEqualTo(1);
        assertThat(c.out()).contains("no solution was found", "breaks:", "should be");
        Command json = Command.run(lp, "solve", "-", "--seed", "1", "--json");
        assertThat(json.json().get("feasible").booleanValue()).isFalse();
        assertThat(json.json().has("sample")).isFalse();
        assertThat(json.json().get("violated")).hasSize(1);
    }

    /** Both pictures, well-formed; one bar, as all reads have the same cut. */
    @Test
    void aPictureOfTheEnergies(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("energies.svg");
        Command c =
                Command.run(
                        "solve",
                        PENTAGON,
                        "--solver",
                        "tabu",
                        "--seed",
                        "1",
                        "--plot",
                        file.toString());
        assertThat(c.err()).isEmpty();
        String svg = Files.readString(file);
        assertThat(svg).contains("reads by cut", "best cut by time", ">4</text>", ">64</text>");
        // The background and one bar.
        assertThat(svg.split("<rect")).hasSize(3);
        assertThat(svg.split("<path")).hasSize(4);
        assertThat(svg).startsWith("<svg xmlns=").endsWith("</svg>\n").doesNotContain("NaN");
    }

    /** 84 is the largest profit of all 21 * 11 * 16 * 5 plans, by trying them. */
    @Test
    void aPictureOfSolutions(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("profits.svg");
        Command c =
                Command.run("solve", BAKERY, "--seed", "1", "--plot", file.toString(), "--json");
        assertThat(c.err()).isEmpty();
        assertThat(c.json().get("objective").doubleValue()).isEqualTo(84);
        assertThat(Files.readString(file))
                .contains("solutions by objective, 64 of 64 reads", "best objective by time")
                .contains(">84</text>")
                .doesNotContain("NaN");
        Command sampler =
                Command.run(
                        "solve",
                        BAKERY,
                        "--solver",
                        "annealing",
                        "--seed",
                        "1",
                        "--plot",
                        file.toString());
        assertThat(sampler.err()).isEmpty();
        assertThat(Files.readString(file))
                .contains("best objective with penalties by time")
                .doesNotContain("NaN");
    }

    @Test
    void withoutASolutionThereIsNoPicture(@TempDir Path folder) {
        Path file = folder.resolve("none.svg");
        byte[] lp = "st\n 1 <= a <= 2\n c: a = 3\nend\n".getBytes(StandardCharsets.UTF_8);
        Command c = Command.run(lp, "solve", "-", "--seed", "1", "--plot", file.toString());
        assertThat(c.exit()).isEqualTo(1);
        assertThat(c.err()).contains("--plot draws solutions, and none was found");
        assertThat(file).doesNotExist();
    }

    /** The same constrained model, in each format that can hold it, told by name. */
    @Test
    void everyFormatHasAName(@TempDir Path folder) throws Exception {
        DiscreteModel.Builder discrete = DiscreteModel.builder();
        discrete.addVariable("left", 2);
        discrete.addVariable("right", 3);
        discrete.addQuadratic(0, 1, 1, 2, -2.5);
        ConstrainedModel model = discrete.build().toConstrainedModel();
        Path file = folder.resolve("model");
        ConstrainedFile.write(model, ConstrainedFormat.DIMOD_DQM, file);
        solves(file, "dqm", -2.5);
        solves(file, "DIMOD_DQM", -2.5);
        Variable x = Variable.integer("x", -3, 4);
        ConstrainedModel square = ConstrainedModel.builder().minimize(x.times(x).plus(x)).build();
        for (String format : new String[] {"qm", "cqm", "lp"}) {
            ConstrainedFormat named =
                    format.equals("lp")
                            ? ConstrainedFormat.LP
                            : ConstrainedFormat.valueOf("DIMOD_" + format.toUpperCase(Locale.ROOT));
            ConstrainedFile.write(square, named, file);
            solves(file, format, 0);
        }
        assertThat(Command.run("solve", file.toString(), "--format", "qm").err())
                .contains("model: byte 0: this is not a quadratic model of dimod");
        Command unknown = Command.run("solve", PENTAGON, "--format", "minizinc");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("'minizinc' is not one of coo, bqm, ", "dqm, lp");
        assertThat(Command.run("embed", file.toString(), "--format", "lp").err())
                .contains("a model with constraints cannot be used here");
    }

    private static void solves(Path file, String format, double energy) {
        Command c = Command.run("solve", file.toString(), "--format", format, "--json");
        assertThat(c.err()).isEmpty();
        assertThat(c.json().get("energy").doubleValue()).isEqualTo(energy);
    }

    /** The second model of QUBOTools' own: 2.7 (1.93 - 4.4) where only the last variable is 1. */
    @Test
    void qubinIsRead() {
        Path folder = Path.of("../../shared/conformance/qubo-formats/qubotools");
        assumeTrue(Files.isDirectory(folder), "not here: shared/conformance/qubo-formats");
        for (String[] format : new String[][] {{}, {"--format", "qb"}}) {
            String[] line = {"solve", folder.resolve("02/bool.qb").toString(), "--json"};
            Command c = Command.run(with(line, format));
            assertThat(c.err()).isEmpty();
            assertThat(c.json().get("energy").doubleValue()).isCloseTo(-6.669, within(1e-9));
        }
    }

    @Test
    void whatIsWrongIsSaidInALine(@TempDir Path folder) throws IOException {
        Path broken = folder.resolve("broken.txt");
        Files.writeString(broken, "3 2\n1 2 1\n2 9 1\n");
        fails(1, "broken.txt:3:3", "solve", broken.toString());
        Files.writeString(broken, "0 1 nan\n");
        fails(1, "broken.txt:1", "solve", broken.toString());
        fails(1, "there is no file", "solve", folder.resolve("nothing").toString());
        fails(2, "--time: -1.0", "solve", PENTAGON, "--time", "-1");
        fails(2, "--time: NaN", "solve", PENTAGON, "--time", "NaN");
        fails(2, "--reads and --threads", "solve", PENTAGON, "--reads", "0");
        fails(2, "--solver", "solve", PENTAGON, "--solver", "magic");
        Path large = folder.resolve("large.coo");
        StringBuilder ring = new StringBuilder("# vartype=SPIN\n");
        for (int i = 0; i < 50; i++) {
            ring.append(i).append(' ').append((i + 1) % 50).append(" 1\n");
        }
        Files.writeString(large, ring);
        fails(1, "limit is 40", "solve", large.toString(), "--solver", "exact");
    }

    private static void fails(int exit, String why, String... line) {
        Command c = Command.run(line);
        assertThat(c.err()).contains(why).doesNotContain("\tat ");
        assertThat(c.err().lines().count()).isLessThanOrEqualTo(exit);
        assertThat(c.exit()).isEqualTo(exit);
        assertThat(c.out()).isEmpty();
    }
}
