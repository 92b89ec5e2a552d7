package org.jaket.circuit.stim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.ParseException;
import org.jaket.circuit.gate.StandardGate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gates that Stim has not, in the words of Clifft and tsim. */
class ExtensionsTest {
    @Test
    void everyWordKeepsItsText() {
        String text =
                """
                T 0 1
                T_DAG[tag] 2
                R_X(0.1) 0
                R_Y(-0.3) 0 1
                R_Z(0.25) 3
                R_XX(0.7) 0 1
                R_YY(1.1) 2 3
                R_ZZ(0.0001) 0 1
                U3(0.1, 0.2, 0.3) 0
                R_PAULI(0.125) X1*Y2*!Z3 Z0
                CCX 0 1 2
                CCZ 0 1 2
                """;
        assertThat(Circuit.stim(text).toStim()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "S[T] 0, T 0",
        "SQRT_Z[T] 0, T 0",
        "S_DAG[T] 0, T_DAG 0",
        "s[T] 0 1, T 0 1",
        "S[t] 0, S[t] 0",
        "S[T2] 0, S[T2] 0",
        "H[T] 0, H[T] 0",
        "'U(0.5, 0.1, 0) 0', 'U3(0.5, 0.1, 0) 0'",
        "TPP X0*Z1, R_PAULI(0.25) X0*Z1",
        "TPP_DAG X0, R_PAULI(-0.25) X0",
        "R_Z(0.5) 0, S 0"
    })
    void oneMeaningIsWrittenInOneWay(String text, String written) {
        assertThat(Circuit.stim(text).toStim()).isEqualTo(written + "\n");
    }

    /** An S that was built with the tag T is an S, and stays one when it is written and read. */
    @Test
    void anSStaysAnS() {
        Circuit s =
                Circuit.of(
                        1,
                        c -> {
                            GateOperation plain = GateOperation.of(StandardGate.S, 0);
                            c.append(
                                    new GateOperation(
                                            plain.gate(),
                                            plain.parameters(),
                                            plain.targets(),
                                            "T"));
                        });
        assertThat(s.toStim()).isEqualTo("S 0\n");
    }

    @Property(tries = 500, seed = "1")
    void anglesReadBackAsTheyWere(@ForAll @DoubleRange(min = -2, max = 2) double halfTurns) {
        Circuit circuit =
                Circuit.stim("R_PAULI(" + halfTurns + ") X0*Y1\nR_XX(" + halfTurns + ") 0 1");
        String text = circuit.toStim();
        if (!text.contains("SQRT") && !text.contains("II")) {
            assertThat(Circuit.stim(text)).isEqualTo(circuit);
        }
        assertThat(Circuit.stim(text).toStim()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "T(1) 0, takes no arguments",
        "R_X 0, the angle in half turns",
        "'R_X(1, 2) 0', the angle in half turns",
        "U3(1) 0, 3 arguments",
        "R_PAULI(1) 0, Pauli letters",
        "R_PAULI(1) X0*Z0, anti-Hermitian",
        "'R_XX(0.5) 3 3', appears twice",
        "R_PAULI X0, the angle in half turns"
    })
    void mistakesAreSaid(String text, String message) {
        assertThatThrownBy(() -> Circuit.stim(text))
                .isInstanceOf(ParseException.class)
                .hasMessageContaining(message);
    }
}
