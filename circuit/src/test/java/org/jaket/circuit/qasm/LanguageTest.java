package org.jaket.circuit.qasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Assignment;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.While;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.expression.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;
import java.util.Random;

/** What the classical part of the language computes, while reading and at run time. */
class LanguageTest {
    private static final String HEADER =
            "OPENQASM 3.0; include \"stdgates.inc\"; qubit[4] q; bit one; bit zero; ";

    /** The value that an expression has in the end. */
    private static double value(String declarations, String type, String expression) {
        String text =
                HEADER
                        + "\n@jaket.variable\n"
                        + type
                        + " result;\n"
                        + "x q[3]; one = measure q[3]; zero = measure q[2];"
                        + declarations
                        + " result = "
                        + expression
                        + ";";
        Circuit circuit = Circuit.qasm(text);
        return Interpreter.sample(circuit, new Random(1)).value(circuit, "result");
    }

    /** Results by the language's rules; {@code a} and {@code b} are known, or measured to be so. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            textBlock =
                    """
            int[8]   # a + b * 2            # 19
            int[8]   # a - b - 1            # -3
            int[8]   # -(a)                 # -5
            int[8]   # b / a                # 1
            int[8]   # b % a                # 2
            int[8]   # a ** 2 + b           # 32
            int[8]   # 100 + a * 20         # -56
            uint[8]  # a - b                # 254
            int[8]   # a << 2               # 20
            int[8]   # (a | 8) ^ b          # 10
            int[8]   # a & b                # 5
            bool     # a < b && !(a == b)   # 1
            bool     # a >= b || b != 7     # 0
            bool     # a <= 5 && b > 6      # 1
            float    # a / 2.0              # 2.5
            float    # sin(pi / 2) * a      # 5
            float    # 2.0 ** 3 ** 2        # 512
            float    # -2.0 ** 2 + a * 0    # -4
            float    # sqrt(a - 1.0) + floor(2.7) + ceiling(0.2) # 5
            float    # arccos(3 / 5) - arccos(0.6) + a # 5
            int[32]  # popcount(uint[8](b)) # 3
            uint[4]  # rotl(bit[4](a), 1)   # 10
            uint[4]  # rotr(bit[4](a), 1)   # 10
            uint[8]  # uint[8](-1)          # 255
            int[8]   # int[8](200)          # -56
            int[16]  # int[16](float(a) / 2.0) # 2
            bool     # bool(a - 5)          # 0
            int[8]   # mod(b, a) + pow(a, 2) # 27
            int[8]   # (a + b)[2]           # 1
            int[8]   # int[4]("0110")       # 6
            int[8]   # 0x1F - 0b11 + 0o7    # 35
            """)
    void expressionsMeanWhatTheLanguageSays(String type, String expression, double expected) {
        String known = "int[8] a = 5; int[8] b = 7;";
        assertThat(value(known, type, expression)).isCloseTo(expected, within(1e-12));
        String measured =
                "int[8] a = 5; int[8] b = 7; a += int[8](zero); b -= int[8](zero) + int[8](one) - 1;";
        assertThat(value(measured, type, expression)).isCloseTo(expected, within(1e-12));
    }

    /** Angles wrap at a full turn, in steps of 2 pi / 2^n. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            angle[4] t = pi / 2; t = t + pi;             | 1.5
            angle[4] t = 3 * pi / 2; t = t + pi;         | 0.5
            angle[4] t = pi / 4; t = t * 3;              | 0.75
            angle[4] t = pi / 2; t = t / 2;              | 0.25
            angle[4] t = pi / 4; t <<= 1;                | 0.5
            angle[4] t = pi / 2; t = -t;                 | 1.5
            angle[4] t = 0; t[3] = 1;                    | 1
            angle[4] t = 0; t[2:3] = "11";               | 1.5
            angle[8] s = pi / 2; angle[4] t = s;         | 0.5
            angle[4] s = pi / 2; angle[8] t = s;         | 0.5
            angle[4] t = angle[4]("0001");               | 0.125
            angle[4] t = pi; t += int[8](zero) * 1;      | 1
            """)
    void anglesAreFractionsOfATurn(String statements, double halfTurns) {
        Circuit circuit = Circuit.qasm(HEADER + statements + " gphase(t);");
        Interpreter run = Interpreter.sample(circuit, new Random(1));
        double phase = Math.atan2(run.im[0], run.re[0]) / Math.PI;
        assertThat(phase < -1e-9 ? phase + 2 : phase).isCloseTo(halfTurns, within(1e-12));
    }

    /** Each program sets bits of c[0..3], with q[3] measured to 1 into {@code one} first. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            c = "0110";                                                     | 0110
            c[0] = true; c[3] = one;                                        | 1001
            c[1:2] = "11"; c[{0, 3}] = "10";                                | 1110
            c[-1] = 1;                                                      | 1000
            let high = c[2:3]; high = "10";                                 | 1000
            let mixed = c[3:3] ++ c[0:1]; mixed = "011";                    | 1001
            c = "0011"; c <<= 1;                                            | 0110
            c = ~c;                                                         | 1111
            int i = 1; c[i] = one; c[i + 1] = c[i];                         | 0110
            int i = 0; i += int(one); c[i] = 1;                             | 0010
            c = "0100"; int i = 1; i += int(one); if (c[i]) { c[0] = 1; }   | 0101
            int x = 2; switch (x) { case 1 { c = 1; } case 2, 3 { c = 2; } default { c = 4; } } | 0010
            int x = 2; x += int(one); switch (x) { case 1 { c = 1; } case 2, 3 { c = 2; } default { c = 4; } } | 0010
            int x = 8; x += int(one); switch (x) { case 1 { c = 1; } default { c = 4; } } | 0100
            int x = 1; if (one) { x = 5; } c = bit[4](uint[4](x));          | 0101
            int x = 1; if (zero) { x = 5; } else { x += 2; } c = bit[4](uint[4](x)); | 0011
            int x = 1; { int x = 7; x += 1; } c = bit[4](uint[4](x));       | 0001
            int x = 0; for int i in [1:3] { x += i; } c = bit[4](uint[4](x)); | 0110
            int x = 0; for int i in [3:-1:1] { x = x * 2 + i; } c = bit[4](uint[4](x - 8)); | 1001
            int x = 0; for int i in {1, 4, 5} { x += i; } c = bit[4](uint[4](x)); | 1010
            int x = 0; for int i in [0:9] { if (i == 3) { break; } x += 2; } c = bit[4](uint[4](x)); | 0110
            int x = 0; for int i in [0:4] { if (i == 3) { continue; } x += 1; } c = bit[4](uint[4](x)); | 0100
            int x = 0; for int i in [0:9] { if (i == 3 && one) { break; } x += 2; } c = bit[4](uint[4](x)); | 0110
            int x = 0; for int i in [0:4] { if (i == 3 && one) { continue; } x += 1; } c = bit[4](uint[4](x)); | 0100
            int x = 0; while (x < 5) { x += 2; } c = bit[4](uint[4](x));    | 0110
            int x = int(zero); while (x < 5) { x += 2; } c = bit[4](uint[4](x)); | 0110
            int x = int(zero); while (x < 9) { x += 1; if (x == 4) { break; } } c = bit[4](uint[4](x)); | 0100
            int x = int(zero); int y = 0; while (x < 6) { x += 1; if (x > 2) { continue; } y += 1; } c = bit[4](uint[4](y)); | 0010
            int x = int(zero); while (x < 9) { x += 1; for int i in [0:5] { if (one) { break; } x += 3; } } c = bit[4](uint[4](x)); | 1001
            c = 1; if (one) { end; } c = 2;                                 | 0001
            c = 1; if (zero) { end; } c = 2;                                | 0010
            c = 1; end; c = 2;                                              | 0001
            for int i in [0:3] { if (c[i] == 0) { c[i] = one; } }           | 1111
            uint[4] u = 5; c = bit[4](u); u[1] = one; c[3] = bool(u[1]);    | 1101
            for bit b in c { if (!b) { c[0] = 1; } }                        | 0001
            """)
    void statementsRunAsWritten(String statements, String expected) {
        Circuit circuit =
                Circuit.qasm(HEADER + "x q[3]; one = measure q[3]; bit[4] c; " + statements);
        Map<String, Double> found = Interpreter.distribution(circuit);
        assertThat(found).hasSize(1);
        assertThat(found.keySet().iterator().next().substring(0, 4)).isEqualTo(expected);
    }

    /** Subroutines; the result lands in c[0..3]. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            def f(int[8] n) -> int[8] { return n + 1; } c = bit[4](uint[4](f(4)));                  | 0101
            def f(int[8] n) -> int[8] { n += 1; return n; } int[8] m = 4; m = f(m) + m; c = bit[4](uint[4](m)); | 1001
            def f(bit b) -> int[8] { if (b) { return 3; } return 5; } c = bit[4](uint[4](f(one) + f(zero))); | 1000
            def f(qubit a) -> bit { x a; bit r; r = measure a; return r; } c[2] = f(q[0]);          | 0100
            def f(qubit[2] a) { x a; } f(q[0:1]); c[0:1] = measure q[0:1];                           | 0011
            def f(qubit a, qubit b) { cx a, b; } f q[3], q[1]; c[1] = measure q[1];                 | 0010
            def f(mutable array[int[8], 3] m) { m[1] = 6; } array[int[8], 3] v = {1, 2, 3}; f(v); c = bit[4](uint[4](v[1])); | 0110
            def f(readonly array[int[8], #dim = 2] m) -> int[8] { return sizeof(m, 1) + m[1, 2]; } array[int[8], 2, 3] v = {{1, 2, 3}, {4, 5, 6}}; c = bit[4](uint[4](f(v))); | 1001
            def g(int[8] n) -> int[8] { return 2 * n; } def f(int[8] n) -> int[8] { return g(n) + g(1); } c = bit[4](uint[4](f(3))); | 1000
            const int k = 3; def f() -> int[8] { return k; } c = bit[4](uint[4](f()));               | 0011
            array[int[8], 4] v = {1, 2, 3, 4}; v[0:1] = v[2:3]; c = bit[4](uint[4](v[0] + v[1]));   | 0111
            array[uint[8], 2] v = {1, 2}; v[1] += uint[8](one); c = bit[4](uint[4](v[1]));          | 0011
            array[uint[8], 2] v = {1, 2}; if (one) { v[0] = 9; } c = bit[4](uint[4](v[0]));         | 1001
            array[uint[8], 3] v = {1, 2, 4}; int s = 0; for uint[8] e in v { s += e; } c = bit[4](uint[4](s)); | 0111
            def f() -> bit { for int i in [0:3] { if (one) { return true; } c[3] = 1; } return false; } c[0] = f(); | 0001
            """)
    void subroutinesRunInPlace(String statements, String expected) {
        // Subroutines see constants and registers of the program that are declared before.
        Circuit circuit =
                Circuit.qasm(HEADER + "x q[3]; one = measure q[3]; bit[4] c; " + statements);
        Map<String, Double> found = Interpreter.distribution(circuit);
        assertThat(found).hasSize(1);
        assertThat(found.keySet().iterator().next().substring(0, 4)).isEqualTo(expected);
    }

    @Test
    void loopsThatDoNotUseTheirVariableStayFolded() {
        Circuit circuit =
                Circuit.qasm(HEADER + "for int i in [1:1000000] { h q[0]; cx q[0], q[1]; }");
        assertThat(circuit.operations()).hasSize(1);
        assertThat(((Repeat) circuit.operations().getFirst()).count()).isEqualTo(1_000_000);
        Circuit unrolled = Circuit.qasm(HEADER + "for int i in [0:2] { h q[i]; }");
        assertThat(unrolled.operations()).hasSize(1);
        assertThat(unrolled.operations().getFirst().targets().toArray()).containsExactly(0, 1, 2);
    }

    @Test
    void whatIsKnownLeavesNoTraceInTheCircuit() {
        Circuit circuit =
                Circuit.qasm(
                        "int x = 3; uint[8] y = 2; float z = x * y; if (z > 5) { y = 1; } array[int, 2] a = {x, y};");
        assertThat(circuit.operations()).isEmpty();
        assertThat(circuit.bits()).isZero();
    }

    @Test
    void whatIsMeasuredBecomesPartOfTheCircuit() {
        Circuit circuit =
                Circuit.qasm(
                        HEADER
                                + "uint[8] x = 3; one = measure q[0]; if (one) { x += 1; } while (one) { one = measure q[0]; }");
        assertThat(circuit.operations()).hasSize(4);
        assertThat(circuit.operations().get(1)).isInstanceOf(Assignment.class);
        assertThat(circuit.operations().get(2)).isInstanceOf(Conditional.class);
        assertThat(circuit.operations().get(3)).isInstanceOf(While.class);
        assertThat(circuit.register("x").valueType()).isEqualTo(Type.unsigned(8));
        assertThat(circuit.resultRegisters()).hasSize(2);
    }

    @Test
    void inputsOfAnglesStayOpenAndOthersNeedAValue() {
        String text =
                "input angle[16] t; input int n; qubit q; for int i in [1:n] { U(t, 0, i) q; }";
        assertThatThrownBy(() -> Circuit.qasm(text))
                .hasMessageContaining("1:20: input n needs a value");
        Circuit circuit = OpenQasm.parse("text", text, Map.of("n", 2.0));
        assertThat(circuit.parameters()).containsExactly(Parameter.of("t"));
        assertThat(circuit.operations()).hasSize(2);
    }

    @Test
    void outputsHideTheOtherRegisters() {
        Circuit circuit =
                Circuit.qasm(
                        "qubit q; bit scratch; output bit[2] r; scratch = measure q; r[0] = scratch;");
        assertThat(circuit.resultRegisters()).hasSize(1);
        assertThat(circuit.resultRegisters().getFirst().name()).isEqualTo("r");
    }

    /** OpenQASM 2: registers broadcast, numbers are real, wide registers compare. */
    @Test
    void version2Broadcasts() {
        String header = "OPENQASM 2.0; include \"qelib1.inc\"; qreg a[3]; qreg b[3]; creg c[3]; ";
        assertThat(Circuit.qasm(header + "cx a, b; measure b -> c;"))
                .isEqualTo(
                        Circuit.qasm(
                                header
                                        + "cx a[0],b[0]; cx a[1],b[1]; cx a[2],b[2]; measure b[0] -> c[0];"
                                        + " measure b[1] -> c[1]; measure b[2] -> c[2];"));
        assertThat(Circuit.qasm(header + "cx a[0], b;"))
                .isEqualTo(Circuit.qasm(header + "cx a[0],b[0]; cx a[0],b[1]; cx a[0],b[2];"));
        assertThat(Circuit.qasm(header + "rx(3/4) a[0];"))
                .isEqualTo(Circuit.qasm(header + "rx(0.75) a[0];"));
        assertThat(Circuit.qasm(header + "rx(-pi/2^2+ln(exp(1.5))*sin(0.5)) a[0];"))
                .isEqualTo(
                        Circuit.qasm(
                                header
                                        + "rx("
                                        + (-Math.PI / 4 + Math.log(Math.exp(1.5)) * Math.sin(0.5))
                                        + ") a[0];"));
        Circuit wide =
                Circuit.qasm(
                        "OPENQASM 2.0; include \"qelib1.inc\"; qreg q[2]; creg c[100]; x q[0];"
                                + " measure q[0] -> c[64]; if (c == 0) x q[0]; measure q[0] -> c[0];");
        assertThat(Interpreter.distribution(wide).keySet().iterator().next())
                .isEqualTo("0".repeat(35) + "1" + "0".repeat(63) + "1");
    }

    /** 2^70 + 3 is bits 70, 1 and 0; a number that no register of 100 bits holds equals none. */
    @Test
    void registersOfMoreThan64BitsAreComparedWithNumbersOfAnySize() {
        String start =
                "OPENQASM 2.0; include \"qelib1.inc\"; qreg q[2]; creg c[100]; creg d[1]; x q[0];"
                        + " measure q[0] -> c[0]; measure q[0] -> c[1]; measure q[0] -> c[70];";
        assertThat(last(start + " if (c == 1180591620717411303427) x q[1];")).isEqualTo('1');
        assertThat(last(start + " if (c == 1180591620717411303426) x q[1];")).isEqualTo('0');
        assertThat(last(start + " if (c == 3) x q[1];")).isEqualTo('0');
        assertThat(last(start + " if (c == 1" + "0".repeat(40) + ") x q[1];")).isEqualTo('0');
    }

    private static char last(String text) {
        Circuit circuit = Circuit.qasm(text + " measure q[1] -> d[0];");
        return Interpreter.distribution(circuit).keySet().iterator().next().charAt(0);
    }
}
