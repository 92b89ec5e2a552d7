package org.jaket.circuit.qasm;

import static org.assertj.core.api.Assertions.assertThat;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.DefinedGate;
import org.jaket.circuit.gate.StandardGate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Every gate of the libraries, and every modifier, against its definition in the library's own
 * text, written in the builtin gates {@code U}, {@code CX} and {@code gphase} and the modifiers.
 */
class GatesTest {
    private static final double TOLERANCE = 1e-12;

    private static ComplexMatrix matrix(String header, int qubits, String statements) {
        String declared =
                header.startsWith("OPENQASM 2")
                        ? "qreg q[" + qubits + "];"
                        : "qubit[" + qubits + "] q;";
        Circuit circuit = Circuit.qasm(header + declared + statements);
        return circuit.toGate("whole").matrix();
    }

    private static String operands(int qubits) {
        return IntStream.range(0, qubits)
                .mapToObj(k -> "q[" + k + "]")
                .collect(Collectors.joining(", "));
    }

    /** Bodies of stdgates.inc as the specification prints them, on q[0], q[1], ... */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            p(0.3)            | 1 | ctrl @ gphase(0.3) q[0];
            x                 | 1 | U(pi, 0, pi) q[0]; gphase(-pi/2);
            y                 | 1 | U(pi, pi/2, pi/2) q[0]; gphase(-pi/2);
            z                 | 1 | ctrl @ gphase(pi) q[0];
            h                 | 1 | U(pi/2, 0, pi) q[0]; gphase(-pi/4);
            s                 | 1 | ctrl @ gphase(pi/2) q[0];
            sdg               | 1 | ctrl @ gphase(-pi/2) q[0];
            t                 | 1 | ctrl @ gphase(pi/4) q[0];
            tdg               | 1 | ctrl @ gphase(-pi/4) q[0];
            sx                | 1 | gphase(pi/4 - pi/4); U(pi/2, -pi/2, pi/2) q[0];
            rx(0.3)           | 1 | U(0.3, -pi/2, pi/2) q[0]; gphase(-0.3/2);
            ry(0.3)           | 1 | U(0.3, 0, 0) q[0]; gphase(-0.3/2);
            rz(0.3)           | 1 | gphase(-0.3/2); U(0, 0, 0.3) q[0];
            cx                | 2 | ctrl @ U(pi, 0, pi) q[0], q[1]; ctrl @ gphase(-pi/2) q[0];
            cy                | 2 | ctrl @ U(pi, pi/2, pi/2) q[0], q[1]; ctrl @ gphase(-pi/2) q[0];
            cz                | 2 | ctrl @ ctrl @ gphase(pi) q[0], q[1];
            cp(0.3)           | 2 | ctrl(2) @ gphase(0.3) q[0], q[1];
            crx(0.3)          | 2 | ctrl @ U(0.3, -pi/2, pi/2) q[0], q[1]; ctrl @ gphase(-0.15) q[0];
            cry(0.3)          | 2 | ctrl @ U(0.3, 0, 0) q[0], q[1]; ctrl @ gphase(-0.15) q[0];
            crz(0.3)          | 2 | ctrl @ gphase(-0.15) q[0]; ctrl @ U(0, 0, 0.3) q[0], q[1];
            ch                | 2 | ctrl @ U(pi/2, 0, pi) q[0], q[1]; ctrl @ gphase(-pi/4) q[0];
            swap              | 2 | cx q[0], q[1]; cx q[1], q[0]; cx q[0], q[1];
            ccx               | 3 | ctrl(2) @ U(pi, 0, pi) q[0], q[1], q[2]; ctrl(2) @ gphase(-pi/2) q[0], q[1];
            cswap             | 3 | cx q[2], q[1]; ccx q[0], q[1], q[2]; cx q[2], q[1];
            cu(0.3, 0.5, 0.7, 0.9) | 2 | ctrl @ gphase(0.9 - 0.3/2) q[0]; ctrl @ U(0.3, 0.5, 0.7) q[0], q[1];
            phase(0.3)        | 1 | U(0, 0, 0.3) q[0];
            cphase(0.3)       | 2 | ctrl @ U(0, 0, 0.3) q[0], q[1];
            id                | 1 | U(0, 0, 0) q[0];
            u1(0.3)           | 1 | U(0, 0, 0.3) q[0];
            u2(0.3, 0.5)      | 1 | gphase(-(0.3 + 0.5 + pi/2)/2); U(pi/2, 0.3, 0.5) q[0];
            u3(0.3, 0.5, 0.7) | 1 | gphase(-(0.5 + 0.7 + 0.3)/2); U(0.3, 0.5, 0.7) q[0];
            """)
    void stdgatesAreWhatTheLibrarySays(String gate, int qubits, String body) {
        String header = "OPENQASM 3.0; include \"stdgates.inc\"; ";
        ComplexMatrix expected = matrix(header, qubits, body);
        ComplexMatrix found = matrix(header, qubits, gate + " " + operands(qubits) + ";");
        assertThat(found.distance(expected)).isLessThan(TOLERANCE);
    }

    /**
     * The bodies of qelib1.inc, which fix a gate up to a global phase (a controlled gate up to
     * none).
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            u3(0.3, 0.5, 0.7) | 1 | U(0.3, 0.5, 0.7) q[0];
            u2(0.3, 0.5)      | 1 | U(pi/2, 0.3, 0.5) q[0];
            u1(0.3)           | 1 | U(0, 0, 0.3) q[0];
            cx                | 2 | CX q[0], q[1];
            id                | 1 | U(0, 0, 0) q[0];
            u0(1)             | 1 | U(0, 0, 0) q[0];
            u(0.3, 0.5, 0.7)  | 1 | U(0.3, 0.5, 0.7) q[0];
            p(0.3)            | 1 | U(0, 0, 0.3) q[0];
            x                 | 1 | U(pi, 0, pi) q[0];
            y                 | 1 | U(pi, pi/2, pi/2) q[0];
            z                 | 1 | U(0, 0, pi) q[0];
            h                 | 1 | U(pi/2, 0, pi) q[0];
            s                 | 1 | U(0, 0, pi/2) q[0];
            sdg               | 1 | U(0, 0, -pi/2) q[0];
            t                 | 1 | U(0, 0, pi/4) q[0];
            tdg               | 1 | U(0, 0, -pi/4) q[0];
            rx(0.3)           | 1 | U(0.3, -pi/2, pi/2) q[0];
            ry(0.3)           | 1 | U(0.3, 0, 0) q[0];
            rz(0.3)           | 1 | U(0, 0, 0.3) q[0];
            sx                | 1 | sdg q[0]; h q[0]; sdg q[0];
            sxdg              | 1 | s q[0]; h q[0]; s q[0];
            cz                | 2 | h q[1]; CX q[0], q[1]; h q[1];
            cy                | 2 | sdg q[1]; CX q[0], q[1]; s q[1];
            swap              | 2 | CX q[0], q[1]; CX q[1], q[0]; CX q[0], q[1];
            ch                | 2 | h q[1]; sdg q[1]; CX q[0], q[1]; h q[1]; t q[1]; CX q[0], q[1]; t q[1]; h q[1]; s q[1]; x q[1]; s q[0];
            ccx               | 3 | h q[2]; cx q[1], q[2]; tdg q[2]; cx q[0], q[2]; t q[2]; cx q[1], q[2]; tdg q[2]; cx q[0], q[2]; t q[1]; t q[2]; h q[2]; cx q[0], q[1]; t q[0]; tdg q[1]; cx q[0], q[1];
            cswap             | 3 | cx q[2], q[1]; ccx q[0], q[1], q[2]; cx q[2], q[1];
            crx(0.3)          | 2 | u1(pi/2) q[1]; cx q[0], q[1]; u3(-0.3/2, 0, 0) q[1]; cx q[0], q[1]; u3(0.3/2, -pi/2, 0) q[1];
            cry(0.3)          | 2 | ry(0.3/2) q[1]; cx q[0], q[1]; ry(-0.3/2) q[1]; cx q[0], q[1];
            crz(0.3)          | 2 | rz(0.3/2) q[1]; cx q[0], q[1]; rz(-0.3/2) q[1]; cx q[0], q[1];
            cu1(0.3)          | 2 | u1(0.3/2) q[0]; cx q[0], q[1]; u1(-0.3/2) q[1]; cx q[0], q[1]; u1(0.3/2) q[1];
            cp(0.3)           | 2 | p(0.3/2) q[0]; cx q[0], q[1]; p(-0.3/2) q[1]; cx q[0], q[1]; p(0.3/2) q[1];
            cu3(0.3, 0.5, 0.7) | 2 | u1((0.7+0.5)/2) q[0]; u1((0.7-0.5)/2) q[1]; cx q[0], q[1]; u3(-0.3/2, 0, -(0.5+0.7)/2) q[1]; cx q[0], q[1]; u3(0.3/2, 0.5, 0) q[1];
            csx               | 2 | h q[1]; cu1(pi/2) q[0], q[1]; h q[1];
            cu(0.3, 0.5, 0.7, 0.9) | 2 | p(0.9) q[0]; p((0.7+0.5)/2) q[0]; p((0.7-0.5)/2) q[1]; cx q[0], q[1]; u(-0.3/2, 0, -(0.5+0.7)/2) q[1]; cx q[0], q[1]; u(0.3/2, 0.5, 0) q[1];
            rxx(0.3)          | 2 | h q[0]; h q[1]; cx q[0], q[1]; rz(0.3) q[1]; cx q[0], q[1]; h q[1]; h q[0];
            rzz(0.3)          | 2 | cx q[0], q[1]; u1(0.3) q[1]; cx q[0], q[1];
            rccx              | 3 | u2(0, pi) q[2]; u1(pi/4) q[2]; cx q[1], q[2]; u1(-pi/4) q[2]; cx q[0], q[2]; u1(pi/4) q[2]; cx q[1], q[2]; u1(-pi/4) q[2]; u2(0, pi) q[2];
            c3x               | 4 | h q[3]; cu1(pi/4) q[0], q[3]; h q[3]; cx q[0], q[1]; h q[3]; cu1(-pi/4) q[1], q[3]; h q[3]; cx q[0], q[1]; h q[3]; cu1(pi/4) q[1], q[3]; h q[3]; cx q[1], q[2]; h q[3]; cu1(-pi/4) q[2], q[3]; h q[3]; cx q[0], q[2]; h q[3]; cu1(pi/4) q[2], q[3]; h q[3]; cx q[1], q[2]; h q[3]; cu1(-pi/4) q[2], q[3]; h q[3]; cx q[0], q[2]; h q[3]; cu1(pi/4) q[2], q[3]; h q[3];
            c3sqrtx           | 4 | h q[3]; cu1(pi/8) q[0], q[3]; h q[3]; cx q[0], q[1]; h q[3]; cu1(-pi/8) q[1], q[3]; h q[3]; cx q[0], q[1]; h q[3]; cu1(pi/8) q[1], q[3]; h q[3]; cx q[1], q[2]; h q[3]; cu1(-pi/8) q[2], q[3]; h q[3]; cx q[0], q[2]; h q[3]; cu1(pi/8) q[2], q[3]; h q[3]; cx q[1], q[2]; h q[3]; cu1(-pi/8) q[2], q[3]; h q[3]; cx q[0], q[2]; h q[3]; cu1(pi/8) q[2], q[3]; h q[3];
            c4x               | 5 | h q[4]; cu1(pi/2) q[3], q[4]; h q[4]; c3x q[0], q[1], q[2], q[3]; h q[4]; cu1(-pi/2) q[3], q[4]; h q[4]; c3x q[0], q[1], q[2], q[3]; c3sqrtx q[0], q[1], q[2], q[4];
            rc3x              | 4 | u2(0,pi) q[3]; u1(pi/4) q[3]; cx q[2],q[3]; u1(-pi/4) q[3]; u2(0,pi) q[3]; cx q[0],q[3]; u1(pi/4) q[3]; cx q[1],q[3]; u1(-pi/4) q[3]; cx q[0],q[3]; u1(pi/4) q[3]; cx q[1],q[3]; u1(-pi/4) q[3]; u2(0,pi) q[3]; u1(pi/4) q[3]; cx q[2],q[3]; u1(-pi/4) q[3]; u2(0,pi) q[3];
            """)
    void qelib1GatesAreWhatTheLibrarySays(String gate, int qubits, String body) {
        String header = "OPENQASM 2.0; include \"qelib1.inc\"; ";
        ComplexMatrix expected = matrix(header, qubits, body);
        ComplexMatrix found = matrix(header, qubits, gate + " " + operands(qubits) + ";");
        assertThat(distanceUpToPhase(found, expected)).isLessThan(TOLERANCE);
    }

    private static double distanceUpToPhase(ComplexMatrix a, ComplexMatrix b) {
        ComplexMatrix product = a.times(b.adjoint());
        return product.scale(product.re(0, 0), -product.im(0, 0))
                .distance(ComplexMatrix.identity(product.rows()));
    }

    /** The specification's matrix of the builtin U, entry by entry. */
    @Test
    void builtinUHasTheSpecificationsPhase() {
        double theta = 0.3;
        double phi = 0.5;
        double lambda = 0.7;
        double c = Math.cos(theta);
        double s = Math.sin(theta);
        // (1 + e^(i theta)) / 2, -i e^(i lambda) (1 - e^(i theta)) / 2 and so on.
        ComplexMatrix core =
                ComplexMatrix.of(
                        2,
                        2,
                        new double[] {(1 + c) / 2, -s / 2, s / 2, (1 + c) / 2},
                        new double[] {s / 2, -(1 - c) / 2, (1 - c) / 2, s / 2});
        ComplexMatrix left = phase(phi);
        ComplexMatrix right = phase(lambda);
        ComplexMatrix found = matrix("OPENQASM 3.0; ", 1, "U(0.3, 0.5, 0.7) q[0];");
        assertThat(found.distance(left.times(core).times(right))).isLessThan(TOLERANCE);
    }

    private static ComplexMatrix phase(double angle) {
        return ComplexMatrix.diagonal(
                new double[] {1, Math.cos(angle)}, new double[] {0, Math.sin(angle)});
    }

    /** Each line names two programs on two qubits that are the same operator, phase included. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ctrl @ x q[0], q[1];                          | cx q[0], q[1];
            negctrl @ x q[0], q[1];                       | x q[0]; cx q[0], q[1]; x q[0];
            inv @ s q[0];                                 | sdg q[0];
            inv @ rx(0.3) q[0];                           | rx(-0.3) q[0];
            inv @ U(0.3, 0.5, 0.7) q[0];                  | U(-0.3, -0.7, -0.5) q[0];
            inv @ u2(0.3, 0.5) q[0];                      | u3(-pi/2, -0.5, -0.3) q[0];
            inv @ cu(0.3, 0.5, 0.7, 0.9) q[0], q[1];      | cu(-0.3, -0.7, -0.5, -0.9) q[0], q[1];
            pow(0.5) @ x q[0];                            | sx q[0];
            pow(2) @ s q[0];                              | z q[0];
            pow(-1) @ t q[0];                             | tdg q[0];
            pow(0) @ h q[0];                              | id q[0];
            pow(3) @ rx(0.3) q[0];                        | rx(0.9) q[0];
            pow(0.5) @ pow(0.5) @ z q[0];                 | t q[0];
            ctrl @ pow(0.5) @ z q[0], q[1];               | cp(pi/2) q[0], q[1];
            inv @ ctrl @ s q[0], q[1];                    | cp(-pi/2) q[0], q[1];
            ctrl @ inv @ s q[0], q[1];                    | cp(-pi/2) q[0], q[1];
            pow(0.5) @ ctrl @ x q[0], q[1];               | ctrl @ sx q[0], q[1];
            ctrl @ gphase(0.3) q[1];                      | p(0.3) q[1];
            negctrl @ gphase(0.3) q[1];                   | gphase(0.3); p(-0.3) q[1];
            inv @ gphase(0.3);                            | gphase(-0.3);
            pow(2) @ gphase(0.3);                         | gphase(0.6);
            ctrl @ rz(0.3) q[1], q[0];                    | crz(0.3) q[1], q[0];
            ctrl @ U(0.3, 0.5, 0.7) q[0], q[1];           | cu(0.3, 0.5, 0.7, 0.15) q[0], q[1];
            gate g a { gphase(0.4); x a; } g q[0];        | gphase(0.4); x q[0];
            gate g a { gphase(0.4); x a; } ctrl @ g q[0], q[1]; | p(0.4) q[0]; cx q[0], q[1];
            gate g(t) a { gphase(t); } ctrl @ g(0.4) q[0], q[1]; | p(0.4) q[0];
            gate g(t) a, b { rx(t) a; cx a, b; } inv @ g(0.4) q[0], q[1]; | cx q[0], q[1]; rx(-0.4) q[0];
            gate g(t) a { h a; p(t) a; h a; } pow(2) @ g(0.4) q[1]; | h q[1]; p(0.8) q[1]; h q[1];
            gate g a { for int i in [0:2] { s a; } } g q[0]; | sdg q[0];
            """)
    void modifiersMeanWhatTheSpecificationSays(String one, String other) {
        String header = "OPENQASM 3.0; include \"stdgates.inc\"; ";
        assertThat(matrix(header, 2, one).distance(matrix(header, 2, other))).isLessThan(1e-11);
    }

    /** The specification calls CX an alias of cx. */
    @Test
    void capitalCxIsAnAlias() {
        String header = "OPENQASM 3.0; include \"stdgates.inc\"; ";
        assertThat(
                        matrix(header, 2, "CX q[0], q[1];")
                                .distance(matrix(header, 2, "cx q[0], q[1];")))
                .isLessThan(TOLERANCE);
    }

    @Test
    void definitionsEqualToANamedGateAreThatGate() {
        Circuit read =
                Circuit.qasm(
                        """
                        OPENQASM 2.0;
                        include "qelib1.inc";
                        gate rzx(theta) a,b { h b; cx a,b; rz(theta) b; cx a,b; h b; }
                        gate iswap a,b { h a; }
                        qreg q[2];
                        rzx(0.5) q[0],q[1];
                        iswap q[0],q[1];
                        """);
        assertThat(read.gateCounts()).containsOnlyKeys("RZX", "iswap");
        assertThat(((GateOperation) read.operations().get(0)).gate()).isEqualTo(StandardGate.RZX);
        assertThat(((GateOperation) read.operations().get(1)).gate())
                .isInstanceOf(DefinedGate.class);
    }
}
