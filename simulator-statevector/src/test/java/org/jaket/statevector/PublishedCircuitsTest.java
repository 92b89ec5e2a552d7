package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.execution.Distribution;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The circuits of QASMBench against the exact distributions of an independent simulator. */
class PublishedCircuitsTest {
    private static final Path FOLDER = Path.of("../../shared/conformance/qasm");
    private static final Pattern ENTRY =
            Pattern.compile(
                    "\"([a-z]\\w*_n\\d+)\": \\{.*?\"probabilities\": \\{(.*?)}", Pattern.DOTALL);
    private static final Pattern PROBABILITY = Pattern.compile("\"([01 ]+)\": ([-+.0-9eE]+)");

    @Test
    void distributionsAgreeWithAnIndependentSimulator() throws IOException {
        Path expected = FOLDER.resolve("expected.json");
        Assumptions.assumeTrue(Files.exists(expected), "no conformance data beside this checkout");
        StateVectorSimulator engine = StateVectorSimulator.create();
        Matcher entries = ENTRY.matcher(Files.readString(expected));
        int compared = 0;
        while (entries.find()) {
            Path file = FOLDER.resolve(entries.group(1) + ".qasm");
            Map<String, Double> probabilities = new HashMap<>();
            Matcher each = PROBABILITY.matcher(entries.group(2));
            while (each.find()) {
                String bits = each.group(1).replace(" ", "");
                probabilities.put(bits, Double.parseDouble(each.group(2)));
            }
            Distribution own = engine.probabilities(Circuit.qasm(Files.readString(file)));
            compare(entries.group(1), own, probabilities);
            compared++;
        }
        assertThat(compared).isGreaterThanOrEqualTo(20);
    }

    private static void compare(String name, Distribution own, Map<String, Double> expected) {
        // The file lists probabilities above 1e-9 or so with about ten digits.
        for (Map.Entry<String, Double> e : expected.entrySet()) {
            assertThat(Math.abs(own.get(e.getKey()) - e.getValue()))
                    .as(name + " " + e.getKey())
                    .isLessThan(1e-8);
        }
        // Of circuits with very many outcomes the file lists the most probable ones.
        double least = expected.values().stream().mapToDouble(p -> p).min().orElse(0);
        double rest = 1 - expected.values().stream().mapToDouble(p -> p).sum();
        for (Map.Entry<String, Double> e : own.probabilities().entrySet()) {
            if (!expected.containsKey(e.getKey())) {
                assertThat(e.getValue())
                        .as(name + " " + e.getKey())
                        .isLessThan(Math.min(least, rest) + 1e-8);
            }
        }
        double sum = own.probabilities().values().stream().mapToDouble(p -> p).sum();
        assertThat(sum + own.lost()).as(name).isCloseTo(1, within(1e-10));
    }
}
