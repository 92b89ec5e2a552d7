package org.jaket.annealing.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

class TextScannerTest {
    private static TextScanner scanner(String text) throws IOException {
        var scanner =
                new TextScanner(
                        "text", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        scanner.nextRow((char) 0, null);
        return scanner;
    }

    @Property(seed = "1", tries = 2000)
    void numbersAreTheNearestDoubles(@ForAll double value) throws IOException {
        String text = Double.toString(value);
        String plain = new BigDecimal(value).round(new java.math.MathContext(25)).toString();
        assertThat(scanner(text).number("a number")).isEqualTo(value);
        assertThat(scanner(plain).number("a number")).isEqualTo(Double.parseDouble(plain));
    }

    @Property(seed = "1", tries = 2000)
    void shortNumbersAreTheNearestDoublesToo(@ForAll long digits, @ForAll byte exponent)
            throws IOException {
        String text = digits / 1000 + "." + Math.abs(digits % 1000) + "e" + exponent / 4;
        assertThat(scanner(text).number("a number")).isEqualTo(Double.parseDouble(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0.0", "+1", ".5", "5.", "1E+3", "1e-3", "0e999", "00012.50"})
    void allDecimalNotationsAreRead(String text) throws IOException {
        assertThat(scanner(text).number("a number")).isEqualTo(Double.parseDouble(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN",
                "nan",
                "inf",
                "-Infinity",
                "1e999",
                "0x1p3",
                "1d",
                "1f",
                "1e",
                "1e+",
                ".",
                "-",
                "1..2",
                "1,5",
                "--1",
                "\u0661",
                "e5",
                "1_000"
            })
    void whatIsNoFiniteDecimalIsRefused(String text) {
        assertThatThrownBy(() -> scanner("  " + text).number("a number"))
                .isInstanceOf(ModelFileException.class)
                .hasMessageStartingWith("text:1:3: a number");
    }

    @Test
    void errorsTellLineAndColumn() throws IOException {
        var scanner = scanner("1 2\n\n  3 x\r\n4 5 6");
        assertThat(scanner.integer("a node", 0, 9)).isEqualTo(1);
        assertThat(scanner.integer("a node", 0, 9)).isEqualTo(2);
        scanner.endRow();
        assertThat(scanner.nextRow('#', null)).isTrue();
        assertThat(scanner.integer("a node", 0, 9)).isEqualTo(3);
        assertThatThrownBy(() -> scanner.integer("a node", 0, 9))
                .hasMessage("text:3:5: a node should be an integer, not \"x\"");
        scanner.endRow();
        assertThat(scanner.nextRow('#', null)).isTrue();
        assertThatThrownBy(() -> scanner.integer("a node", 5, 9))
                .hasMessage("text:4:1: a node should be at least 5 and at most 9, not 4");
        assertThat(scanner.number("a weight")).isEqualTo(5);
        assertThatThrownBy(scanner::endRow)
                .hasMessage("text:4:5: the line should end before \"6\"");
        assertThatThrownBy(() -> scanner.number("a weight"))
                .hasMessage("text:4:6: the line ends where a weight should be");
        assertThat(scanner.nextRow('#', null)).isFalse();
    }

    @Test
    void wordsMayStandAcrossTheBuffersEnd() throws IOException {
        String blanks = " ".repeat((1 << 16) - 2);
        var scanner = scanner(blanks + "12345 67");
        assertThat(scanner.integer("a node", 0, 99999)).isEqualTo(12345);
        assertThat(scanner.integer("a node", 0, 99)).isEqualTo(67);
        assertThatThrownBy(() -> scanner("1".repeat(TextScanner.MAX_WORD + 1)).word("a word"))
                .hasMessageContaining("more than 512 characters");
    }
}
