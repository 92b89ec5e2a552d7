package org.jaket.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Java examples of the README are the example programs, and they print what the README says.
 */
class ReadmeTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("```java\n(.*?)```\n+```text\n(.*?)```", Pattern.DOTALL);

    private interface Program {
        void run(String[] args) throws IOException;
    }

    private static final Map<String, Program> PROGRAMS =
            Map.ofEntries(
                    Map.entry("Bell", Bell::main),
                    Map.entry("Ansatz", Ansatz::main),
                    Map.entry("Teleportation", Teleportation::main),
                    Map.entry("SurfaceCodeMemory", SurfaceCodeMemory::main),
                    Map.entry("LostAtoms", LostAtoms::main),
                    Map.entry("MagicStateDistillation", MagicStateDistillation::main),
                    Map.entry("NoisyBell", NoisyBell::main),
                    Map.entry("LongRuns", LongRuns::main),
                    Map.entry("LoadQasm", LoadQasm::main),
                    Map.entry("MidCircuitCorrection", MidCircuitCorrection::main),
                    Map.entry("StrangeAdder", StrangeAdder::main),
                    Map.entry("Ising", Ising::main),
                    Map.entry("Backpack", Backpack::main),
                    Map.entry("WideStates", WideStates::main),
                    Map.entry("AnyCircuit", AnyCircuit::main));

    @TestFactory
    List<DynamicTest> examplesAreThePrograms() throws IOException {
        Matcher matcher = EXAMPLE.matcher(Files.readString(Path.of("../README.md")));
        List<DynamicTest> tests =
                matcher.results()
                        .map(
                                r ->
                                        DynamicTest.dynamicTest(
                                                firstLine(r.group(1)),
                                                () -> check(r.group(1), r.group(2))))
                        .toList();
        assertThat(tests).hasSize(PROGRAMS.size());
        return tests;
    }

    private static String firstLine(String code) {
        return code.lines().findFirst().orElseThrow();
    }

    private static void check(String code, String output) throws IOException {
        String name = programOf(code);
        assertThat(printed(Objects.requireNonNull(PROGRAMS.get(name))).strip())
                .isEqualTo(output.strip());
    }

    /** The program whose source contains the code, but for layout. */
    private static String programOf(String code) throws IOException {
        Path folder = Path.of("src/main/java/org/jaket/examples");
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(f -> contains(f, code)).toList();
            assertThat(found).as("programs with the code\n" + code).hasSize(1);
            return found.getFirst().getFileName().toString().replace(".java", "");
        }
    }

    private static boolean contains(Path file, String code) {
        try {
            return squeezed(Files.readString(file)).contains(squeezed(code));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String squeezed(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining()).replaceAll("\\s+", "");
    }

    private static String printed(Program program) throws IOException {
        var bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            program.run(new String[0]);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
