package org.jaket.circuit.stim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.ParseException;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.noise.Noise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class StimTest {
    @Test
    void everyKindOfLineKeepsItsText() {
        String text =
                """
                QUBIT_COORDS(1, 2.5) 0
                H[a\\Cb\\B\\n] 0 1
                CX rec[-1] 3 sweep[5] 4 0 1
                SPP X0*!Y1 Z2
                SPP_DAG Z3*Z4
                DEPOLARIZE1(0.001) 0
                PAULI_CHANNEL_1(0.1, 0.2, 1e-05) 0 1
                E(0.25) X0 Y1
                ELSE_CORRELATED_ERROR(0.5) Z2
                HERALDED_ERASE(0.125) 3
                I_ERROR(0.1, 0.2) 1
                LEAKAGE_ERROR(0.1) 0 1
                HERALDED_LEAKAGE_ERROR(0.1) 0
                SEEPAGE_ERROR(0.1) 0
                LOSS_ERROR(0.1) 1
                HERALDED_LOSS_ERROR(0.1) 0 2
                MABSENT(0.01) 0 !1
                M(0.01) 0 !1
                M(0) 0
                M 0
                MPP(0) X0*X1
                MPP X0*X1*!Z2 Y3
                MXX 0 1 !2 3
                MPAD 0 1
                RX 2
                TICK
                REPEAT[outer] 1000000 {
                    MR 1
                    REPEAT 2 {
                        X 0
                    }
                    SHIFT_COORDS(0, 0, 1)
                    DETECTOR(1, 2, 0) rec[-1] rec[-2]
                }
                OBSERVABLE_INCLUDE(0) rec[-1]
                OBSERVABLE_INCLUDE(1) X2 Z3
                """;
        assertThat(Circuit.stim(text).toStim()).isEqualTo(text);
    }

    @Test
    void gatesAtCliffordAnglesAreWrittenByTheirCliffordNames() {
        Circuit circuit =
                Circuit.of(
                        2,
                        c ->
                                c.rz(Math.PI / 2, 0)
                                        .u(Math.PI / 2, 0, Math.PI, 1)
                                        .rzz(-Math.PI / 2, 0, 1)
                                        .cp(Math.PI, 0, 1));
        assertThat(circuit.toStim()).isEqualTo("S 0\nH 1\nSQRT_ZZ_DAG 0 1\nCZ 0 1\n");
        assertThatThrownBy(() -> Circuit.of(2, c -> c.ch(0, 1)).toStim())
                .hasMessage("CH 0 1: cannot be written as Stim text: Stim has no such gate.");
    }

    @Test
    void globalPhasesAreLeftOut() {
        assertThat(Circuit.of(1, c -> c.globalPhase(0.3).h(0)).toStim()).isEqualTo("H 0\n");
    }

    @Test
    void aliasesCaseCommentsAndBlanksDoNotMatter() {
        assertThat(Circuit.stim("  cnot 0 1 # note\n\n\tZCX 2 3\r\nMZ 0\nCORRELATED_ERROR(1) X1\n"))
                .isEqualTo(Circuit.stim("CX 0 1 2 3\nM 0\nE(1) X1"));
    }

    @Test
    void equalNeighboursFuseUnlessTheInstructionSaysOtherwise() {
        assertThat(
                        Circuit.stim(
                                        "H 0\nH 1\nM 0\nM 1\nM(0.1) 2\nTICK\nTICK\nDETECTOR rec[-1]\nDETECTOR rec[-1]")
                                .toStim())
                .isEqualTo(
                        "H 0 1\nM 0 1\nM(0.1) 2\nTICK\nTICK\nDETECTOR rec[-1]\nDETECTOR rec[-1]\n");
    }

    @Test
    void countsAreThoseOfTheUnfoldedCircuit() {
        Circuit circuit =
                Circuit.stim(
                        "REPEAT 10 {\nREPEAT 5 {\nMXX 0 1\nDETECTOR rec[-1]\n}\nMPP X0*X1 Z3\nTICK\n}\nMPAD 1");
        assertThat(circuit.results()).isEqualTo(10 * (5 + 2) + 1);
        assertThat(circuit.body().detectors()).isEqualTo(50);
        assertThat(circuit.body().ticks()).isEqualTo(10);
        assertThat(circuit.qubits()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            HH 0                    | 1 | 1  | unknown instruction HH
            H 0, 1                  | 1 | 4  | separated by blanks
            CX 0                    | 1 | 1  | groups of 2
            CX 1 1                  | 1 | 1  | appears twice
            M(1.5) 0                | 1 | 1  | probability
            H(0.5) 0                | 1 | 1  | takes no arguments
            X_ERROR 0               | 1 | 1  | takes 1 probabilities
            PAULI_CHANNEL_1(.5,.5,.5) 0 | 1 | 1 | add up
            REPEAT 0 {              | 1 | 8  | 0 times
            REPEAT 2 3 {            | 1 | 10 | expected {
            }                       | 1 | 1  | without a {
            REPEAT 2 {              | 1 | 1  | not closed
            DETECTOR 5              | 1 | 1  | takes results
            M rec[-1]               | 1 | 1  | cannot take
            H rec[0]                | 1 | 3  | expected rec[-
            H rec[-0]               | 1 | 8  | rec[-0]
            H 99999999              | 1 | 3  | too large
            MPP X0*Z0               | 1 | 1  | anti-Hermitian
            MPP X0*                 | 1 | 1  | dangling
            MPP *X0                 | 1 | 1  | takes Pauli letters
            M(nan) 0                | 1 | 3  | expected a number
            TICK 1                  | 1 | 1  | takes no targets
            X[abc                   | 1 | 2  | not closed
            X 0 {                   | 1 | 5  | can only follow REPEAT
            OBSERVABLE_INCLUDE(-1) rec[-1] | 1 | 1 | index
            """)
    void mistakesAreReportedWhereTheyAre(String text, int line, int column, String problem) {
        assertThatThrownBy(() -> Circuit.stim(text))
                .isInstanceOfSatisfying(
                        ParseException.class,
                        e -> {
                            assertThat(e.line()).isEqualTo(line);
                            assertThat(e.column()).isEqualTo(column);
                        })
                .hasMessageContaining(problem);
    }

    @Test
    void errorsShowTheLineAndSuggestNames() {
        assertThatThrownBy(() -> Circuit.stim("M 0\n  DEPOLARISE1(0.1) 0\n"))
                .hasMessage(
                        "circuit:2:3: unknown instruction DEPOLARISE1\n    DEPOLARISE1(0.1) 0\n    ^\n"
                                + "Maybe DEPOLARIZE1 is meant.");
    }

    @Test
    void deepNestingIsRefusedAndHugeCountsAreNotUnfolded() {
        String deep = "REPEAT 2 {\n".repeat(100_000);
        assertThatThrownBy(() -> Circuit.stim(deep)).hasMessageContaining("nested deeper than 256");
        Circuit folded = Circuit.stim("REPEAT 1000000000000 {\nREPEAT 1000000 {\nM 0\n}\n}");
        assertThat(folded.results()).isEqualTo(1_000_000_000_000_000_000L);
    }

    @Property(tries = 500, seed = "1")
    void printedCircuitsReadBack(@ForAll("circuits") String text) {
        Circuit circuit = Circuit.stim(text);
        assertThat(Circuit.stim(circuit.toStim())).isEqualTo(circuit);
    }

    @Property(tries = 2000, seed = "2")
    void anyTextEitherParsesOrFailsWithAPosition(@ForAll("noise") String text) {
        try {
            Circuit.stim(text);
        } catch (ParseException e) {
            assertThat(e.line()).isPositive();
        }
        try {
            DetectorErrorModel.parse(text);
        } catch (ParseException e) {
            assertThat(e.column()).isPositive();
        }
    }

    @Provide
    Arbitrary<String> circuits() {
        return Arbitraries.longs().map(seed -> randomCircuit(new Random(seed), 3));
    }

    /** Valid programs with single characters changed, and fragments thrown together. */
    @Provide
    Arbitrary<String> noise() {
        return Arbitraries.longs()
                .map(
                        seed -> {
                            var random = new Random(seed);
                            var text =
                                    new StringBuilder(
                                            random.nextBoolean()
                                                    ? randomCircuit(random, 2)
                                                    : "error(0.1) D0 ^ D1 L2\nrepeat 3 {\n detector(1) D0\n shift_detectors 1\n}\n");
                            String alphabet = " \n\t{}()[]!*^-.,#\\0123456789eErRcXYZMHDL_\u00e9";
                            for (int k = 0; k < 1 + random.nextInt(6); k++) {
                                int at = random.nextInt(text.length() + 1);
                                if (random.nextBoolean() && at < text.length()) {
                                    text.deleteCharAt(at);
                                } else {
                                    text.insert(
                                            at, alphabet.charAt(random.nextInt(alphabet.length())));
                                }
                            }
                            return text.toString();
                        });
    }

    static String randomCircuit(Random random, int depth) {
        var text = new StringBuilder();
        List<StandardGate> gates = new ArrayList<>();
        for (StandardGate g : StandardGate.values()) {
            if (!g.stimNames().isEmpty()) {
                gates.add(g);
            }
        }
        for (int k = 0; k < 12; k++) {
            String tag = random.nextInt(6) == 0 ? "[t\\C" + random.nextInt(3) + "]" : "";
            switch (random.nextInt(depth > 0 ? 8 : 7)) {
                case 0, 1 -> {
                    StandardGate g = gates.get(random.nextInt(gates.size()));
                    text.append(g.stimNames().getLast()).append(tag);
                    int first = random.nextInt(20);
                    for (int q = 0; q < g.qubits() * 2; q++) {
                        text.append(' ').append(first + q);
                    }
                }
                case 2 -> {
                    MeasurementKind kind = MeasurementKind.values()[random.nextInt(9)];
                    text.append(kind.stimNames().getFirst())
                            .append(tag)
                            .append(random.nextBoolean() ? "(" + random.nextDouble() + ")" : "");
                    text.append(" ")
                            .append(random.nextInt(5))
                            .append(" !")
                            .append(5 + random.nextInt(5));
                }
                case 3 ->
                        text.append("MPP")
                                .append(tag)
                                .append(" X1*!Y2*Z")
                                .append(3 + random.nextInt(9))
                                .append(" Z0");
                case 4 -> {
                    Noise noise = Noise.values()[random.nextInt(6)];
                    text.append(noise.stimNames().getFirst()).append(tag).append('(');
                    for (int a = 0; a < noise.arguments(); a++) {
                        text.append(a == 0 ? "" : ", ")
                                .append(random.nextDouble() / noise.arguments());
                    }
                    text.append(") 0 ").append(1 + random.nextInt(7));
                }
                case 5 ->
                        text.append("DETECTOR")
                                .append(tag)
                                .append("(")
                                .append(random.nextGaussian())
                                .append(", 2) rec[-")
                                .append(1 + random.nextInt(99))
                                .append("]");
                case 6 ->
                        text.append("CX rec[-")
                                .append(1 + random.nextInt(9))
                                .append("] ")
                                .append(random.nextInt(9))
                                .append("\nTICK\nSHIFT_COORDS(0, ")
                                .append(random.nextInt())
                                .append(")");
                default ->
                        text.append("REPEAT")
                                .append(tag)
                                .append(' ')
                                .append(1 + random.nextInt(1000))
                                .append(" {\n")
                                .append(randomCircuit(random, depth - 1))
                                .append("}");
            }
            text.append('\n');
        }
        return text.toString();
    }
}
