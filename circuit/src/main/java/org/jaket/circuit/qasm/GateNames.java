package org.jaket.circuit.qasm;

import org.jaket.circuit.Block;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.gate.ControlledGate;
import org.jaket.circuit.gate.DefinedGate;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.MatrixGate;
import org.jaket.circuit.gate.PowerGate;
import org.jaket.circuit.gate.StandardGate;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The gates that a circuit uses, and what each is called in its text. */
final class GateNames {
    /** How deep definitions of gates may be nested. */
    static final int MAX_NESTING = 500;

    private final int version;
    private final Map<Gate, String> names = new HashMap<>();
    private final Set<StandardGate> standard = new LinkedHashSet<>();
    private final Set<Gate> own = new LinkedHashSet<>();

    /** Finds all gates of a circuit, and names those that must be defined. */
    GateNames(int version, Block body, Spelling spelling) {
        this.version = version;
        collect(body, 0);
        standard.forEach(g -> names.put(g, spelling.take(GateDefinitions.name(g, version))));
        own.forEach(g -> names.put(g, spelling.take(g.label())));
    }

    /** Named gates that the library lacks. */
    Set<StandardGate> standard() {
        return standard;
    }

    /** Gates with definitions or matrices of their own, those that others are made of first. */
    List<Gate> own() {
        return List.copyOf(own);
    }

    private void collect(Block block, int depth) {
        for (Operation operation : block.operations()) {
            if (operation instanceof GateOperation g) {
                collect(g, g.gate(), depth);
            }
            operation.blocks().forEach(b -> collect(b, depth));
        }
    }

    private void collect(GateOperation operation, Gate gate, int depth) {
        if (depth > MAX_NESTING) {
            throw unsupported(operation, "gates are defined by each other too deeply");
        }
        switch (gate) {
            case StandardGate s -> {
                if (libraryName(s) == null) {
                    if (s == StandardGate.GPHASE) {
                        throw unsupported(operation, "it has no global phase");
                    }
                    standard.add(s);
                }
            }
            case DefinedGate d -> {
                if (!own.contains(d) && libraryName(d) == null) {
                    if (d.qubits() == 0) {
                        throw unsupported(operation, "a gate is defined on at least one qubit");
                    }
                    collect(d.body(), depth + 1);
                    own.add(d);
                }
            }
            case MatrixGate m -> {
                requireVersion3(operation, "gates given by matrices");
                own.add(m);
            }
            case ControlledGate c -> {
                if (libraryName(c) == null) {
                    requireVersion3(operation, "such controlled gate");
                    collect(operation, c.base(), depth + 1);
                }
            }
            case PowerGate p -> {
                requireVersion3(operation, "powers of gates");
                collect(operation, p.base(), depth + 1);
            }
        }
    }

    private void requireVersion3(GateOperation operation, String what) {
        if (version == 2) {
            throw unsupported(operation, "it has no " + what + ". Maybe write OpenQASM 3");
        }
    }

    private CircuitException unsupported(GateOperation operation, String why) {
        return new CircuitException(
                operation, "cannot be written as OpenQASM " + version + ": " + why + ".");
    }

    /** What the language or its library calls a gate, or null. */
    private @Nullable String libraryName(Gate gate) {
        if (version == 2) {
            return Gates.qelib1Name(gate);
        }
        if (gate == StandardGate.GPHASE) {
            return "gphase";
        }
        return gate instanceof StandardGate s && !s.qasm3Names().isEmpty()
                ? s.qasm3Names().getFirst()
                : null;
    }

    /** A gate as it is called in the text: its modifiers and its name. */
    String call(Gate gate) {
        String known = libraryName(gate);
        if (known == null) {
            known = names.get(gate);
        }
        if (known != null) {
            return known;
        }
        return switch (gate) {
            case ControlledGate c -> controls(c) + call(c.base());
            case PowerGate p -> "pow(" + Numbers.digits(p.exponent()) + ") @ " + call(p.base());
            default -> throw new AssertionError(gate);
        };
    }

    private static String controls(ControlledGate gate) {
        List<String> modifiers = new ArrayList<>();
        for (int k = 0; k < gate.controls(); ) {
            boolean one = (gate.pattern() >>> k & 1) == 1;
            int end = k;
            while (end < gate.controls() && (gate.pattern() >>> end & 1) == 1 == one) {
                end++;
            }
            String count = end - k == 1 ? "" : "(" + (end - k) + ")";
            modifiers.add((one ? "ctrl" : "negctrl") + count + " @ ");
            k = end;
        }
        return String.join("", modifiers);
    }
}
