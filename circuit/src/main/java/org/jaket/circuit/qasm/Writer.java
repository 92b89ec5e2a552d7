package org.jaket.circuit.qasm;

import org.jaket.circuit.Assignment;
import org.jaket.circuit.Barrier;
import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.Delay;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Reset;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.While;
import org.jaket.circuit.expression.Binary;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.expression.Constant;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Type;
import org.jaket.circuit.gate.DefinedGate;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.MatrixGate;
import org.jaket.circuit.gate.StandardGate;

import java.util.List;
import java.util.StringJoiner;

/** Writes circuits as OpenQASM 2 or 3, statement by statement. */
final class Writer {
    /** The most statements that repeats may unroll to in OpenQASM 2. */
    static final int MAX_UNROLLED = 5_000_000;

    private static final String INDENT = "  ";

    private final int version;
    private final Spelling spelling;
    private final GateNames gates;
    private final Declarations declarations;
    private final StringBuilder text = new StringBuilder();
    private Scope scope;
    private int unrolled;

    private Writer(Circuit circuit, int version) {
        this.version = version;
        spelling = Spelling.of(version);
        gates = new GateNames(version, circuit.body(), spelling);
        declarations = new Declarations(circuit, version, spelling);
        scope = declarations;
    }

    static String print(Circuit circuit, int version) {
        var writer = new Writer(circuit, version);
        writer.block(circuit.body(), 0);
        String body = writer.text.toString();
        writer.text.setLength(0);
        writer.definitions();
        return (version == 2
                        ? "OPENQASM 2.0;\ninclude \"qelib1.inc\";\n"
                        : "OPENQASM 3.0;\ninclude \"stdgates.inc\";\n")
                + writer.text
                + writer.declarations.text()
                + body;
    }

    private CircuitException unsupported(Operation operation, String why) {
        return new CircuitException(
                operation, "cannot be written as OpenQASM " + version + ": " + why + ".");
    }

    // ---- Definitions of gates ----

    private void definitions() {
        for (StandardGate gate : gates.standard()) {
            text.append(GateDefinitions.of(gate, gates.call(gate), version));
        }
        for (Gate gate : gates.own()) {
            if (gate instanceof MatrixGate m) {
                text.append(Pragmas.unitary(gates.call(m), m)).append('\n');
            } else if (gate instanceof DefinedGate d) {
                definition(d);
            }
        }
    }

    private void definition(DefinedGate gate) {
        String name = gates.call(gate);
        var inside = new GateScope(gate, spelling);
        boolean renamed = !name.equals(gate.name()) || !Gates.recognised(gate).equals(gate);
        if (version == 3 && renamed) {
            text.append(Annotations.NAME)
                    .append(' ')
                    .append(Escapes.word(gate.name()))
                    .append('\n');
        }
        if (version == 3 && inside.isRenamed()) {
            text.append(Annotations.PARAMETERS);
            gate.formals().forEach(p -> text.append(' ').append(Escapes.word(p.name())));
            text.append('\n');
        }
        text.append("gate ").append(name).append(inside.formals()).append(" {\n");
        scope = inside;
        block(gate.body(), 1);
        scope = declarations;
        text.append("}\n");
    }

    // ---- Statements ----

    private void block(Block block, int depth) {
        if (depth > Parser.MAX_NESTING - 4) {
            throw new CircuitException(
                    "the circuit cannot be written as OpenQASM: its blocks are nested deeper than "
                            + (Parser.MAX_NESTING - 4));
        }
        block.operations().forEach(o -> operation(o, depth));
    }

    private void start(Operation operation, int depth) {
        if (version == 3 && !operation.tag().isEmpty()) {
            text.repeat(INDENT, depth).append(Annotations.TAG).append(' ');
            text.append(Escapes.word(operation.tag())).append('\n');
        }
        text.repeat(INDENT, depth);
    }

    private void line(Operation operation, int depth, String statement) {
        start(operation, depth);
        text.append(statement).append(";\n");
    }

    private void operation(Operation operation, int depth) {
        switch (operation) {
            case GateOperation g -> gate(g, depth);
            case Measurement m -> measurement(m, depth);
            case Reset r -> reset(r, depth);
            case Barrier b -> {
                if (!b.targets().isEmpty()) {
                    line(b, depth, "barrier " + qubits(b.targets()));
                }
            }
            case Delay d -> {
                if (version == 2) {
                    throw unsupported(d, "it has no delays");
                }
                if (!d.targets().isEmpty()) {
                    String duration = Numbers.duration(d.seconds());
                    line(d, depth, "delay[" + duration + "] " + qubits(d.targets()));
                }
            }
            case Assignment a -> {
                requireVersion3(a, "assignments");
                line(a, depth, expression(a, a.destination()) + " = " + expression(a, a.value()));
            }
            case Repeat r -> repeat(r, depth);
            case Conditional c -> conditional(c, depth);
            case While w -> loop(w, depth);
            default ->
                    throw unsupported(
                            operation, "it has no such operation. Maybe write Stim's text");
        }
    }

    private void requireVersion3(Operation operation, String what) {
        if (version == 2) {
            throw unsupported(operation, "it has no " + what + ". Maybe write OpenQASM 3");
        }
    }

    private String expression(Operation operation, Expression e) {
        return ExpressionWriter.text(version, operation, e, leaf -> scope.leaf(operation, leaf));
    }

    private void gate(GateOperation g, int depth) {
        var call = new StringBuilder(gates.call(g.gate()));
        if (!g.parameters().isEmpty()) {
            var list = new StringJoiner(", ", "(", ")");
            for (Expression p : g.parameters()) {
                list.add(ExpressionWriter.parameter(version, g, p, leaf -> scope.leaf(g, leaf)));
            }
            call.append(list);
        }
        int arity = g.gate().qubits();
        if (arity == 0) {
            line(g, depth, call.toString());
            return;
        }
        String whole = arity == 1 ? scope.wholeRegister(g.targets()) : null;
        if (whole != null) {
            line(g, depth, call + " " + whole);
            return;
        }
        for (int k = 0; k < g.targets().size(); k += arity) {
            for (int j = k; j < k + arity; j++) {
                if (!Target.isQubit(g.targets().get(j))) {
                    throw unsupported(
                            g,
                            "gates controlled by the measurement record or by sweep bits are"
                                    + " Stim's. Maybe write conditionals on classical bits");
                }
            }
            start(g, depth);
            text.append(call).append(' ').append(scope.qubit(g.targets().get(k)));
            for (int j = k + 1; j < k + arity; j++) {
                text.append(", ").append(scope.qubit(g.targets().get(j)));
            }
            text.append(";\n");
        }
    }

    private String qubits(Targets targets) {
        var list = new StringJoiner(", ");
        targets.stream().forEach(t -> list.add(scope.qubit(t)));
        return list.toString();
    }

    private void measurement(Measurement m, int depth) {
        boolean inverted = m.targets().stream().anyMatch(Target::isInverted);
        if (m.kind() != MeasurementKind.M || m.isNoisy() || inverted) {
            throw unsupported(
                    m, "it measures qubits in the computational basis and without noise only");
        }
        if (m.bits().isEmpty() && !m.targets().isEmpty()) {
            requireVersion3(m, "measurements that are not stored in classical bits");
        }
        String whole = scope.wholeRegister(m.targets());
        String wholeBits = declarations.wholeBits(m.bits());
        if (whole != null && wholeBits != null) {
            measure(m, depth, whole, wholeBits);
            return;
        }
        for (int k = 0; k < m.targets().size(); k++) {
            String qubit = scope.qubit(m.targets().get(k));
            measure(
                    m,
                    depth,
                    qubit,
                    m.bits().isEmpty() ? "" : declarations.bit(m, m.bits().get(k)));
        }
    }

    private void measure(Measurement m, int depth, String qubits, String bits) {
        String measured = "measure " + qubits;
        if (bits.isEmpty()) {
            line(m, depth, measured);
        } else {
            line(m, depth, version == 2 ? measured + " -> " + bits : bits + " = " + measured);
        }
    }

    private void reset(Reset r, int depth) {
        if (r.basis() != Pauli.Z) {
            throw unsupported(r, "it resets qubits to |0> only");
        }
        for (int k = 0; k < r.targets().size(); k++) {
            line(r, depth, "reset " + scope.qubit(r.targets().get(k)));
        }
    }

    // ---- Control flow ----

    private void braces(Operation operation, String head, Block body, int depth) {
        start(operation, depth);
        text.append(head).append(" {\n");
        block(body, depth + 1);
        text.repeat(INDENT, depth).append('}');
    }

    private void repeat(Repeat r, int depth) {
        if (version == 3) {
            String variable = scope.loopVariable();
            braces(r, "for uint " + variable + " in [0:" + (r.count() - 1) + "]", r.body(), depth);
            text.append('\n');
            return;
        }
        int each = r.body().operations().size();
        if (each == 0) {
            return;
        }
        if (r.count() > (MAX_UNROLLED - unrolled) / each) {
            throw unsupported(
                    r,
                    "its repeats unroll to more than "
                            + MAX_UNROLLED
                            + " statements. Maybe write OpenQASM 3");
        }
        unrolled += (int) r.count() * each;
        for (long k = 0; k < r.count(); k++) {
            block(r.body(), depth);
        }
    }

    private void conditional(Conditional c, int depth) {
        Double known = c.condition().constant();
        if (known != null) {
            block(known != 0 ? c.then() : c.otherwise(), depth);
        } else if (version == 2) {
            conditional2(c, depth);
        } else {
            braces(c, "if (" + expression(c, c.condition()) + ")", c.then(), depth);
            if (!c.otherwise().isEmpty()) {
                text.append(" else {\n");
                block(c.otherwise(), depth + 1);
                text.repeat(INDENT, depth).append('}');
            }
            text.append('\n');
        }
    }

    /** OpenQASM 2 knows only {@code if (register == number) statement;}. */
    private void conditional2(Conditional c, int depth) {
        List<Operation> body = c.then().operations();
        if (c.condition() instanceof Binary b
                && b.operator() == Binary.Operator.EQUAL
                && b.left() instanceof ClassicalRegister r
                && r.isResult()
                && b.right() instanceof Constant n
                && n.type().equals(Type.integer(64))
                && n.raw() >= 0
                && c.otherwise().isEmpty()
                && body.size() == 1
                && isSingle(body.getFirst())) {
            text.append("if (").append(scope.leaf(c, r)).append(" == ").append(n.raw());
            text.append(") ");
            block(c.then(), depth);
            return;
        }
        throw unsupported(
                c,
                "its only condition is if(register == number) before one gate, measurement or"
                        + " reset. Maybe write OpenQASM 3");
    }

    private boolean isSingle(Operation operation) {
        return switch (operation) {
            case GateOperation g ->
                    g.applications() == 1
                            || g.gate().qubits() == 1 && scope.wholeRegister(g.targets()) != null;
            case Measurement m -> m.targets().size() == 1;
            case Reset r -> r.targets().size() == 1;
            default -> false;
        };
    }

    private void loop(While w, int depth) {
        requireVersion3(w, "loops");
        Double known = w.condition().constant();
        if (known == null) {
            braces(w, "while (" + expression(w, w.condition()) + ")", w.body(), depth);
            text.append('\n');
        } else if (known != 0) {
            throw unsupported(w, "this loop never ends");
        }
    }
}
