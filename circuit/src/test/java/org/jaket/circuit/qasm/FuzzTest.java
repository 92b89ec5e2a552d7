package org.jaket.circuit.qasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.ParseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Whatever the text, the end is a circuit or a {@link ParseException}, and soon. */
class FuzzTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final String[] WORDS = {
        "OPENQASM 3.0;",
        "include \"stdgates.inc\";",
        "qubit[3] q;",
        "qubit",
        "bit[4] c;",
        "bit",
        "gate g(a) x, y {",
        "def f(qubit q, int[8] n) -> bit {",
        "}",
        "{",
        "(",
        ")",
        "[",
        "]",
        ";",
        ",",
        "h",
        "cx",
        "q",
        "q[0]",
        "q[0], q[1]",
        "c",
        "c[1]",
        "g(0.5)",
        "f",
        "measure",
        "->",
        "=",
        "+=",
        "==",
        "if",
        "else",
        "for",
        "while",
        "in",
        "[0:3]",
        "{1, 2}",
        "uint[8] i",
        "int",
        "angle[4] t",
        "float",
        "switch",
        "case",
        "default",
        "break;",
        "continue;",
        "end;",
        "return",
        "let",
        "++",
        "+",
        "-",
        "*",
        "/",
        "%",
        "**",
        "<<",
        ">>",
        "&&",
        "||",
        "!",
        "~",
        "^",
        "|",
        "&",
        "<",
        ">=",
        "ctrl @",
        "inv @",
        "pow(2) @",
        "negctrl(2) @",
        "gphase(pi)",
        "reset",
        "barrier",
        "delay[10ns]",
        "box",
        "stretch s;",
        "const",
        "input",
        "output",
        "array[int[8], 2, 2] m",
        "sizeof",
        "sin(",
        "popcount(",
        "\"0101\"",
        "0x1F",
        "1.5e3",
        "3",
        "-1",
        "2im",
        "10us",
        "true",
        "pi",
        "$0",
        "@jaket.tag x\n",
        "#pragma a\n",
        "pragma jaket.unitary u u 1 0\n",
        "x",
        "y",
        "n",
        "i",
        "m[0, 1]",
        "opaque o a;",
        "creg c[2];",
        "qreg r[2];",
        "cal {",
        "defcal",
        "extern",
        "durationof",
        "readonly",
        "mutable",
        ":",
        "'",
        "\n",
        "//",
        "/*",
        "*/"
    };

    /** Text with everything in it, to be damaged. */
    private static final String VALID =
            """
            OPENQASM 3.0;
            include "stdgates.inc";
            input float[64] theta;
            gate mine(a) x, y { rx(a / 2) x; ctrl @ pow(0.5) @ z x, y; for int k in [0:1] { h x; } }
            def flip(qubit[2] r, int[8] n) -> bit[2] {
              bit[2] b;
              if (n > 2) { x r[0]; }
              b = measure r;
              return b;
            }
            qubit[4] q;
            bit[4] c = "0000";
            uint[8] count = 3;
            array[int[8], 2, 2] m = {{1, 2}, {3, 4}};
            let pair = q[0:1] ++ q[{3}];
            mine(theta) q[0], q[1];
            c[0:1] = flip(q[0:1], m[1, 0]);
            while (c[0] && count < 200) {
              c[0] = measure q[0];
              count += 1;
              if (c[1]) { break; }
              else { continue; }
            }
            switch (int[4](c)) {
              case 1, 2 { x q[0]; }
              default { reset pair; }
            }
            for uint i in {1, 2, 3} { rz(pi / i) q[i]; }
            delay[20ns] q; barrier q;
            c = measure q;
            """;

    private static @Nullable Circuit read(String text) {
        return assertTimeoutPreemptively(
                SOON,
                () -> {
                    try {
                        return Circuit.qasm(text);
                    } catch (ParseException e) {
                        assertThat(e.line()).isPositive();
                        return null;
                    }
                },
                () -> "slow: " + Text.shortened(text));
    }

    @Test
    void theTextToBeDamagedIsFine() {
        assertThat(read(VALID)).isNotNull();
    }

    @Property(tries = 1500, seed = "20260201")
    void damagedProgramsEndWell(@ForAll long seed) {
        var random = new Random(seed);
        var text = new StringBuilder(VALID);
        for (int k = 0; k <= random.nextInt(4); k++) {
            int at = random.nextInt(text.length());
            int to = Math.min(text.length(), at + 1 + random.nextInt(12));
            switch (random.nextInt(5)) {
                case 0 -> text.delete(at, to);
                case 1 -> text.insert(at, text.substring(at, to));
                case 2 -> text.setCharAt(at, (char) (' ' + random.nextInt(95)));
                case 3 -> text.insert(at, WORDS[random.nextInt(WORDS.length)]);
                default -> {
                    int from = random.nextInt(text.length());
                    int until = Math.min(text.length(), from + random.nextInt(60));
                    text.insert(at, text.substring(from, until));
                }
            }
        }
        Circuit circuit = read(text.toString());
        if (circuit != null) {
            assertThat(Circuit.qasm(circuit.toQasm3())).isEqualTo(circuit);
        }
    }

    @Property(tries = 2000, seed = "20260202")
    void randomWordsEndWell(@ForAll long seed) {
        var random = new Random(seed);
        var text = new StringBuilder();
        if (random.nextBoolean()) {
            text.append("OPENQASM 3; include \"stdgates.inc\"; qubit[3] q; bit[4] c; ");
        }
        for (int k = 0; k < 1 + random.nextInt(40); k++) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        read(text.toString());
    }

    @Property(tries = 500, seed = "20260203")
    void randomCharactersEndWell(@ForAll String text) {
        read(text);
        read("OPENQASM 3.0; qubit q; " + text);
    }

    private static String repeated(String before, String each, int times, String after) {
        return before + each.repeat(times) + after;
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1000, 100_000})
    void deepNestingEndsWell(int n) {
        for (String text :
                List.of(
                        repeated("x = ", "(", n, "1;"),
                        repeated("int x = ", "(", n, "1" + ")".repeat(n) + ";"),
                        repeated("int x = ", "-", n, "1;"),
                        repeated("int x = 1", " + 1", n, ";"),
                        repeated("int x = 2", " ** 1", n, ";"),
                        repeated("bit[2] c; int x = c", " + c", n, ";"),
                        repeated("bit[2] c; int x = c", " / c", n, ";"),
                        repeated("bit[2] c; int x = ", "~", n, "c;"),
                        repeated("int x = ", "sin(", n, "1;"),
                        repeated("int x = ", "int(", n, "1;"),
                        repeated("int x = y", "[0]", n, ";"),
                        repeated("", "{", n, ""),
                        repeated("", "box {", n, "}".repeat(n)),
                        repeated("bit c; ", "if (c) ", n, "c = 1;"),
                        repeated("bit c; ", "if (c) {} else ", n, "c = 1;"),
                        repeated("bit c; ", "while (c) ", n, "c = 1;"),
                        repeated("", "for int i in [0:1] ", n, "end;"),
                        repeated("array[int, 2] x = ", "{", n, ""),
                        repeated("", "array[", n, ""),
                        repeated("qubit q; ", "inv @ ", n, "U(0, 0, 0) q;"),
                        repeated("qubit q; ", "pow(0.5) @ ", n, "U(0, 0, 0.1) q;"),
                        repeated("qubit[3] q; ", "ctrl @ ", n, "U(0, 0, 0) q;"),
                        repeated("qubit q; let a = q", " ++ q", n, ";"),
                        repeated("cal ", "{", n, "}".repeat(n)),
                        repeated("/*", "/*", n, ""))) {
            read(text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "qubit[2147483647] q;",
                "qubit[99999999999999999999] q;",
                "qubit[-1] q;",
                "bit[9223372036854775807] c;",
                "array[int, 1000000, 1000000] a;",
                "qubit q; for int i in [0:1000000000] { U(0, 0, i) q; }",
                "qubit q; for int i in [0:9223372036854775806] { U(0, 0, 1) q; }",
                "qubit q; for int i in [-9223372036854775807:9223372036854775807] { U(0, 0, i) q; }",
                "for int i in [0:1:9223372036854775807] { for int j in [0:i] { } }",
                "int x = 0; while (x == 0) { }",
                "int x = 0; while (true) { x += 1; }",
                "qubit q; pow(1e18) @ U(0.1, 0, 0) q;",
                "qubit q; pow(1e308) @ pow(1e308) @ U(0.1, 0, 0) q;",
                "qubit q; ctrl(1000000000) @ U(0, 0, 0) q;",
                "int x = 2 ** 9223372036854775807;",
                "int x = 1 / 0;",
                "int x = 1 % 0;",
                "int x = 1 << 100000;",
                "float x = 1.0 / 0.0; qubit q; U(x, 0, 0) q;",
                "int[8] x = 1e300;",
                "bit[4] c; c[0:-9223372036854775807:3] = 1;",
                "bit[4] c; c[0:1:9223372036854775807] = c[{0, 1}];",
                "angle[1] a = pi; a = a / 0;",
                "int x = sizeof(3);",
                "def f() { f(); } f();",
                "gate g a { g a; } qubit q; g q;",
                "qubit q; gate g a { } g q, q;",
                "OPENQASM 99999999999999999.0;",
                "include \"/etc/passwd\";",
                "include \"\u0000\";",
                "pragma jaket.unitary",
                "pragma jaket.unitary a b 1",
                "@jaket.name\nqubit q;",
                "@jaket.name \\u12\nqubit q;",
                "@jaket.name \\e\nqubit q;",
                "@jaket.name \\e\nbit c;",
                "@jaket.name \\e\ninput float x; qubit q; U(x, 0, 0) q;",
                "@jaket.parameters a b\ngate g(x) q { }",
                "@jaket.variable\nint[4] x = 3; x += 1;",
                "@jaket.tag a"
            })
    void hugeAndOddEndsWell(String text) {
        read(text);
        read("OPENQASM 3.0; include \"stdgates.inc\"; " + text);
    }

    /** Each gate calls the one before twice: the last one stands for 2^60 gates. */
    @Test
    void definitionsThatDoubleEndWell() {
        var text = new StringBuilder("include \"stdgates.inc\"; gate g0(t) a, b { cx a, b; }");
        for (int k = 1; k <= 60; k++) {
            text.append("gate g").append(k).append("(t) a, b { ");
            for (int j = 0; j < 2; j++) {
                text.append("g").append(k - 1).append("(t + t) a, b; cx b, a; ");
            }
            text.append("}");
        }
        // Named like gates of the table, which asks for a comparison of matrices.
        text.append("gate rzx(t) a, b { g60(t) a, b; } qubit[2] q; rzx(0.5) q[0], q[1];");
        Circuit circuit = read(text.toString());
        assertThat(circuit).isNotNull();
        assertThat(read(circuit.toQasm3())).isNotNull();
    }

    @Test
    void longChainsOfDefinitionsEndWell() {
        var text = new StringBuilder("gate g0 a { }");
        for (int k = 1; k <= 20_000; k++) {
            text.append("gate g").append(k).append(" a { g").append(k - 1).append(" a; }");
        }
        assertThat(read(text + " qubit q; g20000 q; inv @ g20000 q;")).isNull();
        String deepest = text.substring(0, text.indexOf("gate g500 "));
        assertThat(read(deepest + " qubit q; g499 q; inv @ g499 q;")).isNotNull();
    }

    @Test
    void filesThatIncludeThemselvesAreRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("loop.qasm");
        Files.writeString(file, "OPENQASM 3.0; include \"other.inc\";");
        Files.writeString(folder.resolve("other.inc"), "include \"other.inc\";");
        assertTimeoutPreemptively(
                SOON,
                () -> {
                    try {
                        OpenQasm.read(file);
                    } catch (ParseException e) {
                        assertThat(e).hasMessageContaining("includes itself");
                        return;
                    }
                    throw new AssertionError("a file that includes itself was read");
                });
    }

    /** Each file includes the next twice: 2^31 files would be read. */
    @Test
    void includesThatDoubleAreBounded(@TempDir Path folder) throws IOException {
        for (int k = 0; k < 31; k++) {
            String next = "include \"f" + (k + 1) + ".inc\";";
            Files.writeString(folder.resolve("f" + k + ".inc"), next + next);
        }
        Files.writeString(folder.resolve("f31.inc"), "qubit q;");
        assertTimeoutPreemptively(
                SOON,
                () -> {
                    try {
                        OpenQasm.read(folder.resolve("f0.inc"));
                    } catch (ParseException e) {
                        assertThat(e.getMessage()).isNotBlank();
                        return;
                    }
                    throw new AssertionError("2^31 files were read");
                });
    }
}
