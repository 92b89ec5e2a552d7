package org.jaket.circuit.qasm;

import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.StandardGate;

import java.util.List;

/**
 * What the named gates that a library lacks are made of, in gates that both libraries have. The
 * definitions are exact, global phase included: OpenQASM 2 has no {@code gphase}, but a phase
 * between two flips is one.
 */
final class GateDefinitions {
    private GateDefinitions() {}

    /** The name under which a gate is defined: its own, unless the library means something else. */
    static String name(StandardGate gate, int version) {
        StandardGate other =
                version == 2
                        ? StandardGate.ofQasm2(gate.definedName())
                        : StandardGate.ofQasm3(gate.definedName());
        return other == null ? gate.definedName() : alternativeName(gate);
    }

    /** A second name for gates whose own one is taken: OpenQASM 2's u2 in OpenQASM 3. */
    static String alternativeName(StandardGate gate) {
        return gate.definedName() + "_oq2";
    }

    /** {@code gate name(parameters) qubits { ... }}. */
    static String of(StandardGate gate, String name, int version) {
        List<String> parameters =
                switch (gate.parameters()) {
                    case 0 -> List.of();
                    case 1 -> List.of("theta");
                    case 2 ->
                            gate == StandardGate.R
                                    ? List.of("theta", "phi")
                                    : List.of("phi", "lambda");
                    default -> List.of("theta", "phi", "lambda");
                };
        String qubits = List.of("a", "a, b", "a, b, c").get(gate.qubits() - 1);
        String formals = parameters.isEmpty() ? "" : "(" + String.join(", ", parameters) + ")";
        return "gate " + name + formals + " " + qubits + " { " + body(gate, version) + " }\n";
    }

    private static String body(StandardGate gate, int version) {
        return switch (gate) {
            case II -> "id a; id b;";
            case XCX -> "h a; cx a, b; h a;";
            case XCY -> "h a; cy a, b; h a;";
            case XCZ -> "cx b, a;";
            case YCX -> "rx(pi/2) a; cx a, b; rx(-pi/2) a;";
            case YCY -> "rx(pi/2) a; cy a, b; rx(-pi/2) a;";
            case YCZ -> "cy b, a;";
            case ISWAP -> "s a; s b; cz a, b; swap a, b;";
            case ISWAP_DAG -> "sdg a; sdg b; cz a, b; swap a, b;";
            case CXSWAP -> "cx a, b; swap a, b;";
            case SWAPCX -> "swap a, b; cx a, b;";
            case CZSWAP -> "cz a, b; swap a, b;";
            case SQRT_XX -> "h a; h b; cx a, b; s b; cx a, b; h a; h b;";
            case SQRT_XX_DAG -> "h a; h b; cx a, b; sdg b; cx a, b; h a; h b;";
            case SQRT_YY -> inYBasis("cx a, b; s b; cx a, b;");
            case SQRT_YY_DAG -> inYBasis("cx a, b; sdg b; cx a, b;");
            case SQRT_ZZ -> "cx a, b; s b; cx a, b;";
            case SQRT_ZZ_DAG -> "cx a, b; sdg b; cx a, b;";
            case ECR ->
                    "h b; cx a, b; rz(pi/4) b; cx a, b; x a; cx a, b; rz(-pi/4) b; cx a, b; h b;";
            case CSX -> "ctrl @ sx a, b;";
            case CCZ -> "h c; ccx a, b, c; h c;";
            case RCCX -> "h c; t c; cx b, c; tdg c; cx a, c; t c; cx b, c; tdg c; h c;";
            case R -> "rz(-phi) a; rx(theta) a; rz(phi) a;";
            case U2 -> "U(pi/2, phi, lambda) a; " + phase("-pi/4", version);
            case U -> "U(theta, phi, lambda) a; " + phase("-theta/2", version);
            case U2_OQ3 -> "rz(lambda) a; ry(pi/2) a; rz(phi) a;";
            case U3_OQ3 -> "rz(lambda) a; ry(theta) a; rz(phi) a;";
            case U_OQ3 -> "u3(theta, phi, lambda) a; " + phase("theta/2", version);
            case CU3 -> "cu(theta, phi, lambda, 0) a, b;";
            case RXX -> "h a; h b; cx a, b; rz(theta) b; cx a, b; h a; h b;";
            case RYY -> inYBasis("cx a, b; rz(theta) b; cx a, b;");
            case RZZ -> "cx a, b; rz(theta) b; cx a, b;";
            case RZX -> "h b; cx a, b; rz(theta) b; cx a, b; h b;";
            default -> rotation(gate.matrix(), version);
        };
    }

    private static String inYBasis(String body) {
        return "rx(pi/2) a; rx(pi/2) b; " + body + " rx(-pi/2) a; rx(-pi/2) b;";
    }

    private static String phase(String angle, int version) {
        return version == 3
                ? "gphase(" + angle + ");"
                : "p(" + angle + ") a; x a; p(" + angle + ") a; x a;";
    }

    /** A one-qubit Clifford gate as a phase and a general rotation by multiples of pi/4. */
    private static String rotation(ComplexMatrix m, int version) {
        double theta =
                2
                        * Math.atan2(
                                Math.hypot(m.re(1, 0), m.im(1, 0)),
                                Math.hypot(m.re(0, 0), m.im(0, 0)));
        boolean diagonal = theta < 1e-9;
        boolean antidiagonal = theta > Math.PI - 1e-9;
        double phase =
                antidiagonal
                        ? Math.atan2(m.im(1, 0), m.re(1, 0))
                        : Math.atan2(m.im(0, 0), m.re(0, 0));
        double phi = diagonal ? 0 : Math.atan2(m.im(1, 0), m.re(1, 0)) - phase;
        double lambda =
                diagonal
                        ? Math.atan2(m.im(1, 1), m.re(1, 1)) - phase
                        : Math.atan2(-m.im(0, 1), -m.re(0, 1)) - phase;
        String angles =
                "(" + eighths(theta) + ", " + eighths(phi) + ", " + eighths(lambda) + ") a;";
        double rest = version == 3 ? phase - theta / 2 : phase;
        String rotation = (version == 3 ? "U" : "u3") + angles;
        return Math.abs(rest) < 1e-9 ? rotation : rotation + " " + phase(eighths(rest), version);
    }

    private static String eighths(double angle) {
        return Numbers.angle(Math.rint(angle / (Math.PI / 4)) * Math.PI / 4);
    }
}
