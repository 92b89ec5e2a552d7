package org.jaket.circuit.qasm;

import org.jaket.circuit.QubitRegister;
import org.jaket.circuit.Target;
import org.jaket.circuit.expression.Cast;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.expression.Constant;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.expression.Type;
import org.jaket.circuit.qasm.Node.TypeNode;
import org.jaket.circuit.qasm.Value.Stored;
import org.jspecify.annotations.Nullable;

/** Declarations: qubits, bits, variables, constants, arrays, inputs and outputs, aliases. */
final class DeclarationStatements {
    private final Translator translator;

    DeclarationStatements(Translator translator) {
        this.translator = translator;
    }

    void declareQubits(Statement.QubitDeclaration q) {
        long size =
                q.size() == null ? 1 : translator.evaluator.whole(q.size(), "the number of qubits");
        if (size < 1) {
            throw translator.error(q.at(), "a register has at least one qubit, not " + size);
        }
        if (translator.names != translator.global || translator.blockDepth > 0) {
            throw translator.error(q.at(), "qubits are declared at the top level only");
        }
        translator.define(
                q.at(),
                q.name(),
                new Symbol.Fixed(
                        claimQubits(
                                q.at(), translator.notes.nameOr(q.name()), size, q.size() != null),
                        false));
    }

    private Value.Qubits claimQubits(int at, String name, long size, boolean register) {
        QubitRegister claimed = translator.storage.qubits(name, size);
        if (claimed == null) {
            throw translator.error(
                    at, size + " qubits are too many: a circuit has at most " + Target.LIMIT);
        }
        int[] indices = new int[claimed.size()];
        for (int k = 0; k < indices.length; k++) {
            indices[k] = claimed.qubit(k);
        }
        return new Value.Qubits(indices, register);
    }

    Value.Qubits hardwareQubit(Node.HardwareQubit h) {
        Value.Qubits known = translator.hardware.get(h.number());
        if (known == null) {
            known = claimQubits(h.at(), "$" + h.number(), 1, false);
            translator.hardware.put(h.number(), known);
        }
        return known;
    }

    void declare(Statement.Declaration d) {
        TypeNode written = d.type();
        if (written.isArray()) {
            declareArray(d);
            return;
        }
        if (written.name().equals("qubit")) {
            declareQubits(new Statement.QubitDeclaration(d.at(), d.name(), written.size()));
            return;
        }
        Type type = translator.evaluator.type(written);
        if (d.constant()) {
            declareConstant(d, type);
        } else if (written.name().equals("bit")) {
            declareBits(d, type);
        } else if (type == null) {
            Value value =
                    d.value() == null
                            ? written.name().equals("complex")
                                    ? new Value.Complex(0, 0)
                                    : new Value.Time(0)
                            : staticValue(written, d.value());
            translator.define(d.at(), d.name(), new Symbol.Static(value));
        } else {
            var variable =
                    new Symbol.Variable(
                            translator.notes.nameOr(d.name()),
                            type,
                            translator.blockDepth,
                            new Constant(type, 0));
            if (translator.notes.variable()) {
                translator.variables.claim(d.at(), variable);
            }
            Value value = d.value() == null ? null : translator.evaluator.value(d.value());
            translator.define(d.at(), d.name(), variable);
            if (value != null && d.value() != null) {
                translator.variables.store(
                        d,
                        variable,
                        Cast.of(type, translator.evaluator.scalar(d.value().at(), value)));
            }
        }
    }

    private Value staticValue(TypeNode type, Node node) {
        Value value = translator.evaluator.value(node);
        if (type.name().equals("complex")) {
            return translator.evaluator.complex(node.at(), value);
        }
        if (!(value instanceof Value.Time)) {
            throw translator.error(node.at(), "expected a duration");
        }
        return value;
    }

    private void declareConstant(Statement.Declaration d, @Nullable Type type) {
        Node node = d.value();
        if (node == null) {
            throw translator.error(d.at(), "a constant needs a value");
        }
        Value value;
        if (type == null) {
            value = staticValue(d.type(), node);
        } else {
            Expression e = Cast.of(type, translator.evaluator.scalar(node));
            if (!(e instanceof Constant)) {
                throw translator.error(
                        node.at(), "a constant's value must be known before the circuit runs");
            }
            value = new Value.Scalar(e);
        }
        // The language's own examples declare a constant twice with the same value.
        if (translator.names.here(d.name()) instanceof Symbol.Fixed f
                && f.constant()
                && f.value().equals(value)) {
            return;
        }
        translator.define(d.at(), d.name(), new Symbol.Fixed(value, true));
    }

    private void declareBits(Statement.Declaration d, @Nullable Type type) {
        TypeNode written = d.type();
        long size =
                written.size() == null
                        ? 1
                        : translator.evaluator.whole(written.size(), "the number of bits");
        if (size < 1) {
            throw translator.error(d.at(), "a register has at least one bit, not " + size);
        }
        // Registers of the top level are results; those inside blocks and subroutines are scratch.
        boolean result =
                translator.names == translator.global && !translator.notes.variable()
                        || type == null;
        ClassicalRegister register =
                translator.storage.register(
                        d, translator.notes.nameOr(d.name()), result ? null : type, size);
        if (register == null) {
            throw translator.error(
                    d.at(), size + " bits are too many: a circuit has at most " + Storage.MAX_BITS);
        }
        Stored stored = Stored.of(register);
        // A single bit reads as a truth value, a register as a number, also when it has one bit.
        Stored visible = written.size() == null ? stored.bit(0) : stored;
        Node value = d.value();
        if (value != null) {
            translator.assignments.storeBits(d.at(), visible, value);
        }
        translator.define(d.at(), d.name(), new Symbol.Fixed(visible, false));
    }

    private void declareArray(Statement.Declaration d) {
        TypeNode written = d.type();
        TypeNode elementNode = written.element();
        Type element = elementNode == null ? null : translator.evaluator.type(elementNode);
        if (element == null) {
            throw translator.error(
                    d.at(), "arrays hold bool, int, uint, float, angle or short bit values");
        }
        int[] dimensions = new int[written.dimensions().size()];
        long cells = 1;
        for (int k = 0; k < dimensions.length; k++) {
            long size =
                    translator.evaluator.whole(written.dimensions().get(k), "the size of an array");
            cells *= Math.max(0, size);
            if (size < 0 || size > ArrayVariable.MAX_CELLS || cells > ArrayVariable.MAX_CELLS) {
                throw translator.error(
                        d.at(), "an array has at most " + ArrayVariable.MAX_CELLS + " elements");
            }
            dimensions[k] = (int) size;
        }
        var array = new ArrayVariable(d.name(), element, (int) cells, translator.blockDepth);
        int[] all = new int[(int) cells];
        for (int k = 0; k < all.length; k++) {
            all[k] = k;
        }
        var view = new Value.ArrayView(array, dimensions, all);
        if (d.value() != null) {
            Expression[] contents = ArrayAccess.contents(translator.evaluator, view, d.value());
            for (int k = 0; k < contents.length; k++) {
                translator.variables.store(d.at(), array, k, contents[k]);
            }
        }
        translator.define(d.at(), d.name(), new Symbol.Array(view));
    }

    void inputOutput(Statement.InputOutput io) {
        if (!io.input()) {
            declare(new Statement.Declaration(io.at(), io.type(), io.name(), null, false));
            translator.outputs.add(io.name());
            return;
        }
        Type type = io.type().isArray() ? null : translator.evaluator.type(io.type());
        String name = translator.notes.nameOr(io.name());
        Double given = translator.inputs.get(name);
        boolean real = type != null && (type.isFloat() || type.kind() == Type.Kind.ANGLE);
        if (type == null || given == null && !real) {
            throw translator.error(
                    io.at(),
                    "input " + name + " needs a value before the circuit can be built",
                    "Maybe give it with --input " + name + "=1 or in the map of inputs.");
        }
        Expression value =
                given == null ? Parameter.of(name) : new Constant(type, type.fromDouble(given));
        translator.define(io.at(), io.name(), new Symbol.Fixed(new Value.Scalar(value), true));
    }

    void alias(Statement.Alias a) {
        Value value = translator.evaluator.value(a.value());
        if (!(value instanceof Value.Qubits
                || value instanceof Stored
                || value instanceof Value.ArrayView)) {
            throw translator.error(a.value().at(), "an alias names qubits or bits");
        }
        var symbol = new Symbol.Alias(value);
        if (translator.names.find(a.name()) instanceof Symbol.Alias) {
            if (translator.blockDepth > 0) {
                throw translator.error(
                        a.at(),
                        "alias "
                                + a.name()
                                + " cannot be bound anew in a block that depends on measurements");
            }
            translator.names.rebind(a.name(), symbol);
        } else {
            translator.define(a.at(), a.name(), symbol);
        }
    }
}
