package org.jaket.mps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.execution.Distribution;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The circuits of QASMBench against the exact distributions of an independent simulator. */
class MpsPublishedCircuitsTest {
    private static final Path FOLDER = Path.of("../../shared/conformance/qasm");
    private static final Pattern ENTRY =
            Pattern.compile(
                    "\"([a-z]\\w*_n\\d+)\": \\{.*?\"probabilities\": \\{(.*?)}", Pattern.DOTALL);
    private static final Pattern PROBABILITY = Pattern.compile("\"([01 ]+)\": ([-+.0-9eE]+)");

    @Test
    void distributionsAgreeWithAnIndependentSimulator() throws IOException {
        Path expected = FOLDER.resolve("expected.json");
        Assumptions.assumeTrue(Files.exists(expected), "no conformance data beside this checkout");
        MpsSimulator engine = MpsSimulator.create();
        Matcher entries = ENTRY.matcher(Files.readString(expected));
        int compared = 0;
        while (entries.find()) {
            Path file = FOLDER.resolve(entries.group(1) + ".qasm");
            Circuit circuit = Circuit.qasm(Files.readString(file));
            if (engine.refusal(circuit) != null) {
                continue;
            }
            Distribution own = engine.probabilities(circuit);
            Matcher each = PROBABILITY.matcher(entries.group(2));
            while (each.find()) {
                // The file lists probabilities above 1e-9 or so with about ten digits.
                String bits = each.group(1).replace(" ", "");
                assertThat(own.get(bits))
                        .as(entries.group(1) + " " + bits)
                        .isCloseTo(Double.parseDouble(each.group(2)), within(1e-8));
            }
            double sum = own.probabilities().values().stream().mapToDouble(p -> p).sum();
            assertThat(sum + own.lost()).as(entries.group(1)).isCloseTo(1, within(1e-10));
            compared++;
        }
        assertThat(compared).isGreaterThanOrEqualTo(20);
    }
}
