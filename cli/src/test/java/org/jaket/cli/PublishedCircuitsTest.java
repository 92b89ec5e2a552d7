package org.jaket.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Circuits of QASMBench against exact distributions from an independent simulator. */
class PublishedCircuitsTest {
    private static final Path FOLDER = Path.of("../../shared/conformance/qasm");

    @BeforeAll
    static void dataIsThere() {
        assumeTrue(
                Files.isDirectory(FOLDER),
                "skipped: the folder " + FOLDER + " of published circuits is not here");
    }

    @TestFactory
    Stream<DynamicTest> distributionsAreThePublishedOnes() throws IOException {
        JsonNode expected = Command.read(Files.readString(FOLDER.resolve("expected.json")));
        return expected.propertyNames().stream()
                .map(
                        name ->
                                DynamicTest.dynamicTest(
                                        name,
                                        () -> {
                                            Command run =
                                                    Command.run(
                                                            "run",
                                                            FOLDER.resolve(name + ".qasm")
                                                                    .toString(),
                                                            "--probabilities",
                                                            "--json");
                                            assertThat(run.exit()).as(run.err()).isZero();
                                            JsonNode json = run.json();
                                            assertThat(json.get("qubits").asInt())
                                                    .isEqualTo(
                                                            expected.get(name)
                                                                    .get("qubits")
                                                                    .asInt());
                                            JsonNode wanted =
                                                    expected.get(name).get("probabilities");
                                            JsonNode found = json.get("probabilities");
                                            // Of long distributions only the most probable results
                                            // are published; the others are at most as probable.
                                            boolean whole =
                                                    expected.get(name).get("outcomes").asInt()
                                                            == wanted.size();
                                            double least =
                                                    wanted.valueStream()
                                                            .mapToDouble(JsonNode::asDouble)
                                                            .min()
                                                            .orElse(0);
                                            var keys = new TreeSet<>(wanted.propertyNames());
                                            keys.addAll(found.propertyNames());
                                            for (String key : keys) {
                                                double want =
                                                        wanted.has(key)
                                                                ? wanted.get(key).asDouble()
                                                                : 0;
                                                double got =
                                                        found.has(key)
                                                                ? found.get(key).asDouble()
                                                                : 0;
                                                if (!whole && !wanted.has(key)) {
                                                    assertThat(got)
                                                            .as(name + " " + key)
                                                            .isLessThan(least + 1e-9);
                                                    continue;
                                                }
                                                assertThat(got)
                                                        .as(name + " " + key)
                                                        .isCloseTo(want, within(1e-9));
                                            }
                                        }));
    }

    @Test
    void wideGhzStatesGiveTwoResultsThroughTheStabilizerEngine() {
        for (String name : new String[] {"ghz_n127", "cat_n260"}) {
            JsonNode json = shots(name);
            JsonNode counts = json.get("counts");
            int measured = Integer.parseInt(name.replaceAll(".*n", ""));
            assertThat(json.get("qubits").asInt()).isEqualTo(measured);
            // All measured qubits agree, whichever registers hold them: only two strings, each near
            // 1000 of 2000
            // (five standard deviations are 112).
            assertThat(counts.propertyNames()).hasSize(2);
            for (String bits : counts.propertyNames()) {
                long ones = bits.chars().filter(c -> c == '1').count();
                assertThat(ones).isIn(0L, (long) measured);
                assertThat(counts.get(bits).asInt()).isBetween(888, 1112);
            }
        }
    }

    @Test
    void bernsteinVaziraniFindsItsStringThroughTheStabilizerEngine() throws IOException {
        JsonNode counts = shots("bv_n140").get("counts");
        assertThat(counts.propertyNames()).hasSize(1);
        // The hidden string has a one wherever the program couples a qubit to the last one.
        String text = Files.readString(FOLDER.resolve("bv_n140.qasm"));
        long coupled = text.lines().filter(l -> l.startsWith("cx ")).count();
        String found = counts.propertyNames().iterator().next();
        assertThat(found.chars().filter(c -> c == '1').count()).isIn(coupled, coupled + 1);
    }

    private static JsonNode shots(String name) {
        Command run =
                Command.run(
                        "run",
                        FOLDER.resolve(name + ".qasm").toString(),
                        "--shots",
                        "2000",
                        "--seed",
                        "5",
                        "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.json().get("engine").asString()).isEqualTo("stabilizer");
        return run.json();
    }
}
