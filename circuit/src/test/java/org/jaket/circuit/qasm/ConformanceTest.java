package org.jaket.circuit.qasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.ParseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The language's own examples, and circuits of QASMBench with their known outcomes. */
class ConformanceTest {
    /**
     * Two fragments that use what they do not declare, and one that stores to place a - 1 = 4 of an
     * array of four.
     */
    private static final Map<String, String> WITHOUT_MEANING =
            Map.of(
                    "arrays.qasm", "51:20: index 4 is out of range",
                    "cphase.qasm", "there is no gate CX",
                    "gateteleport.qasm", "vote is extern");

    private static final Set<String> TOO_LARGE_FOR_MATRICES =
            Set.of("bv_n140", "cat_n260", "ghz_n127");

    private static Path folder(String name) {
        Path folder =
                Stream.of("../shared/conformance", "../../shared/conformance")
                        .map(Path::of)
                        .filter(Files::isDirectory)
                        .findFirst()
                        .orElse(Path.of("."))
                        .resolve(name);
        assumeTrue(
                Files.isDirectory(folder),
                "the conformance examples are not here: ../shared/conformance/" + name);
        return folder;
    }

    private static List<Path> programs(String folder) throws IOException {
        try (Stream<Path> files = Files.list(folder(folder))) {
            return files.filter(f -> f.toString().endsWith(".qasm")).sorted().toList();
        }
    }

    private static Circuit example(String name) throws IOException {
        return OpenQasm.read(folder("openqasm3").resolve(name + ".qasm"));
    }

    @TestFactory
    Stream<DynamicTest> everyExampleOfTheLanguageParses() throws IOException {
        return programs("openqasm3").stream()
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        file.getFileName().toString(), () -> parses(file)));
    }

    private static void parses(Path file) throws IOException {
        String name = file.getFileName().toString();
        OpenQasm.checkForm(name, Files.readString(file));
        String missing = WITHOUT_MEANING.get(name);
        if (missing != null) {
            assertThatThrownBy(() -> OpenQasm.read(file))
                    .isInstanceOf(ParseException.class)
                    .hasMessageContaining(missing);
            return;
        }
        Circuit circuit = OpenQasm.read(file);
        assertThat(Circuit.qasm(circuit.toQasm3())).isEqualTo(circuit);
    }

    @Test
    void theStandardLibraryParses() throws IOException {
        Path file = folder("openqasm3").resolve("stdgates.inc");
        OpenQasm.checkForm("stdgates.inc", Files.readString(file));
        assertThat(OpenQasm.read(file).operations()).isEmpty();
    }

    /** Probabilities as the file beside the programs lists them. */
    private static Map<String, Map<String, Double>> expected() throws IOException {
        var all = new HashMap<String, Map<String, Double>>();
        Matcher entry =
                Pattern.compile("\"(\\w+)\":\\s*\\{[^{}]*\"probabilities\":\\s*\\{([^}]*)\\}")
                        .matcher(Files.readString(folder("qasm").resolve("expected.json")));
        while (entry.find()) {
            var outcomes = new HashMap<String, Double>();
            Matcher line = Pattern.compile("\"([01]+)\":\\s*([-0-9.e]+)").matcher(entry.group(2));
            while (line.find()) {
                outcomes.put(line.group(1), Double.valueOf(line.group(2)));
            }
            all.put(entry.group(1), outcomes);
        }
        return all;
    }

    @TestFactory
    Stream<DynamicTest> benchmarkCircuitsHaveTheirKnownOutcomes() throws IOException {
        Map<String, Map<String, Double>> expected = expected();
        assertThat(expected).hasSizeGreaterThan(20);
        return programs("qasm").stream()
                .map(
                        file -> {
                            String name = file.getFileName().toString().replace(".qasm", "");
                            return DynamicTest.dynamicTest(
                                    name, () -> outcomes(file, name, expected.get(name)));
                        });
    }

    private static void outcomes(Path file, String name, @Nullable Map<String, Double> expected)
            throws IOException {
        Circuit circuit = OpenQasm.read(file);
        assertThat(Circuit.qasm(circuit.toQasm2())).isEqualTo(circuit);
        assertThat(Circuit.qasm(circuit.toQasm3())).isEqualTo(circuit);
        if (TOO_LARGE_FOR_MATRICES.contains(name) || expected == null) {
            return;
        }
        // The file has probabilities to twelve places, and leaves out the least likely outcomes.
        Map<String, Double> found = Interpreter.distribution(circuit);
        expected.forEach(
                (bits, probability) ->
                        assertThat(found.getOrDefault(bits, 0.0))
                                .describedAs(bits)
                                .isCloseTo(probability, within(1e-9)));
    }

    /** 1 + 15, as the example's comments say. */
    @Test
    void adderAddsToSixteen() throws IOException {
        assertThat(Interpreter.distribution(example("adder"))).containsOnlyKeys("10000");
    }

    /** "should get zero". */
    @Test
    void repeatUntilSuccessEndsInZero() throws IOException {
        Circuit circuit = example("rus");
        int rounds = 0;
        for (int seed = 0; seed < 100; seed++) {
            Interpreter run = Interpreter.sample(circuit, new Random(seed));
            assertThat(run.value(circuit, "output_qubit")).isZero();
            rounds += (int) run.memory.recorded() / 2;
        }
        // A round succeeds with probability 5/8 when psi is in |+> or |->: 100 runs take 160
        // rounds on average, with a standard deviation of sqrt(100 * 3/8) / (5/8) = 9.8.
        assertThat(rounds).isBetween(110, 210);
    }

    /**
     * H RZ(pi/4) H |0> is 0 with probability cos^2(pi/8), and stays so through teleportations; two
     * of them here, on five qubits, instead of the ten of the example.
     */
    @Test
    void repeatedTeleportationKeepsTheProbabilities() throws IOException {
        assertThat(example("varteleport").qubits()).isEqualTo(21);
        String text = Files.readString(folder("openqasm3").resolve("varteleport.qasm"));
        Circuit circuit = Circuit.qasm(text.replace("n_pairs = 10;", "n_pairs = 2;"));
        assertThat(circuit.qubits()).isEqualTo(5);
        assertThat(Interpreter.distribution(circuit).get("0"))
                .isCloseTo(Math.pow(Math.cos(Math.PI / 8), 2), within(1e-12));
    }

    /**
     * The target is |0> or |1> with equal chances; on |0> every result is 0, on |1> result k is 1
     * with probability sin^2((2^k theta - c) / 2), where c is what the results before left.
     */
    @Test
    void iterativePhaseEstimationFollowsItsRecursion() throws IOException {
        var expected = new TreeMap<String, Double>();
        estimate(3 * Math.PI / 8, 0, 0, 0.5, expected);
        estimate(0, 0, 0, 0.5, expected);
        Map<String, Double> found = Interpreter.distribution(example("ipe"));
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        found.forEach((c, p) -> assertThat(p).isCloseTo(expected.get(c), within(1e-9)));
    }

    private static void estimate(
            double theta, int round, int c, double probability, Map<String, Double> found) {
        if (round == 10) {
            String bits = Integer.toBinaryString(1024 + c).substring(1);
            found.merge(bits, probability, Double::sum);
            return;
        }
        double angle = Math.scalb(theta, round) - c * 2 * Math.PI / 1024;
        double one = Math.pow(Math.sin(angle / 2), 2);
        if (one > 1e-9) {
            estimate(theta, round + 1, (c | 1) << 1 & 1023, probability * one, found);
        }
        if (one < 1 - 1e-9) {
            estimate(theta, round + 1, (c & ~1) << 1 & 1023, probability * (1 - one), found);
        }
    }

    /** The error on qubit 0 is found and undone: 000 with certainty. */
    @Test
    void repetitionCodeCorrectsTheInsertedError() throws IOException {
        Circuit circuit = example("qec");
        Map<String, Double> found = Interpreter.distribution(circuit);
        // Registers c (3 bits), then syn (2 bits): syndrome 01.
        assertThat(found).containsOnlyKeys("01000");
    }

    /** The Fourier transform of a basis state is uniform. */
    @Test
    void fourierTransformIsUniform() throws IOException {
        Map<String, Double> found = Interpreter.distribution(example("qft"));
        assertThat(found).hasSize(16);
        assertThat(found.values())
                .allSatisfy(p -> assertThat(p).isCloseTo(1.0 / 16, within(1e-12)));
    }

    /** q is in |+>^4 = the transform of 0: the inverse gives 0 with certainty. */
    @Test
    void inverseFourierTransformsGiveZero() throws IOException {
        assertThat(Interpreter.distribution(example("inverseqft1"))).containsOnlyKeys("0000");
        assertThat(Interpreter.distribution(example("inverseqft2"))).containsOnlyKeys("0000");
    }

    /** U(0.3, 0.2, 0.1)|0> is 1 with probability sin^2(0.15), here and after teleportation. */
    @Test
    void teleportationKeepsTheProbabilities() throws IOException {
        double one =
                Interpreter.distribution(example("teleport")).entrySet().stream()
                        .filter(e -> e.getKey().charAt(0) == '1')
                        .mapToDouble(Map.Entry::getValue)
                        .sum();
        assertThat(one).isCloseTo(Math.pow(Math.sin(0.15), 2), within(1e-12));
    }
}
