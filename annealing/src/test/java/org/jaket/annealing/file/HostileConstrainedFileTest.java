package org.jaket.annealing.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.polynomial.Variable;
import org.jaket.annealing.problem.ConformanceData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Files of constrained models that are wrong, by accident or on purpose: one error each. */
class HostileConstrainedFileTest {
    private static ConstrainedModel model() {
        Variable x = Variable.binary("x");
        Variable y = Variable.integer("y", 0, 9);
        return ConstrainedModel.builder()
                .minimize(x.plus(y.times(2)).plus(x.times(y)))
                .subjectTo("room", x.plus(y).atMost(4))
                .build();
    }

    private static byte[] file() throws IOException {
        return Written.bytes(ConstrainedDocument.of(model(), ConstrainedFormat.DIMOD_CQM));
    }

    private static int archive(byte[] file) {
        return 14 + (file[10] & 0xff) + ((file[11] & 0xff) << 8);
    }

    private static Map<String, byte[]> entries() throws IOException {
        return entries(file());
    }

    private static Map<String, byte[]> entries(byte[] file) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        int from = archive(file);
        try (ZipInputStream zip =
                new ZipInputStream(
                        new java.io.ByteArrayInputStream(file, from, file.length - from))) {
            for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                entries.put(e.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static byte[] entry(String name) throws IOException {
        return Objects.requireNonNull(entries().get(name)).clone();
    }

    private static byte[] packed(Map<String, byte[]> entries) throws IOException {
        return packed(file(), entries);
    }

    /** Other entries after the header of a file. */
    private static byte[] packed(byte[] file, Map<String, byte[]> entries) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(file, 0, archive(file));
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return out.toByteArray();
    }

    private static byte[] with(String name, byte[] contents) throws IOException {
        Map<String, byte[]> entries = entries();
        entries.put(name, contents);
        return packed(entries);
    }

    private static void assertRefused(byte[] file, String problem) {
        assertThatThrownBy(() -> Written.read(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageStartingWith("f")
                .hasMessageContaining(problem);
    }

    // ---- CQM ------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "extra; x; f!extra: version 2 of the format has no such entry",
                "constraints/lhs; x; no such entry",
                "constraints/\"room\"/colour; x; no such entry",
                "constraints//rhs; x; a label should be",
                "constraints/[/rhs; x; the label of a constraint should be JSON",
                "constraints/null/rhs; x; a label should be",
                "constraints/\"two\"/sense; <=; constraint two has no left side",
                "constraints/\"room\"/sense; <>; a sense is <=, >= or ==",
                "constraints/\"room\"/rhs; 1234; a number has 8 bytes, not 4",
                "constraints/\"room\"/rhs; 123456789; has more than 8 bytes",
                "constraints/\"room\"/discrete; 2; a mark is one byte, 0 or 1",
                "constraints/\"room\"/penalty; cubic; a penalty is linear or quadratic",
                "constraints/\"room\"/lhs; DIMODQM; f!constraints/\"room\"/lhs: byte 0:",
                "objective; DIMODEXPRxx; version 120.120 of DIMODEXPR is not known",
                "varinfo; VTYP; the file ends within the length of VTYP",
                "variable_labels.json; [\"x\"]; there should be a list of 2 labels",
                "variable_labels.json; [\"x\",\"x\"]; two variables are called x",
                "variable_labels.json; [; the labels should be JSON",
            })
    void wrongEntriesAreNamed(String name, String contents, String problem) throws IOException {
        assertRefused(with(name, contents.getBytes(StandardCharsets.US_ASCII)), problem);
    }

    @Test
    void missingEntriesAreNamed() throws IOException {
        Map<String, String> problems =
                Map.of(
                        "objective", "the archive has no objective",
                        "varinfo", "the archive has no varinfo",
                        "constraints/\"room\"/lhs", "constraint room has no left side",
                        "constraints/\"room\"/sense", "constraint room has no sense",
                        "constraints/\"room\"/rhs", "constraint room has no right side");
        for (Map.Entry<String, String> problem : problems.entrySet()) {
            Map<String, byte[]> entries = entries();
            assertThat(entries.remove(problem.getKey())).isNotNull();
            assertRefused(packed(entries), problem.getValue());
        }
        Map<String, byte[]> without = entries();
        without.keySet().removeIf(name -> name.startsWith("constraints/"));
        assertRefused(packed(without), "2 variables and 1 constraints, and there are 2 and 0");
    }

    @Test
    void entriesMayNotBeThereTwice() throws IOException {
        // The last letters of two names are made the same in the finished archive.
        Map<String, byte[]> entries = entries();
        entries.put("objectivf", entry("objective"));
        byte[] file = packed(entries);
        byte[] from = "objectivf".getBytes(StandardCharsets.US_ASCII);
        for (int k = 0; k + from.length <= file.length; k++) {
            if (Arrays.equals(file, k, k + from.length, from, 0, from.length)) {
                file[k + from.length - 1] = 'e';
            }
        }
        assertRefused(file, "the archive has the entry objective twice");
    }

    @Test
    void labelsThatAreWrittenInTwoWaysAreTheSame() throws IOException {
        // The JSON of the label room, with its first letter escaped.
        assertThat(
                        Written.read(with("constraints/\"\\u0072oom\"/discrete", new byte[] {0}))
                                .model())
                .isEqualTo(model());
    }

    @Test
    void indicesAndSectionsAreChecked() throws IOException {
        byte[] objective = entry("objective");
        // The header has 128 bytes; INDX and its length follow, and the first number.
        assertThat(new String(objective, 128, 4, StandardCharsets.US_ASCII)).isEqualTo("INDX");
        byte[] number = objective.clone();
        number[136] = 2;
        assertRefused(
                with("objective", number),
                "byte 136: the number of a variable cannot be 2: there are 2");
        byte[] length = objective.clone();
        length[132] = 4;
        assertRefused(with("objective", length), "the section INDX is 4 bytes shorter");
        byte[] kind = entry("varinfo");
        kind[8] = 7;
        assertRefused(with("varinfo", kind), "byte 8: variable 0 should be binary (0), spin (1)");
        byte[] bound = entry("varinfo");
        bound[8 + 8] = 0x7f;
        assertRefused(with("varinfo", bound), "f!varinfo: byte");
    }

    /** A hundred megabytes of blanks, packed into a tenth of one. */
    @Test
    void bombsAreDefused() throws IOException {
        byte[] file = file();
        var out = new ByteArrayOutputStream();
        out.write(file, 0, archive(file));
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("variable_labels.json"));
            byte[] blanks = new byte[1 << 20];
            Arrays.fill(blanks, (byte) ' ');
            for (int k = 0; k < 100; k++) {
                zip.write(blanks);
            }
        }
        assertRefused(out.toByteArray(), "unpacks to more than 200 times its size");
    }

    @Test
    void headersAreChecked() throws IOException {
        byte[] version = file();
        version[8] = 3;
        assertRefused(version, "f: byte 8: version 3.0 of DIMODCQM is not known");
        byte[] minor = file();
        minor[9] = 1;
        assertRefused(minor, "f: byte 8: version 2.1 of DIMODCQM is not known");
        byte[] length = file();
        length[13] = 0x7f;
        assertRefused(length, "f: byte 10: the header should have at most");
        byte[] json = file();
        json[14] = '?';
        assertRefused(json, "f: byte 14: the header should be JSON");
        byte[] count = file();
        int at = new String(count, StandardCharsets.ISO_8859_1).indexOf("num_variables");
        count[at] = 'm';
        assertRefused(count, "\"num_variables\" should be an integer");
    }

    @Test
    void aFileThatIsCutOffIsRefusedWhereverItIsCut() throws IOException {
        byte[] file = file();
        for (int length = 8; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThat(catchThrowable(() -> Written.read(cut)))
                    .as("cut at %d of %d", length, file.length)
                    .isInstanceOf(ModelFileException.class);
        }
    }

    @Property(seed = "1", tries = 500)
    void anyOtherByteIsAnErrorOrAModel(
            @ForAll @IntRange(min = 0, max = 4000) int place, @ForAll byte value)
            throws IOException {
        byte[] file = file();
        file[place % file.length] = value;
        Throwable thrown = catchThrowable(() -> Written.read(file));
        assertThat(thrown == null || thrown instanceof ModelFileException)
                .as("%s", thrown)
                .isTrue();
    }

    /** In archives that are whole, so that checksums do not find it first. */
    private static void assertErrorOrModel(byte[] file, long seed) throws IOException {
        Random random = new Random(seed);
        Map<String, byte[]> entries = entries(file);
        String name = List.copyOf(entries.keySet()).get(random.nextInt(entries.size()));
        byte[] contents = Objects.requireNonNull(entries.get(name)).clone();
        int place = random.nextInt(contents.length);
        contents[place] = (byte) (random.nextBoolean() ? random.nextInt() : contents[place] + 1);
        entries.put(name, random.nextInt(4) > 0 ? contents : Arrays.copyOf(contents, place));
        byte[] wrong = packed(file, entries);
        Throwable thrown = catchThrowable(() -> Written.read(wrong));
        assertThat(thrown == null || thrown instanceof ModelFileException)
                .as("%s at %d: %s", name, place, thrown)
                .isTrue();
    }

    @Property(seed = "1", tries = 500)
    void anyOtherByteInAnEntryIsAnErrorOrAModel(@ForAll long seed) throws IOException {
        assertErrorOrModel(file(), seed);
    }

    @Test
    void anyOtherByteInAnEntryOfTheFirstVersionsIsAnErrorOrAModel() throws IOException {
        for (String name : List.of("discrete_v1.1", "discrete_v1.3", "soft_v1.3")) {
            byte[] file =
                    Files.readAllBytes(
                            ConformanceData.of("qubo-formats/dimod/cqm/" + name + ".cqm"));
            for (int seed = 0; seed < 500; seed++) {
                assertErrorOrModel(file, seed);
            }
        }
    }

    // ---- LP -------------------------------------------------------------------------------

    /** A bar stands for the end of a line. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Minimize|x +|End; f:3:1: a term should be here, such as 3 x, not \"End\"",
                "Minimize|x; f:2:2: the file ends without End",
                "Minimize|x y|End; f:2:3: \"y\" in the objective, where the next section or a sign",
                "Minimize|2 3 x|End; f:2:3: \"3\" in the objective",
                "Minimize|[ x * y ]|End; f:2:1: the brackets of an objective are followed by / 2",
                "Minimize|[ x * y ] / 3|End; f:2:13: / 2 follows brackets",
                "Minimize|[ x * y ]/2 y|End; f:2:13: \"y\" in the objective",
                "Minimize|[ x ] / 2|End; f:2:5: within brackets are products",
                "Minimize|[ x ^ 3 ] / 2|End; f:2:7: only the power ^ 2",
                "Minimize|[ x * 3 ] / 2|End; f:2:7: a variable should be here",
                "Minimize|[ x * y z * x ] / 2|End; f:2:9: a sign or ] should be here",
                "Minimize|[ x * y|End; f:3:1: a sign or ] should be here",
                "Minimize|1e999 x|End; f:2:1: the number \"1e999\" is too large",
                "Minimize|inf x|End; f:2:1: infinity is for bounds only",
                "Minimize|x|Maximize|y|End; f:3:1: the objective is the first section",
                "Subject|x >= 1|End; f:1:1: Subject should be followed by to",
                "Subject To|x|End; f:3:1: <=, >= or = should be here",
                "Subject To|x >= inf|End; f:2:6: a side of a constraint is finite",
                "Subject To|-inf <= x|End; f:2:1: a side of a constraint is finite",
                "Subject To|x >= y + inf|End; f:2:10: infinity is no part of a sum",
                "Subject To|inf + x >= y|End; f:2:1: infinity is no part of a sum",
                "Subject To|x >=|End; f:3:1: a term should be here",
                "Subject To|x >= y z|End; f:3:1: <=, >= or = should be here",
                "Subject To|1 <= x >= 2|End; f:2:8: a range has numbers at both ends",
                "Subject To|1 = x = 1|End; f:2:7: a range has numbers",
                "Subject To|1 <= x <= y|End; f:2:8: a range has numbers",
                "Subject To|y <= x <= 2|End; f:2:8: a range has numbers",
                "Subject To|1 <= x <= 2 <= 3|End; f:2:8: a range has numbers",
                "Subject To|3 <= x <= 2|End; f:2:1: no number lies between 3.0 and 2.0",
                "Subject To|-inf <= x <= inf|End; f:2:1: no number lies between",
                "Subject To|b = 1 -> x <= 2|End; f:2:7: an indicator constraint (->)",
                "Subject To|c: 1 <= x <= 2|c: x >= 0|End; f:3:1: two constraints are called \"c\"",
                "Minimize|x|User Constraints|End; f:3:1: User should be followed by cuts",
                "Subject To|x >= 1 <= 2|End; f:2:8: a range",
                "Subject To|c: x >= 1|c: x <= 1|End; f:3:1: two constraints are called \"c\"",
                "Subject To|c: 0 x >= 1|End; which no assignment fulfils",
                "Minimize|x|Bounds|x 3|End; f:4:3: <=, >=, = or free",
                "Minimize|x|Bounds|x <= -1|End; f:2:1: the lower bound 0.0 of x is above",
                "Minimize|x|Bounds|x = inf|End; f:2:1: no number lies between",
                "Minimize|x|Bounds|x <= 0.5|x >= 0.2|General|x|End; f:2:1: no whole number",
                "Minimize|x|Bounds|x >= 2|Binary|x|End; f:2:1: the lower bound 2.0",
                "Minimize|x|Binary|3|End; f:4:1: a variable should be here",
                "Minimize|x|SOS|End; f:3:1: the section \"SOS\" is not of this dialect",
                "Minimize|x|General Constraints|End; f:3:1: the section \"General\" is not",
                "Minimize|x = ~|End; f:2:3: \"=\" in the objective",
                "Minimize|x | y|End; f:3:2: \"y\" in the objective",
                "Minimize|x > é|End; f:2:3",
                "'\\ nothing'; f:1:10: the file ends without End",
            })
    void wrongLinesAreNamed(String text, String problem) {
        assertRefused(text.replace('|', '\n').getBytes(StandardCharsets.ISO_8859_1), problem);
    }

    @Test
    void veryLongFilesOfOneThingAreReadInTheirOwnTime() throws IOException {
        String text = "Minimize\n" + "-".repeat(100_000) + "x\nSubject To\n";
        List<String> rows =
                java.util.stream.IntStream.range(0, 20_000).mapToObj(k -> "x>=0").toList();
        String named =
                java.util.stream.IntStream.range(0, 20_000)
                        .mapToObj(k -> "c" + k + ":x>=0")
                        .collect(java.util.stream.Collectors.joining("\n"));
        ConstrainedModel model =
                Written.read(text + String.join("\n", rows) + "\n" + named + "\nEnd").model();
        assertThat(model.constraints()).hasSize(40_000);
        assertThat(model.objective().coefficient(0)).isEqualTo(1);
        assertThat(model.constraints().getFirst().label()).isEqualTo("c20000");
        assertRefused(
                ("Minimize\n" + "x".repeat(100_000)).getBytes(StandardCharsets.US_ASCII),
                "f:2:1: a word of more than 512 characters");
        assertRefused(
                ("Minimize\n[" + "[".repeat(100_000)).getBytes(StandardCharsets.US_ASCII),
                "f:2:2: a variable should be here");
    }

    @Property(seed = "1", tries = 2000)
    void anyTextIsAnErrorOrAModel(@ForAll long seed) throws IOException {
        String[] words = {
            "x",
            "y",
            "3",
            "-",
            "+",
            "[",
            "]",
            "/",
            "2",
            "*",
            "^",
            ":",
            "<=",
            "=",
            "free",
            "inf",
            ">=",
            "->",
            "\nx",
            "\n+",
            "\nLazy Constraints\n",
            "\nUser Cuts\n",
            "\nBounds\n",
            "\nSubject To\n",
            "\nBinary\n",
            "\nGeneral\n",
            "\nEnd\n",
            "\\ note\n",
            "c"
        };
        StringBuilder text = new StringBuilder("Minimize\n");
        new Random(seed).ints(30, 0, words.length).forEach(k -> text.append(words[k]).append(' '));
        Throwable thrown = catchThrowable(() -> Written.read(text + "\nEnd"));
        assertThat(thrown == null || thrown instanceof ModelFileException)
                .as("%s", thrown)
                .isTrue();
    }
}
