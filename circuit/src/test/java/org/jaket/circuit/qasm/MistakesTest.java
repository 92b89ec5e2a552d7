package org.jaket.circuit.qasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.ParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is no OpenQASM, or means nothing, is reported where it is, with a hint where there is one.
 */
class MistakesTest {
    private static void isReported(String text, int column, String problem) {
        assertThatThrownBy(() -> Circuit.qasm(text))
                .isInstanceOf(ParseException.class)
                .hasMessageContaining(problem)
                .satisfies(
                        e -> {
                            assertThat(((ParseException) e).line()).isEqualTo(2);
                            assertThat(((ParseException) e).column()).isEqualTo(column);
                        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            textBlock =
                    """
            hh q[0];                        # 1  # Maybe ch is meant
            h q[3];                         # 5  # index 3 is out of range
            h r[0];                         # 3  # r is not declared
            cx q[0];                        # 1  # cx takes 2 qubits, got 1
            cx q[0], q[0];                  # 1  # appears twice
            rx q[0];                        # 1  # rx takes 1 parameters, got 0
            rx(1, 2) q[0];                  # 1  # rx takes 1 parameters, got 2
            rx(1/0) q[0];                   # 5  # zero
            rx(sqrt(-1)) q[0];              # 4  # not a finite number
            h q[0]                          # 7  # expected ;
            h q[0;                          # 6  # expected ]
            h;                              # 1  # h is not declared
            qubit[0] r;                     # 1  # at least one qubit
            qubit[2] q;                     # 1  # q is declared already
            qubit q2; int q2;               # 11 # q2 is declared already
            int[65] x;                      # 1  # too wide
            bit[2] d = "011";               # 12 # 3 bits are assigned to 2
            d = 3;                          # 1  # d is not declared
            q = 3;                          # 1  # cannot be assigned to
            const int k = 3; k = 4;         # 18 # cannot be assigned to
            const int k;                    # 12 # needs a value
            const int k = c;                # 15 # must be known
            c = measure q[0];               # 5  # 1 qubits are measured into 2 bits
            measure c -> c;                 # 9  # expected qubits
            if (q[0]) { h q[0]; }           # 6  # expected a number, not a qubit
            if (c == 1 { h q[0]; }          # 12 # expected )
            if (c == 1) { h q[0];           # 13 # not closed
            for int i in [0:] { }           # 15 # needs an end
            for int i [0:2] { }             # 11 # expected in
            break;                          # 1  # break stands outside of a loop
            return 3;                       # 1  # return stands outside of a subroutine
            def f() { qubit r; } f();       # 11 # top level
            def f(int n) { } f();           # 18 # f takes 1 arguments, got 0
            def f(qubit n) { } f(3);        # 22 # takes qubits
            f(3);                           # 1  # there is no subroutine f
            extern e(int) -> int; int x = e(1); # 31 # e is extern
            gate g a { measure a; }         # 12 # a gate's body is made of gates
            gate g a { h b; }               # 14 # b is not declared
            gate g a { rx(t) a; }           # 15 # t is not declared
            { gate g a { h a; } }           # 3  # top level
            cal { x }                       # 1  # describe pulses
            let a = 3;                      # 9  # an alias names qubits or bits
            let a = q ++ c;                 # 14 # only qubits can be joined
            array[int, 2] m = {1, 2, 3};    # 19 # expected 2 elements, got 3
            array[int, 2] m; m[2] = 1;      # 20 # index 2 is out of range
            array[int, 2] m; m[0, 0] = 1;   # 19 # 2 indices for 1 dimensions
            int x = "01" ++ "1";            # 13 # expected ;
            int x = y;                      # 9  # y is not declared
            int count = 1; int x = cuont;   # 24 # Maybe count is meant
            int x = sin();                  # 9  # sin takes 1 arguments, got 0
            int x = ~1.5;                   # 9  # ~ needs bits
            int x = 99999999999999999999999; # 9 # more than 64 bits
            switch (c) { default { } case 1 { } } # 26 # nothing may come after
            delay[3] q;                     # 7  # expected a duration
            int x = durationof({});         # 9  # durationof is not supported
            inv @ c;                        # 7  # c is not a gate
            ctrl(0) @ x q[0], q[1];         # 1  # 1 to 62 controls
            pow(c) @ x q[0];                # 1  # known before the circuit runs
            h q[0]; ? x q[1];               # 9  # has no meaning here
            string s;                       # 1  # string
            bit[2] d = "0a";                # 12 # made of 0 and 1
            include "missing.inc";          # 9  # did not come from a file
            int x = 1; x[70] = 1;           # 14 # index 70 is out of range
            """)
    void version3MistakesAreReportedWhereTheyAre(String text, int column, String problem) {
        isReported(
                "OPENQASM 3.0; include \"stdgates.inc\"; qubit[3] q; bit[2] c;\n" + text,
                column,
                problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            textBlock =
                    """
            h q[3];                         # 5  # index 3 is out of range
            qreg r;                         # 7  # needs a size
            U(0, 0) q[0];                   # 1  # U takes 3 parameters, got 2
            opaque o(a) b; o(1) q[0];       # 16 # is opaque
            measure q -> c[0];              # 1  # 3 qubits are measured into 1 bits
            cx q, r;                        # 7  # r is not declared
            qreg r[2]; cx q, r;             # 18 # do not go together
            sqtr q[0];                      # 1  # there is no gate sqtr
            """)
    void version2MistakesAreReportedWhereTheyAre(String text, int column, String problem) {
        isReported(
                "OPENQASM 2.0; include \"qelib1.inc\"; qreg q[3]; creg c[2];\n" + text,
                column,
                problem);
    }

    @Test
    void aForgottenLibraryIsNamed() {
        assertThatThrownBy(() -> Circuit.qasm("OPENQASM 3.0; qubit q; h q;"))
                .hasMessageContaining("Maybe include \"stdgates.inc\" first.");
        assertThatThrownBy(() -> Circuit.qasm("OPENQASM 2.0; qreg q[1]; h q[0];"))
                .hasMessageContaining("Maybe include \"qelib1.inc\" first.");
    }

    @Test
    void theMessageShowsTheLineAndACaret() {
        assertThatThrownBy(
                        () -> OpenQasm.parse("bell.qasm", "OPENQASM 3.0;\nqubit[2] q;\nhh q[0];"))
                .hasMessageStartingWith("bell.qasm:3:1: there is no gate hh\n  hh q[0];\n  ^");
    }

    /** One snippet a rule of the grammar, to be accepted. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "OPENQASM 3;",
                "OPENQASM 3.1;",
                "pragma anything at all\n",
                "#pragma anything at all\n",
                "@vendor.thing with words\nqubit q;",
                "defcalgrammar \"openpulse\"; defcal x $0 { play(drive($0), f); }",
                "qubit q; box { U(0, 0, 0) q; } box[100ns] { U(0, 0, 0) q; }",
                "qubit q; delay[2 * 10ns] q; delay[1dt] q; delay[1.5us]; duration d = 3ms; delay[d + 1s] q;",
                "stretch s; qubit q; delay[s] q;",
                "qubit q; barrier; barrier q; reset q;",
                "qubit q; measure q; bit b; b = measure q; measure q -> b; bit c = measure q;",
                "qubit[3] q; U(0, 0, 0) q[0:1]; U(0, 0, 0) q[{0, 2}]; U(0, 0, 0) q[-1];",
                "U(0, 0, 0) $0; ctrl @ U(0, 0, 0) $1, $2;",
                "int[8] x = 1; x += 2; x -= 1; x *= 3; x /= 2; x %= 5; x **= 2; x <<= 1; x >>= 1; x |= 1; x &= 3; x ^= 2;",
                "uint x = 0xFF; uint y = 0b1010_1010; uint z = 0o17; float f = 1_000.5e-3; float g = .5; float h = 5.;",
                "bool b = true; bool c = !b && (false || b);",
                "complex[float[64]] z = 1.5 + 2im; complex w = z * z; float r = real(w) + imag(w);",
                "angle[20] a = pi; angle b = π; float t = τ + tau + euler + ℇ;",
                "const int[8] n = 4; qubit[n] q; bit[2 * n] c;",
                "array[int[8], 2, 3] m; array[float, 2] v = {1.0, 2.5}; int x = sizeof(m) + sizeof(m, 1);",
                "let a = q; qubit[2] r; let b = r[0:0] ++ r[1:1];",
                "extern f(int[8], float) -> bit; extern g();",
                "def f(qubit q, bit b, creg c[2], qreg r[2]) { } def g() -> int { return 1; }",
                "if (true) { } else if (false) { } else { }",
                "for int i in [0:2] ; for uint i in {1, 2} { } for int i in [4:-2:0] { continue; } while (false) { }",
                "switch (1) { case 1 { } case 2, 3 { } default { } }",
                "gate g(a, b) x, y { U(a, b, 0) x; ctrl @ U(0, 0, a) x, y; gphase(a); } gate e q { }",
                "output bit[2] b; input float x;",
                "nop; end;",
                "qreg q[2]; creg c[2]; opaque o(a) x; measure q -> c;",
                "bit[4] b = \"0_1_0_1\"; b[0] = b[1]; b[0:1] = b[2:3];",
                "// only a comment",
                "/* one\n * two */ ;"
            })
    void everyRuleOfTheGrammarIsAccepted(String text) {
        if (text.startsWith("let")) {
            text = "qubit[2] q; " + text;
        }
        Circuit circuit = Circuit.qasm(text);
        assertThat(Circuit.qasm(circuit.toQasm3())).isEqualTo(circuit);
    }
}
