package org.jaket.circuit.stim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.ParseException;
import org.jaket.circuit.expression.Bit;
import org.jaket.circuit.expression.RecordBit;
import org.jaket.circuit.link.CrumbleLink;
import org.jaket.circuit.pass.RecordRegister;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Random;

/** Blocks that depend on results, in Stim text. */
class IfBlocksTest {
    @Test
    void blocksKeepTheirText() {
        String text =
                """
                M 0 1
                IF[outer] rec[-1] rec[-2] rec[-2] rec[-1] rec[-1] {
                    H 0
                    REPEAT 3 {
                        X_ERROR(0.1) 1
                    }
                    IF rec[-1] {
                    } ELSE {
                        CX rec[-2] 0
                        R 1
                    }
                    SPP X0*Z1
                } ELSE {
                    SQRT_X[why] 0
                    E(0.1) X0 Z1
                    IF rec[-2] {
                        CX 0 1
                    }
                }
                M 0
                """;
        assertThat(Circuit.stim(text).toStim()).isEqualTo(text);
    }

    @Test
    void spacingCaseAndCommentsDoNotMatter() {
        Circuit circuit =
                Circuit.stim(
                        "M 0 1\nif rec[-1]\trec[-2]{ # why\nH 0\n}#\n\n else { X 0\n}\nElse_Correlated_Error(0.1) X0");
        assertThat(circuit.toStim())
                .isEqualTo(
                        "M 0 1\nIF rec[-1] rec[-2] {\n    H 0\n} ELSE {\n    X 0\n}\nELSE_CORRELATED_ERROR(0.1) X0\n");
        Conditional c = (Conditional) circuit.operations().get(1);
        assertThat(c.condition()).isEqualTo(new RecordBit(1).xor(new RecordBit(2)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IF {~}                        | 1 | IF: the condition is a result",
                "IF 5 {~}                      | 1 | IF: the condition is a result",
                "IF !rec[-1] {~}               | 1 | ! must stand before",
                "IF sweep[0] {~}               | 1 | IF: the condition is a result",
                "IF rec[-1]*rec[-2] {~}        | 1 | IF: the condition is a result",
                "IF(1) rec[-1] {~}             | 1 | IF takes no arguments",
                "IF rec[-1]~{~}                | 1 | expected {",
                "IF rec[-1] {~H 0              | 1 | not closed",
                "IF rec[-1] {~} ELSE {~H 0     | 1 | not closed",
                "IF rec[-1] {~} ELSE~          | 2 | expected {",
                "IF rec[-1] {~} ELSE rec[-2] {~} | 2 | expected {",
                "IF rec[-1] {~} ELSE {~} ELSE {~} | 3 | ELSE can only follow",
                "ELSE {~}                      | 1 | ELSE can only follow",
                "REPEAT 2 {~} ELSE {~}         | 2 | ELSE can only follow",
                "H 0~IF rec[-1] {~M 0~}         | 2 | must record equally many results, not 1 and 0",
                "IF rec[-1] {~MPAD 0~}          | 1 | not 1 and 0",
                "IF rec[-1] {~HERALDED_ERASE(0.1) 0~} ELSE {~M 0 1~} | 1 | not 1 and 2",
                "IF rec[-1] {~} ELSE {~REPEAT 2 {~MXX 0 1~}~} | 1 | not 0 and 2",
                "IF rec[-1] {~IF rec[-1] {~M 0~} ELSE {~}~} | 2 | not 1 and 0",
                "IF rec[-1] {~DETECTOR rec[-1]~} | 2 | DETECTOR cannot stand",
                "IF rec[-1] {~OBSERVABLE_INCLUDE(0) rec[-1]~} | 2 | OBSERVABLE_INCLUDE cannot stand",
                "IF rec[-1] {~SHIFT_COORDS(1)~} | 2 | SHIFT_COORDS cannot stand",
                "IF rec[-1] {~TICK~}           | 2 | TICK cannot stand",
                "H 0 {~}                       | 1 | can only follow REPEAT, IF or ELSE",
            })
    void mistakesAreErrorsWithTheirLine(String text, int line, String problem) {
        assertThatThrownBy(() -> Circuit.stim(text.replace('~', '\n')))
                .isInstanceOf(ParseException.class)
                .hasMessageContaining("circuit:" + line + ":")
                .hasMessageContaining(problem);
    }

    @Test
    void nestingIsLimitedAndLongSumsAreNot() {
        String deep = "IF rec[-1] {\n".repeat(Stim.MAX_NESTING) + "}\n".repeat(Stim.MAX_NESTING);
        assertThat(Circuit.stim("M 0\n" + deep).results()).isEqualTo(1);
        assertThatThrownBy(() -> Circuit.stim("IF rec[-1] {\n".repeat(100_000)))
                .isInstanceOf(ParseException.class)
                .hasMessageContaining("nested deeper than");
        String sum = "M 0\nIF" + " rec[-1]".repeat(300_001) + " {\n    X 0\n}\n";
        assertThat(Circuit.stim(sum).toStim()).isEqualTo(sum);
    }

    /** Random blocks: what is written is read as the same circuit, and written the same. */
    @Property(tries = 300, seed = "5")
    void circuitsSurviveTheirText(@ForAll long seed) {
        StringBuilder text = new StringBuilder("M 0 1 2\n");
        blocks(new Random(seed), 0, text);
        Circuit circuit = Circuit.stim(text.toString());
        String written = circuit.toStim();
        Circuit again = Circuit.stim(written);
        assertThat(again).isEqualTo(circuit);
        assertThat(again.toStim()).isEqualTo(written);
    }

    private static void blocks(Random random, int depth, StringBuilder text) {
        for (int k = random.nextInt(4); k >= 0; k--) {
            switch (random.nextInt(depth < 4 ? 6 : 3)) {
                case 0 -> text.append("H ").append(random.nextInt(3)).append('\n');
                case 1 -> text.append("CX rec[-").append(1 + random.nextInt(3)).append("] 0\n");
                case 2 -> text.append("DEPOLARIZE1(0.125) 1\n");
                case 3 -> {
                    text.append("REPEAT ").append(1 + random.nextInt(5)).append(" {\n");
                    blocks(random, depth + 1, text);
                    text.append("}\n");
                }
                default -> {
                    text.append("IF");
                    for (int t = random.nextInt(5); t >= 0; t--) {
                        text.append(" rec[-").append(1 + random.nextInt(3)).append(']');
                    }
                    text.append(" {\n");
                    if (random.nextBoolean()) {
                        blocks(random, depth + 1, text);
                    }
                    if (random.nextBoolean()) {
                        text.append("} ELSE {\n");
                        blocks(random, depth + 1, text);
                    }
                    text.append("}\n");
                }
            }
        }
    }

    @Test
    void branchesWithoutSuchAFormAreNotWritten() {
        Circuit onBit =
                Circuit.of(
                        1,
                        c -> {
                            Bit bit = c.measure(0);
                            c.when(bit, t -> t.h(0));
                        });
        assertThatThrownBy(onBit::toStim)
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("a condition is a result rec[-k] or a sum of some");
        Circuit measuring =
                Circuit.of(
                        1,
                        c -> {
                            c.measure(0);
                            c.when(new RecordBit(1), t -> t.measure(0));
                        });
        assertThatThrownBy(measuring::toStim)
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("both blocks must record equally many results");
    }

    @Test
    void conditionsBecomeBitsOfARegister() {
        Circuit circuit =
                RecordRegister.of(
                        Circuit.stim(
                                "M 0 1\nREPEAT 2 {\n IF rec[-1] rec[-2] {\n  SPP Z0\n  CX rec[-1] 1\n } ELSE {\n  RX 0\n  REPEAT 2 {\n   H 1\n  }\n }\n MX 1\n}"));
        List<Conditional> conditionals =
                circuit.operations().stream()
                        .filter(o -> o instanceof Conditional)
                        .map(o -> (Conditional) o)
                        .toList();
        assertThat(conditionals).hasSize(2);
        assertThat(conditionals.get(0).condition()).isEqualTo(new Bit(1).xor(new Bit(0)));
        assertThat(conditionals.get(1).condition()).isEqualTo(new Bit(2).xor(new Bit(1)));
        assertThat(circuit.toQasm3())
                .contains("if (rec[1] ^ rec[0]) {", "if (rec[2]) {", "} else {");
        assertThat(Circuit.qasm(circuit.toQasm3())).isEqualTo(circuit);
    }

    @Test
    void crumbleKnowsNoBranches() {
        Circuit circuit = Circuit.stim("M 0\nIF rec[-1] {\n H 0\n}");
        assertThatThrownBy(() -> CrumbleLink.of(circuit, true))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("Crumble");
    }

    @Test
    void blocksMayRecordEquallyManyResults() {
        String text =
                "M 0\nIF rec[-1] {\n    REPEAT 2 {\n        M 1\n    }\n} ELSE {\n    MXX 0 1\n    MPAD 0\n}\nM 2\n";
        Circuit circuit = Circuit.stim(text);
        assertThat(circuit.results()).isEqualTo(4);
        assertThat(circuit.toStim()).isEqualTo(text);
    }
}
