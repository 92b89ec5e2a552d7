package org.jaket.circuit.qasm;

import org.jaket.circuit.Assignment;
import org.jaket.circuit.Block;
import org.jaket.circuit.BlockBuilder;
import org.jaket.circuit.ParseException;
import org.jaket.circuit.expression.Cast;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.expression.Constant;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Type;
import org.jaket.circuit.qasm.Node.TypeNode;
import org.jaket.circuit.qasm.Value.Stored;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Calls of subroutines, which are executed in place, and returns from them. */
final class Subroutines {
    private final Translator translator;
    private final Set<String> calling = new HashSet<>();

    Subroutines(Translator translator) {
        this.translator = translator;
    }

    Exit leave(Statement.Return r) {
        Frame f = translator.frame;
        if (f == null || f.program) {
            throw translator.error(r.at(), "return stands outside of a subroutine");
        }
        Node node = r.value();
        if (translator.blockDepth == f.depth && f.exitFlag == null) {
            if (node != null) {
                Value value = translator.evaluator.value(node);
                Type type = f.resultType;
                f.known =
                        type == null
                                ? value
                                : copy(
                                        f,
                                        r.at(),
                                        Cast.of(
                                                type,
                                                translator.evaluator.scalar(node.at(), value)));
            }
            return Exit.certain("return");
        }
        if (node != null && f.resultType != null) {
            ClassicalRegister result = resultOf(f);
            translator.emit(
                    r.at(),
                    new Assignment(
                            result,
                            Cast.of(f.resultType, translator.evaluator.scalar(node)),
                            translator.tag));
        }
        f.exitFlag = f.exitFlag == null ? translator.loops.flag(f.site, "return_flag") : f.exitFlag;
        translator.emit(r.at(), new Assignment(f.exitFlag, Expression.of(true), translator.tag));
        return new Exit("return", Set.of(f.exitFlag));
    }

    private ClassicalRegister resultOf(Frame f) {
        Type type = f.resultType;
        if (f.result == null && type != null) {
            f.result = translator.storage.register(f.site, "result", type, type.width());
        }
        if (f.result == null) {
            throw translator.error(0, "there are too many classical bits");
        }
        return f.result;
    }

    /** A result that depends on measurements is copied, so that a later call cannot change it. */
    private Value copy(Frame f, int at, Expression value) {
        if (Variables.isKnown(value)) {
            return new Value.Scalar(value);
        }
        ClassicalRegister result = resultOf(f);
        translator.emit(at, new Assignment(result, value, translator.tag));
        boolean bits = result.type().kind() == Type.Kind.BITS;
        return bits ? Stored.of(result) : new Value.Scalar(result);
    }

    /** Calls a subroutine: its body is executed in place. */
    Value callSubroutine(Object site, int at, String name, List<Node> arguments) {
        Symbol symbol = translator.names.find(name);
        if (symbol instanceof Symbol.External) {
            throw translator.error(
                    at, name + " is extern: what it computes is not part of this program");
        }
        if (!(symbol instanceof Symbol.Definition definition)) {
            throw translator.error(
                    at,
                    "there is no subroutine " + name,
                    ParseException.hint(name, translator.names.all()));
        }
        Statement.Subroutine s = definition.subroutine();
        if (s.arguments().size() != arguments.size()) {
            throw translator.error(
                    at,
                    name
                            + " takes "
                            + s.arguments().size()
                            + " arguments, got "
                            + arguments.size());
        }
        if (!calling.add(name) || calling.size() > Translator.MAX_CALLS) {
            throw translator.error(
                    at,
                    calling.size() > Translator.MAX_CALLS
                            ? "subroutines call each other deeper than " + Translator.MAX_CALLS
                            : name + " calls itself, which OpenQASM does not allow");
        }
        Names inside = new Names(translator.global);
        for (int k = 0; k < arguments.size(); k++) {
            inside.put(
                    s.arguments().get(k).name(), argument(s.arguments().get(k), arguments.get(k)));
        }
        Names callerNames = translator.names;
        Source callerSource = translator.source;
        Frame callerFrame = translator.frame;
        Loop callerLoop = translator.loop;
        TypeNode resultNode = s.result();
        var own =
                new Frame(
                        site,
                        translator.blockDepth,
                        resultNode == null ? null : translator.evaluator.type(resultNode),
                        false);
        translator.names = inside;
        translator.source = definition.source();
        translator.frame = own;
        translator.loop = null;
        BlockBuilder outside = translator.out;
        translator.out = new BlockBuilder();
        Exit exit = translator.sequence(s.body(), 0);
        Block body = translator.out.build();
        translator.out = outside;
        translator.names = callerNames;
        translator.source = callerSource;
        translator.frame = callerFrame;
        translator.loop = callerLoop;
        calling.remove(name);
        if (own.exitFlag != null) {
            translator.emit(at, new Assignment(own.exitFlag, Expression.of(false), translator.tag));
        }
        translator.out.append(body);
        if (!exit.without(own.exitFlag, null).flags().isEmpty() || "end".equals(exit.jump())) {
            throw translator.error(
                    at, "end is reached inside of " + name + ", which is not supported");
        }
        if (own.exitFlag != null && own.resultType != null) {
            ClassicalRegister result = resultOf(own);
            return result.type().kind() == Type.Kind.BITS
                    ? Stored.of(result)
                    : new Value.Scalar(result);
        }
        return own.known == null ? new Value.Nothing() : own.known;
    }

    private Symbol argument(Statement.Argument formal, Node actual) {
        TypeNode type = formal.type();
        Value value = translator.evaluator.value(actual);
        if (type.name().equals("qubit")) {
            if (!(value instanceof Value.Qubits q)) {
                throw translator.error(actual.at(), formal.name() + " takes qubits");
            }
            long size =
                    type.size() == null
                            ? 1
                            : translator.evaluator.whole(type.size(), "the number of qubits");
            if (q.indices().length != size) {
                throw translator.error(
                        actual.at(),
                        formal.name() + " takes " + size + " qubits, got " + q.indices().length);
            }
            return new Symbol.Fixed(new Value.Qubits(q.indices(), type.size() != null), false);
        }
        if (type.isArray()) {
            if (!(value instanceof Value.ArrayView view)) {
                throw translator.error(actual.at(), formal.name() + " takes an array");
            }
            return type.access().equals("mutable")
                    ? new Symbol.Array(view)
                    : new Symbol.Fixed(view, true);
        }
        Type scalar = translator.evaluator.type(type);
        if (scalar == null) {
            return new Symbol.Static(value);
        }
        Expression e = Cast.of(scalar, translator.evaluator.scalar(actual.at(), value));
        var variable =
                new Symbol.Variable(
                        formal.name(), scalar, translator.blockDepth, new Constant(scalar, 0));
        if (Variables.isKnown(e)) {
            variable.known = e;
        } else {
            // By value: a copy, so that neither side sees the other's later changes.
            translator.emit(
                    actual.at(),
                    new Assignment(
                            translator.variables.registerOf(actual.at(), variable),
                            e,
                            translator.tag));
        }
        return variable;
    }
}
