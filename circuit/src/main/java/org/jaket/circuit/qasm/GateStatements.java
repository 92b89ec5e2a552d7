package org.jaket.circuit.qasm;

import org.jaket.circuit.Barrier;
import org.jaket.circuit.Block;
import org.jaket.circuit.BlockBuilder;
import org.jaket.circuit.Delay;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Targets;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.gate.DefinedGate;
import org.jaket.circuit.gate.Gate;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** Definitions and calls of gates; barriers and delays. */
final class GateStatements {
    private final Translator translator;

    /** How deep each definition goes. */
    private final IdentityHashMap<Gate, Integer> depths = new IdentityHashMap<>();

    /** How deep the gates go that were called since the current definition began. */
    private int deepest;

    GateStatements(Translator translator) {
        this.translator = translator;
    }

    void defineGate(Statement.GateDefinition g) {
        if (translator.names != translator.global) {
            throw translator.error(g.at(), "gates are defined at the top level only");
        }
        if (translator.names.here(g.name()) != null) {
            throw translator.error(g.at(), g.name() + " is declared already");
        }
        Names before = translator.names;
        BlockBuilder outside = translator.out;
        translator.names = new Names(translator.global);
        translator.out = new BlockBuilder();
        Annotations given = translator.notes;
        deepest = 0;
        List<String> called = given.parameters() == null ? g.parameters() : given.parameters();
        if (called.size() != g.parameters().size()) {
            throw translator.error(
                    g.at(),
                    Annotations.PARAMETERS
                            + " names "
                            + called.size()
                            + " parameters, but there are "
                            + g.parameters().size());
        }
        List<Parameter> formals = called.stream().map(Parameter::of).toList();
        for (int k = 0; k < formals.size(); k++) {
            translator.define(
                    g.at(),
                    g.parameters().get(k),
                    new Symbol.Fixed(new Value.Scalar(formals.get(k)), true));
        }
        for (int k = 0; k < g.qubits().size(); k++) {
            translator.define(
                    g.at(),
                    g.qubits().get(k),
                    new Symbol.Fixed(new Value.Qubits(new int[] {k}, false), false));
        }
        for (Statement inside : g.body()) {
            Statement plain = inside instanceof Statement.Annotated a ? a.statement() : inside;
            if (!(plain instanceof Statement.GateCall
                    || plain instanceof Statement.BarrierStatement
                    || plain instanceof Statement.For
                    || plain instanceof Statement.Scope)) {
                throw translator.error(
                        inside.at(),
                        "a gate's body is made of gates, barriers and loops over known ranges");
            }
        }
        translator.sequence(g.body(), 0);
        Block body = translator.out.build();
        translator.names = before;
        translator.out = outside;
        var defined = new DefinedGate(given.nameOr(g.name()), formals, g.qubits().size(), body);
        if (deepest >= GateNames.MAX_NESTING) {
            throw translator.error(
                    g.at(), "gates are defined by each other deeper than " + GateNames.MAX_NESTING);
        }
        Gate gate = given.name() == null ? Gates.recognised(defined) : defined;
        depths.put(gate, deepest + 1);
        translator.names.put(g.name(), new Symbol.NamedGate(gate));
    }

    void gateCall(Statement.GateCall g) {
        Symbol symbol = translator.names.find(g.name());
        if (symbol instanceof Symbol.Definition && g.modifiers().isEmpty()) {
            List<Node> all = new ArrayList<>(g.arguments());
            all.addAll(g.operands());
            translator.subroutines.callSubroutine(g, g.at(), g.name(), all);
            return;
        }
        Gate gate = gate(g, symbol);
        deepest = Math.max(deepest, depths.getOrDefault(gate, 0));
        List<Expression> parameters = new ArrayList<>(g.arguments().size());
        for (Node argument : g.arguments()) {
            parameters.add(translator.evaluator.parameter(argument));
        }
        if (parameters.size() != gate.parameters()) {
            throw translator.error(
                    g.at(),
                    g.name()
                            + " takes "
                            + gate.parameters()
                            + " parameters, got "
                            + parameters.size());
        }
        for (Statement.Modifier m : g.modifiers().reversed()) {
            switch (m.name()) {
                case "inv" -> {
                    parameters = new ArrayList<>(gate.inverseParameters(parameters));
                    gate = gate.inverse();
                }
                case "pow" -> {
                    Node argument = m.argument();
                    Double exponent =
                            argument == null
                                    ? null
                                    : translator.evaluator.scalar(argument).constant();
                    if (exponent == null) {
                        throw translator.error(
                                m.at(),
                                "pow needs an exponent that is known before the circuit runs");
                    }
                    gate = gate.power(exponent);
                }
                default -> {
                    long count =
                            m.argument() == null
                                    ? 1
                                    : translator.evaluator.whole(
                                            m.argument(), "the number of controls");
                    if (count < 1 || count > 62) {
                        throw translator.error(
                                m.at(), "a gate can have 1 to 62 controls, not " + count);
                    }
                    gate =
                            gate.controlled(
                                    (int) count, m.name().equals("ctrl") ? (1L << count) - 1 : 0);
                }
            }
        }
        apply(g, gate, parameters);
    }

    private Gate gate(Statement.GateCall g, @Nullable Symbol symbol) {
        return switch (symbol) {
            case Symbol.NamedGate n -> n.gate();
            case Symbol.Opaque o ->
                    throw translator.error(
                            g.at(), "gate " + g.name() + " is opaque: what it does is not known");
            case null -> {
                Gate gate = translator.gates.find(g.name());
                if (gate == null) {
                    throw translator.error(
                            g.at(),
                            "there is no gate " + g.name(),
                            translator.gates.hint(g.name(), translator.names.all()));
                }
                yield gate;
            }
            default -> throw translator.error(g.at(), g.name() + " is not a gate");
        };
    }

    /**
     * Applies a gate to its operands; registers broadcast, single qubits go along with each of
     * their qubits.
     */
    private void apply(Statement.GateCall g, Gate gate, List<Expression> parameters) {
        int arity = gate.qubits();
        if (g.operands().size() != arity) {
            throw translator.error(
                    g.at(), g.name() + " takes " + arity + " qubits, got " + g.operands().size());
        }
        int[][] operands = new int[arity][];
        boolean[] register = new boolean[arity];
        int size = -1;
        for (int k = 0; k < arity; k++) {
            Value.Qubits q = qubits(g.operands().get(k));
            operands[k] = q.indices();
            register[k] = q.register();
            if (q.register()) {
                if (size >= 0 && size != q.indices().length) {
                    throw translator.error(
                            g.operands().get(k).at(),
                            "registers of "
                                    + size
                                    + " and "
                                    + q.indices().length
                                    + " qubits do not go together");
                }
                size = q.indices().length;
            }
        }
        int times = size < 0 ? 1 : size;
        int[] targets = new int[times * arity];
        for (int i = 0; i < times; i++) {
            for (int k = 0; k < arity; k++) {
                targets[i * arity + k] = register[k] ? operands[k][i] : operands[k][0];
            }
        }
        if (times > 0) {
            translator.emit(
                    g.at(),
                    new GateOperation(gate, parameters, Targets.of(targets), translator.tag));
        }
    }

    Value.Qubits qubits(Node node) {
        if (translator.evaluator.value(node) instanceof Value.Qubits q) {
            return q;
        }
        throw translator.error(node.at(), "expected qubits");
    }

    void barrier(Statement.BarrierStatement b) {
        if (b.operands().isEmpty()) {
            translator.emit(
                    b.at(),
                    new Barrier(Targets.range(0, translator.storage.qubits()), translator.tag));
            return;
        }
        Targets all = Targets.none();
        for (Node operand : b.operands()) {
            all = all.then(Targets.of(qubits(operand).indices()));
        }
        translator.emit(b.at(), new Barrier(all, translator.tag));
    }

    void delay(Statement.DelayStatement d) {
        if (!(translator.evaluator.value(d.duration()) instanceof Value.Time time)) {
            throw translator.error(d.duration().at(), "expected a duration, such as 100ns");
        }
        Targets all = Targets.none();
        for (Node operand : d.operands()) {
            all = all.then(Targets.of(qubits(operand).indices()));
        }
        translator.emit(
                d.at(),
                new Delay(
                        time.seconds(),
                        d.operands().isEmpty()
                                ? Targets.range(0, translator.storage.qubits())
                                : all,
                        translator.tag));
    }

    /** Defines a gate on behalf of a pragma. */
    void defineGate(int at, String name, Gate gate) {
        translator.define(at, name, new Symbol.NamedGate(gate));
    }
}
