package org.jaket.circuit.diagram;

import org.jaket.circuit.GateOperation;
import org.jaket.circuit.gate.ControlledGate;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.StandardGate;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a gate writes on each of its qubits: dots for controls, the base gate for the rest. */
final class GateLabels {
    private GateLabels() {}

    /** One label a target; the whole gate's label for a global phase. */
    static String[] of(GateOperation g) {
        Gate base = g.gate();
        int controls = 0;
        long pattern = 0;
        if (base instanceof ControlledGate c) {
            controls = c.controls();
            pattern = c.pattern();
            base = c.base();
        }
        while (base instanceof StandardGate s && s.uncontrolled() != null && s.qubits() > 1) {
            pattern |= 1L << controls++;
            base = s.uncontrolled();
        }
        String[] labels = new String[Math.max(1, g.gate().qubits())];
        for (int k = 0; k < controls; k++) {
            labels[k] = (pattern >>> k & 1) == 1 ? "●" : "○";
        }
        String arguments =
                g.parameters().isEmpty()
                        ? ""
                        : g.parameters().stream()
                                .map(Names::angle)
                                .collect(Collectors.joining(",", "(", ")"));
        String[] rest = base(base, arguments);
        System.arraycopy(rest, 0, labels, controls, labels.length - controls);
        return labels;
    }

    /** The label without controls, for a gate controlled by a classical bit. */
    static String plain(GateOperation g, int position) {
        return g.gate() instanceof StandardGate s ? plain(s, position) : g.gate().label();
    }

    private static String plain(StandardGate gate, int position) {
        return switch (gate) {
            case CX, XCZ -> "X";
            case CY, YCZ -> "Y";
            case CZ -> "Z";
            default -> gate.label() + ":" + position;
        };
    }

    private static String[] base(Gate base, String arguments) {
        String[] labels = new String[Math.max(1, base.qubits())];
        Arrays.fill(labels, base.label() + arguments);
        if (base instanceof StandardGate s) {
            named(s, labels);
        } else {
            position(labels);
        }
        return labels;
    }

    private static void named(StandardGate gate, String[] labels) {
        switch (gate) {
            case X -> labels[0] = "⊕";
            case SWAP -> Arrays.fill(labels, "×");
            case S_DAG -> labels[0] = "S†";
            case T_DAG -> labels[0] = "T†";
            case SQRT_X -> labels[0] = "√X";
            case SQRT_X_DAG -> labels[0] = "√X†";
            case SQRT_Y -> labels[0] = "√Y";
            case SQRT_Y_DAG -> labels[0] = "√Y†";
            case XCX, XCY, XCZ, YCX, YCY, YCZ -> {
                labels[0] = gate.name().charAt(0) + "•";
                labels[1] = gate.name().charAt(2) + "•";
            }
            // These do not care which qubit comes first.
            case II, ISWAP, ISWAP_DAG, CZSWAP, SQRT_XX, SQRT_XX_DAG, SQRT_YY, SQRT_YY_DAG -> {}
            case SQRT_ZZ, SQRT_ZZ_DAG, RXX, RYY, RZZ -> {}
            default -> position(labels);
        }
    }

    /** Targets whose order matters are numbered. */
    private static void position(String[] labels) {
        for (int k = 0; labels.length > 1 && k < labels.length; k++) {
            labels[k] += ":" + k;
        }
    }
}
