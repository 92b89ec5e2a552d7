package org.jaket.circuit.qasm;

import org.jaket.circuit.Assignment;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.ParseException;
import org.jaket.circuit.Targets;
import org.jaket.circuit.expression.Binary;
import org.jaket.circuit.expression.Bit;
import org.jaket.circuit.expression.Cast;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.expression.Constant;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Type;
import org.jaket.circuit.expression.Unary;
import org.jaket.circuit.qasm.Value.Stored;

import java.util.ArrayList;
import java.util.List;

/** Measurements, and assignments to bits, variables and parts of either. */
final class Assignments {
    private final Translator translator;

    Assignments(Translator translator) {
        this.translator = translator;
    }

    void expression(Statement.ExpressionStatement e) {
        if (e.expression() instanceof Node.Measure m) {
            measure(m, Targets.none());
        } else {
            translator.evaluator.value(e.expression());
        }
    }

    private void measure(Node.Measure m, Targets bits) {
        Value.Qubits q = translator.gateStatements.qubits(m.operand());
        if (!bits.isEmpty() && bits.size() != q.indices().length) {
            throw translator.error(
                    m.at(),
                    q.indices().length + " qubits are measured into " + bits.size() + " bits");
        }
        translator.emit(
                m.at(),
                new Measurement(
                        MeasurementKind.M, 0, Targets.of(q.indices()), bits, translator.tag));
    }

    /** A measurement inside an expression: its results go to a register of their own. */
    Stored measureToTemporary(Node.Measure m) {
        Value.Qubits q = translator.gateStatements.qubits(m.operand());
        int size = q.indices().length;
        ClassicalRegister register =
                translator.storage.register(
                        m, "measured", size <= Type.MAX_WIDTH ? Type.bits(size) : null, size);
        if (register == null) {
            throw translator.error(m.at(), "there are too many classical bits");
        }
        measure(m, Targets.range(register.first(), register.first() + size));
        Stored stored = Stored.of(register);
        return q.register() ? stored : stored.bit(0);
    }

    private static Targets targets(Stored stored) {
        int[] indices = new int[stored.bits().size()];
        for (int k = 0; k < indices.length; k++) {
            indices[k] = stored.bits().get(k).index();
        }
        return Targets.of(indices);
    }

    void assign(Statement.Assign a) {
        Node target = a.target();
        if (target instanceof Node.Index index) {
            assignIndexed(a, index);
            return;
        }
        if (!(target instanceof Node.Name name)) {
            throw translator.error(target.at(), "this cannot be assigned to");
        }
        Symbol symbol = translator.names.find(name.name());
        switch (symbol) {
            case Symbol.Variable v -> {
                if (a.value() instanceof Node.Measure m) {
                    translator.variables.demote(v);
                    measure(m, targets(Stored.of(translator.variables.registerOf(a.at(), v))));
                    return;
                }
                translator.variables.store(a, v, Cast.of(v.type, newValue(a, v.value())));
            }
            case Symbol.Fixed f when f.value() instanceof Stored stored -> assignBits(a, stored);
            case Symbol.Alias l when l.value() instanceof Stored stored -> assignBits(a, stored);
            case Symbol.Static s -> {
                Value value = translator.evaluator.value(a.value());
                if (!a.operator().equals("=") || value.getClass() != s.value.getClass()) {
                    throw translator.error(
                            a.at(), "this variable takes values of its own type with =");
                }
                s.value = value;
            }
            case Symbol.Array array -> assignArray(a, array.view());
            case null ->
                    throw translator.error(
                            target.at(),
                            name.name() + " is not declared",
                            ParseException.hint(name.name(), translator.names.all()));
            default -> throw translator.error(target.at(), name.name() + " cannot be assigned to");
        }
    }

    private Expression newValue(Statement.Assign a, Expression old) {
        Expression value = translator.evaluator.scalar(a.value());
        return a.operator().equals("=")
                ? value
                : translator.evaluator.scalar(
                        a.at(),
                        translator.evaluator.binary(a.at(), a.operator(), old, value, false));
    }

    private void assignBits(Statement.Assign a, Stored stored) {
        if (a.operator().equals("=")) {
            storeBits(a.at(), stored, a.value());
        } else {
            Expression old = translator.evaluator.scalar(a.at(), stored);
            Expression value =
                    translator.evaluator.scalar(
                            a.at(),
                            translator.evaluator.binary(
                                    a.at(),
                                    a.operator(),
                                    old,
                                    translator.evaluator.scalar(a.value()),
                                    false));
            translator.emit(a.at(), new Assignment(old, value, translator.tag));
        }
    }

    void storeBits(int at, Stored target, Node node) {
        if (node instanceof Node.Measure m) {
            measure(m, targets(target));
            return;
        }
        Value value = translator.evaluator.value(node);
        int size = target.bits().size();
        if (value instanceof Value.LongBits b) {
            if (b.bits().length != size) {
                throw translator.error(
                        node.at(), b.bits().length + " bits are assigned to " + size);
            }
            for (int k = 0; k < size; k++) {
                translator.emit(
                        at,
                        new Assignment(
                                target.bits().get(k), Expression.of(b.bits()[k]), translator.tag));
            }
            return;
        }
        if (value instanceof Stored from && (size > Type.MAX_WIDTH || from.bits().size() > 1)) {
            if (from.bits().size() != size) {
                throw translator.error(
                        node.at(), from.bits().size() + " bits are assigned to " + size);
            }
            for (int k = 0; k < size; k += Type.MAX_WIDTH) {
                int to = Math.min(size, k + Type.MAX_WIDTH);
                Expression part =
                        size <= Type.MAX_WIDTH
                                ? target.expression()
                                : Stored.slice(target.bits().subList(k, to)).expression();
                Expression taken =
                        size <= Type.MAX_WIDTH
                                ? from.expression()
                                : Stored.slice(from.bits().subList(k, to)).expression();
                translator.emit(at, new Assignment(part, taken, translator.tag));
            }
            return;
        }
        Expression e = translator.evaluator.scalar(node.at(), value);
        boolean bits = e.type().kind() == Type.Kind.BITS;
        if (bits && e.type().width() != size && e instanceof Constant) {
            throw translator.error(node.at(), e.type().width() + " bits are assigned to " + size);
        }
        if (size > Type.MAX_WIDTH) {
            throw translator.error(
                    node.at(),
                    "a register of " + size + " bits takes a bit string or another register");
        }
        translator.emit(at, new Assignment(target.expression(), e, translator.tag));
    }

    private void assignIndexed(Statement.Assign a, Node.Index index) {
        String root = Effects.root(index);
        Symbol symbol = translator.names.find(root);
        if (symbol instanceof Symbol.Variable v && index.base() instanceof Node.Name) {
            assignBitsOf(a, v, index);
            return;
        }
        if (symbol instanceof Symbol.Fixed f && f.constant()) {
            throw translator.error(index.at(), root + " is a constant");
        }
        Node item = index.items().getFirst();
        if (symbol instanceof Symbol.Fixed f
                && f.value() instanceof Stored stored
                && !(item instanceof Node.Range)
                && !(item instanceof Node.Braces)
                && !(translator.evaluator.scalar(item) instanceof Constant)) {
            assignAt(a, stored, translator.evaluator.scalar(item));
            return;
        }
        Value target = translator.evaluator.value(index);
        switch (target) {
            case Stored stored -> assignBits(a, stored);
            case Value.ArrayView view -> assignArray(a, view);
            case Value.Qubits q -> throw translator.error(a.at(), "qubits cannot be assigned to");
            default -> throw translator.error(index.at(), "this cannot be assigned to");
        }
    }

    /**
     * Stores one bit at a place that is known only when the circuit runs: clear it, then set it.
     */
    private void assignAt(Statement.Assign a, Stored stored, Expression place) {
        if (!a.operator().equals("=") || a.value() instanceof Node.Measure) {
            throw translator.error(
                    a.at(),
                    "a bit whose place depends on measurements takes plain values with = only");
        }
        Expression whole = translator.evaluator.scalar(a.at(), stored);
        Type type = Type.unsigned(stored.bits().size());
        Expression mask = Binary.of(Binary.Operator.SHIFT_LEFT, new Constant(type, 1), place);
        Expression cleared =
                Binary.of(
                        Binary.Operator.BIT_AND,
                        Cast.of(type, whole),
                        Unary.of(Unary.Operator.BIT_NOT, mask));
        Expression bit = Cast.of(type, Cast.of(Type.BOOL, translator.evaluator.scalar(a.value())));
        Expression set =
                Binary.of(
                        Binary.Operator.BIT_OR,
                        cleared,
                        Binary.of(Binary.Operator.SHIFT_LEFT, bit, place));
        translator.emit(a.at(), new Assignment(whole, set, translator.tag));
    }

    /** Stores to single bits of a number. */
    private void assignBitsOf(Statement.Assign a, Symbol.Variable v, Node.Index index) {
        if (v.type.isFloat()) {
            throw translator.error(index.at(), "a float has no bits to index");
        }
        Indexing.Selection s = translator.evaluator.selection(index, 0, v.type.width());
        boolean measured = a.value() instanceof Node.Measure;
        Value value = measured ? new Value.Nothing() : translator.evaluator.value(a.value());
        Expression known = measured ? null : translator.evaluator.scalar(a.value().at(), value);
        if (v.register == null
                && known instanceof Constant c
                && a.operator().equals("=")
                && v.known instanceof Constant old) {
            translator.variables.requireOwnDepth(a.at(), v);
            long raw = old.raw();
            for (int k = 0; k < s.indices().length; k++) {
                long mask = 1L << s.indices()[k];
                raw = (c.raw() >>> k & 1) != 0 ? raw | mask : raw & ~mask;
            }
            v.known = new Constant(v.type, raw);
            return;
        }
        translator.variables.demote(v);
        ClassicalRegister register = translator.variables.registerOf(a.at(), v);
        List<Bit> bits = new ArrayList<>();
        for (int k : s.indices()) {
            bits.add(register.bit(k));
        }
        assignBits(a, s.single() ? new Stored(bits, null, true) : Stored.slice(bits));
    }

    private void assignArray(Statement.Assign a, Value.ArrayView view) {
        if (view.dimensions().length == 0) {
            int cell = view.cells()[0];
            if (a.value() instanceof Node.Measure m) {
                translator.variables.demote(view.array(), cell);
                ClassicalRegister register = view.array().register(cell);
                if (register != null) {
                    measure(m, targets(Stored.of(register)));
                }
                return;
            }
            translator.variables.store(
                    a.at(),
                    view.array(),
                    cell,
                    Cast.of(view.type(), newValue(a, view.array().get(cell))));
            return;
        }
        if (!a.operator().equals("=")) {
            throw translator.error(a.at(), "whole arrays are assigned with = only");
        }
        Expression[] contents = ArrayAccess.contents(translator.evaluator, view, a.value());
        for (int k = 0; k < contents.length; k++) {
            translator.variables.store(a.at(), view.array(), view.cells()[k], contents[k]);
        }
    }
}
