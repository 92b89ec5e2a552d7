package org.jaket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The command lines of the README, and of help texts about models, run and print something. */
class ReadmeCommandsTest {
    @TestFactory
    List<DynamicTest> commandLinesRun() throws IOException {
        List<DynamicTest> tests =
                Files.readAllLines(Path.of("../README.md")).stream()
                        .filter(line -> line.startsWith("./jaket "))
                        .map(line -> line.replaceAll("\\s+#.*", ""))
                        .map(line -> DynamicTest.dynamicTest(line, () -> run(line)))
                        .toList();
        assertThat(tests).hasSizeGreaterThan(6);
        return tests;
    }

    /** Those that use the project's own files; what they write goes to the build's folder. */
    @TestFactory
    List<DynamicTest> examplesInHelpTextsRun() {
        List<DynamicTest> tests =
                Stream.of("solve", "embed")
                        .flatMap(command -> Command.run(command, "--help").out().lines())
                        .map(String::strip)
                        .filter(line -> line.startsWith("jaket ") && line.contains("examples/"))
                        .map(line -> line.replaceAll("(--plot|--out) ", "$1 target/"))
                        .map(line -> DynamicTest.dynamicTest(line, () -> run(line)))
                        .toList();
        assertThat(tests).hasSizeGreaterThan(2);
        return tests;
    }

    /** Runs a pipe; tests run in the module's folder, so files are one folder up. */
    private static void run(String line) {
        byte[] bytes = new byte[0];
        for (String part : line.split("\\|")) {
            String[] words = part.strip().replace("examples/", "../examples/").split("\\s+");
            Command command = Command.run(bytes, Arrays.copyOfRange(words, 1, words.length));
            assertThat(command.exit()).as(part + "\n" + command.err()).isZero();
            assertThat(command.err()).isEmpty();
            assertThat(command.bytes()).isNotEmpty();
            bytes = command.bytes();
        }
    }
}
