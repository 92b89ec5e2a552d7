package org.jaket.circuit.stim;

import org.jaket.circuit.Assignment;
import org.jaket.circuit.Barrier;
import org.jaket.circuit.Block;
import org.jaket.circuit.ChannelOperation;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.Delay;
import org.jaket.circuit.Detector;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.ObservableInclude;
import org.jaket.circuit.Operation;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.QubitCoordinates;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Reset;
import org.jaket.circuit.ShiftCoordinates;
import org.jaket.circuit.Targets;
import org.jaket.circuit.Tick;
import org.jaket.circuit.While;
import org.jaket.circuit.gate.CliffordAction;
import org.jaket.circuit.gate.StandardGate;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;

/** Writes Stim's circuit language, laid out as Stim does. */
final class CircuitWriter {
    private static final String INDENT = "    ";

    /** How far a gate's matrix may be from a Clifford one to be written as that. */
    private static final double CLIFFORD_TOLERANCE = 1e-9;

    private final StringBuilder text = new StringBuilder();

    private CircuitWriter() {}

    static String write(Block block) {
        var writer = new CircuitWriter();
        writer.block(block, 0);
        return writer.text.toString();
    }

    private void block(Block block, int depth) {
        for (Operation operation : block.operations()) {
            int start = text.length();
            text.repeat(INDENT, depth);
            if (!operation(operation, depth)) {
                text.setLength(start);
                continue;
            }
            text.append('\n');
        }
    }

    /** Writes one operation; false when Stim needs no word for it. */
    private boolean operation(Operation operation, int depth) {
        switch (operation) {
            case GateOperation g when g.gate().qubits() == 0 -> {
                // A global phase cannot be observed, and Stim does not keep it.
                return false;
            }
            case GateOperation g -> gate(g);
            case PauliPhase p ->
                    line(p.dagger() ? "SPP_DAG" : "SPP", p.tag(), List.of(), p.targets());
            case PauliRotation p ->
                    line(PauliRotation.NAME, p.tag(), Extensions.halfTurns(p.value()), p.targets());
            case NoiseOperation n ->
                    line(n.noise().stimNames().getFirst(), n.tag(), n.arguments(), n.targets());
            case Measurement m ->
                    line(m.kind().stimNames().getFirst(), m.tag(), m.arguments(), m.targets());
            case Reset r -> line(r.stimName(), r.tag(), List.of(), r.targets());
            case Detector d -> line("DETECTOR", d.tag(), d.coordinates(), d.targets());
            case ObservableInclude o ->
                    line(
                            "OBSERVABLE_INCLUDE",
                            o.tag(),
                            List.of((double) o.observable()),
                            o.targets());
            case QubitCoordinates q -> line("QUBIT_COORDS", q.tag(), q.coordinates(), q.targets());
            case ShiftCoordinates s -> line("SHIFT_COORDS", s.tag(), s.shift(), Targets.none());
            case Tick t -> line("TICK", t.tag(), List.of(), Targets.none());
            case Repeat r -> {
                text.append("REPEAT");
                StimNumbers.appendTag(text, r.tag());
                text.append(' ').append(r.count()).append(" {\n");
                block(r.body(), depth + 1);
                text.repeat(INDENT, depth).append('}');
            }
            case Barrier b -> {
                return false;
            }
            case Delay d -> line("I", d.tag(), List.of(), d.targets());
            case ChannelOperation c -> throw unsupported(c, "Stim has only Pauli channels");
            case Assignment a -> throw unsupported(a, "Stim has no classical variables");
            case Conditional c -> conditional(c, depth);
            case While w -> throw unsupported(w, "Stim has no loops that depend on results");
        }
        return true;
    }

    /** Writes a gate: by Stim's name, or by that of its extensions with angles in half turns. */
    private void gate(GateOperation g) {
        String name = name(g);
        if (name != null) {
            // An S that is one must not read back as T.
            String tag = Extensions.tagged(g.gate(), g.tag()) == null ? g.tag() : "";
            line(name, tag, List.of(), g.targets());
            return;
        }
        String extension = Extensions.name(g.gate());
        if (extension == null) {
            throw unsupported(g, "Stim has no such gate");
        }
        line(extension, g.tag(), Extensions.halfTurns(g.values()), g.targets());
    }

    private void conditional(Conditional c, int depth) {
        Targets terms = ResultCondition.terms(c.condition());
        if (terms == null) {
            throw unsupported(
                    c,
                    "a condition is a result rec[-k] or a sum of some. Maybe write it as CX rec[-1] 0 and the like");
        }
        if (!c.recordsEvenly()) {
            throw unsupported(c, "both blocks must record equally many results");
        }
        c.blocks().forEach(CircuitWriter::requireAllowed);
        line(ResultCondition.IF, c.tag(), List.of(), terms);
        text.append(" {\n");
        block(c.then(), depth + 1);
        text.repeat(INDENT, depth).append('}');
        if (!c.otherwise().isEmpty()) {
            text.append(' ').append(ResultCondition.ELSE).append(" {\n");
            block(c.otherwise(), depth + 1);
            text.repeat(INDENT, depth).append('}');
        }
    }

    private static void requireAllowed(Block block) {
        for (Operation operation : block.operations()) {
            if (!ResultCondition.allows(operation) && !(operation instanceof Barrier)) {
                throw unsupported(
                        operation, "an IF block holds gates, noise, measurements and resets");
            }
            operation.blocks().forEach(CircuitWriter::requireAllowed);
        }
    }

    /**
     * Stim's name of a gate, or of the one that does the same up to a global phase: RZ(pi/2) is S.
     * Null if Stim has none.
     */
    private static @Nullable String name(GateOperation g) {
        if (g.gate() instanceof StandardGate s && !s.stimNames().isEmpty()) {
            return s.stimNames().getFirst();
        }
        int qubits = g.gate().qubits();
        if ((qubits == 1 || qubits == 2) && g.isBound()) {
            CliffordAction action =
                    CliffordAction.of(g.gate().matrix(g.values()), CLIFFORD_TOLERANCE);
            for (StandardGate candidate : StandardGate.values()) {
                if (!candidate.stimNames().isEmpty()
                        && candidate.qubits() == qubits
                        && Objects.equals(candidate.clifford(), action)) {
                    return candidate.stimNames().getFirst();
                }
            }
        }
        return null;
    }

    private static CircuitException unsupported(Operation operation, String why) {
        return new CircuitException(operation, "cannot be written as Stim text: " + why + ".");
    }

    private void line(String name, String tag, List<Double> arguments, Targets targets) {
        text.append(name);
        StimNumbers.appendTag(text, tag);
        StimNumbers.appendArguments(text, arguments);
        if (!targets.isEmpty()) {
            text.append(' ');
            targets.append(text);
        }
    }
}
