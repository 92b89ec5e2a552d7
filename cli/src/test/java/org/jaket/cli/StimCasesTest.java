package org.jaket.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Command lines of Stim 1.17 and what it prints: the generators, deterministic samples, detector
 * error models, explanations, and errors.
 */
class StimCasesTest {
    private static final Path CASES = Path.of("../../shared/conformance/stim/cli.jsonl");
    private static final Set<String> COMMANDS =
            Set.of(
                    "gen",
                    "sample",
                    "detect",
                    "convert",
                    "m2d",
                    "diagram",
                    "analyze_errors",
                    "explain_errors");

    /**
     * Outputs that a coin decides: this circuit measures X1*X2 in a state that is not its
     * eigenstate.
     */
    private static final String RANDOM = "sample-deterministic";

    @TempDir private Path folder;

    @BeforeAll
    static void dataIsThere() {
        assumeTrue(
                Files.isRegularFile(CASES),
                "skipped: the file " + CASES + " of Stim's outputs is not here");
    }

    @TestFactory
    Stream<DynamicTest> outputIsStims() throws IOException {
        return Files.readAllLines(CASES).stream()
                .map(Command::read)
                .filter(c -> COMMANDS.contains(c.get("args").get(0).asString()))
                .map(c -> DynamicTest.dynamicTest(c.get("name").asString(), () -> check(c)));
    }

    private void check(JsonNode c) throws IOException {
        List<String> files = new ArrayList<>();
        if (c.has("files")) {
            for (var file : c.get("files").properties()) {
                files.add(file.getKey());
                Files.writeString(folder.resolve(file.getKey()), file.getValue().asString());
            }
        }
        String[] args =
                c.get("args")
                        .valueStream()
                        .map(JsonNode::asString)
                        .map(a -> files.contains(a) ? folder.resolve(a).toString() : a)
                        .toArray(String[]::new);
        Command run =
                Command.run(c.get("stdin").asString().getBytes(StandardCharsets.ISO_8859_1), args);
        if (c.get("exit").asInt() != 0) {
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.bytes()).isEmpty();
            assertThat(run.err()).isNotEmpty();
            return;
        }
        assertThat(run.exit()).as(run.err()).isZero();
        String expected = c.get("stdout").asString();
        String found = new String(run.bytes(), StandardCharsets.ISO_8859_1);
        if (args[0].equals("gen")) {
            assertThat(withoutComments(found)).isEqualTo(withoutComments(expected));
        } else if (c.get("name").asString().startsWith(RANDOM)) {
            // In the fixed-width formats the length is what can be compared, and the results before
            // the coin.
            switch (args[4]) {
                case "01" -> {
                    assertThat(found.lines()).hasSize(3).allMatch(l -> l.matches("1011[01]{4}"));
                    assertThat(found).hasSameSizeAs(expected);
                }
                // Bits 0 to 3 are 1, 0, 1, 1, the lowest first.
                case "b8" -> assertThat(found.chars()).hasSize(3).allMatch(b -> (b & 15) == 0b1101);
                case "hits" ->
                        assertThat(found.lines()).hasSize(3).allMatch(l -> l.startsWith("0,2,3"));
                case "dets" ->
                        assertThat(found.lines())
                                .hasSize(3)
                                .allMatch(l -> l.startsWith("shot M0 M2 M3"));
                default -> throw new AssertionError(args[4]);
            }
        } else {
            assertThat(found).isEqualTo(expected);
        }
    }

    private static String withoutComments(String text) {
        return text.lines().filter(l -> !l.startsWith("#")).collect(Collectors.joining("\n"));
    }
}
