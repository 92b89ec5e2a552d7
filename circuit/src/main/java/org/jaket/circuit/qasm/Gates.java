package org.jaket.circuit.qasm;

import org.jaket.circuit.Block;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.ParseException;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.gate.ControlledGate;
import org.jaket.circuit.gate.DefinedGate;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.PowerGate;
import org.jaket.circuit.gate.StandardGate;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The gates that a program can name without defining them: those of the language and of the
 * included libraries.
 */
final class Gates {
    /**
     * What qelib1.inc has beyond the table: more controls, a relative-phase gate, and an idle one.
     */
    private static final Map<String, Gate> MORE_OF_QELIB1 =
            Map.of(
                    "c3x", ControlledGate.of(StandardGate.X, 3, 7),
                    "c4x", ControlledGate.of(StandardGate.X, 4, 15),
                    "c3sqrtx", ControlledGate.of(StandardGate.SQRT_X, 3, 7));

    /** Gates that are written here in OpenQASM 2 itself. */
    private static final String DEFINED_IN_QELIB1 =
            """
            OPENQASM 2.0;
            include "qelib1.inc";
            gate u0(gamma) q { }
            gate rc3x a,b,c,d {
              u2(0,pi) d; u1(pi/4) d; cx c,d; u1(-pi/4) d; u2(0,pi) d;
              cx a,d; u1(pi/4) d; cx b,d; u1(-pi/4) d; cx a,d; u1(pi/4) d; cx b,d; u1(-pi/4) d;
              u2(0,pi) d; u1(pi/4) d; cx c,d; u1(-pi/4) d; u2(0,pi) d;
            }
            """;

    /** Definitions of more gates than this are not compared with the table's. */
    private static final int MAX_COMPARED = 1000;

    private final int version;
    private final Set<String> included = new HashSet<>();

    Gates(int version) {
        this.version = version;
    }

    void include(String library) {
        included.add(library);
    }

    /** The gate of the given name, or null. */
    @Nullable Gate find(String name) {
        if (version == 2 && (name.equals("U") || name.equals("CX"))) {
            return StandardGate.ofQasm2(name);
        }
        if (name.equals("gphase")) {
            return version == 3 ? StandardGate.GPHASE : null;
        }
        if (version == 3 && name.equals("U")) {
            return StandardGate.U_OQ3;
        }
        if (included.contains("stdgates.inc")) {
            Gate gate = StandardGate.ofQasm3(name);
            if (gate != null) {
                return gate;
            }
        }
        if (included.contains("qelib1.inc")) {
            Gate gate = StandardGate.ofQasm2(name);
            if (gate == null) {
                gate = MORE_OF_QELIB1.get(name);
            }
            if (gate == null && (name.equals("u0") || name.equals("rc3x"))) {
                gate = Qelib1.DEFINED.get(name);
            }
            return gate;
        }
        return null;
    }

    /** What qelib1.inc or the language calls a gate, or null. */
    static @Nullable String qelib1Name(Gate gate) {
        if (gate instanceof StandardGate s) {
            return s.qasm2Names().isEmpty() ? null : s.qasm2Names().getFirst();
        }
        for (Map.Entry<String, Gate> entry : MORE_OF_QELIB1.entrySet()) {
            if (entry.getValue().equals(gate)) {
                return entry.getKey();
            }
        }
        boolean mayBeDefined = gate.label().equals("u0") || gate.label().equals("rc3x");
        return mayBeDefined && gate.equals(Qelib1.DEFINED.get(gate.label())) ? gate.label() : null;
    }

    /** Loaded when it is needed: reading it needs gates itself. */
    private static final class Qelib1 {
        static final Map<String, Gate> DEFINED = Translator.gatesOf(DEFINED_IN_QELIB1);
    }

    /** A hint for an unknown gate: the library that has it, or a similar name. */
    @Nullable String hint(String name, Set<String> visible) {
        if (version == 3 && StandardGate.ofQasm3(name) != null) {
            return "Maybe include \"stdgates.inc\" first.";
        }
        if (version == 2 && StandardGate.ofQasm2(name) != null) {
            return "Maybe include \"qelib1.inc\" first.";
        }
        List<String> known = new ArrayList<>(visible);
        for (StandardGate gate : StandardGate.values()) {
            known.addAll(included.contains("stdgates.inc") ? gate.qasm3Names() : gate.qasm2Names());
        }
        return ParseException.hint(name, known);
    }

    /**
     * How many gates a body comes to when the definitions in it are followed; more than the limit
     * when it is more than that.
     */
    private static int cost(Block body, int limit) {
        int cost = 0;
        for (Operation operation : body.operations()) {
            int each =
                    operation instanceof GateOperation g
                                    && inside(g.gate()) instanceof DefinedGate d
                            ? cost(d.body(), limit - cost)
                            : 1;
            for (Block inner : operation.blocks()) {
                each += cost(inner, limit - cost);
            }
            long times =
                    switch (operation) {
                        case GateOperation g -> g.applications();
                        case Repeat r -> r.count();
                        default -> 1;
                    };
            cost = (int) Math.min(limit + 1L, cost + Math.min(times, limit + 1L) * each);
            if (cost > limit) {
                break;
            }
        }
        return cost;
    }

    private static Gate inside(Gate gate) {
        return switch (gate) {
            case ControlledGate c -> inside(c.base());
            case PowerGate p -> inside(p.base());
            default -> gate;
        };
    }

    /**
     * A user's definition as a gate: the table's gate when it has the definition's name and
     * unitary, so that printed definitions of named gates come back as what they were.
     */
    static Gate recognised(DefinedGate defined) {
        for (StandardGate gate : StandardGate.values()) {
            boolean sameName =
                    gate.definedName().equals(defined.name())
                            || GateDefinitions.alternativeName(gate).equals(defined.name())
                            || gate.qasm2Names().contains(defined.name())
                            || gate.qasm3Names().contains(defined.name());
            if (sameName
                    && cost(defined.body(), MAX_COMPARED) <= MAX_COMPARED
                    && gate.qubits() == defined.qubits()
                    && gate.parameters() == defined.parameters()) {
                double[] values = new double[gate.parameters()];
                for (int k = 0; k < values.length; k++) {
                    values[k] = 0.613 + 1.117 * k;
                }
                if (gate.matrix(values).distance(defined.matrix(values)) < 1e-12) {
                    return gate;
                }
            }
        }
        return defined;
    }
}
