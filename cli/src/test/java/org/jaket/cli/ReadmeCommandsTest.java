package org.jaket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The command lines of the README run and print something. */
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
