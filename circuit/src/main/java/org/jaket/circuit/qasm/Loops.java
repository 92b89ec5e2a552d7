package org.jaket.circuit.qasm;

import org.jaket.circuit.Assignment;
import org.jaket.circuit.Block;
import org.jaket.circuit.BlockBuilder;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.While;
import org.jaket.circuit.expression.Cast;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Type;
import org.jaket.circuit.qasm.Value.Stored;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Loops: unrolled or folded where their rounds are known, loops of the circuit where measurements
 * decide; and the jumps that leave them.
 */
final class Loops {
    private final Translator translator;

    Loops(Translator translator) {
        this.translator = translator;
    }

    Exit loop(Statement.For f) {
        if (f.values() instanceof Node.Range range) {
            long first =
                    range.first() == null
                            ? 0
                            : translator.evaluator.whole(range.first(), "the start of a loop");
            long step =
                    range.step() == null
                            ? 1
                            : translator.evaluator.whole(range.step(), "the step of a loop");
            Node lastNode = range.last();
            if (step == 0 || lastNode == null) {
                throw translator.error(range.at(), "a loop needs an end and a step that is not 0");
            }
            long last = translator.evaluator.whole(lastNode, "the end of a loop");
            long count =
                    step > 0
                            ? (last < first ? 0 : (last - first) / step + 1)
                            : last > first ? 0 : (first - last) / -step + 1;
            if (count > 0 && isFoldable(f)) {
                Names before = translator.names;
                translator.names = new Names(before);
                BlockBuilder outside = translator.out;
                translator.out = new BlockBuilder();
                translator.sequence(f.body(), 0);
                Block body = translator.out.build();
                translator.out = outside;
                translator.names = before;
                if (!body.isEmpty()) {
                    translator.emit(f.at(), new Repeat(count, body, translator.tag));
                }
                return Exit.NONE;
            }
            return rounds(f, count, k -> new Value.Scalar(Expression.of(first + k * step)));
        }
        List<Value> values = new ArrayList<>();
        if (f.values() instanceof Node.Braces braces) {
            braces.items().forEach(n -> values.add(translator.evaluator.value(n)));
        } else {
            switch (translator.evaluator.value(f.values())) {
                case Value.ArrayView a when a.dimensions().length == 1 -> {
                    for (int cell : a.cells()) {
                        values.add(new Value.Scalar(a.array().get(cell)));
                    }
                }
                case Stored s -> s.bits().forEach(b -> values.add(new Value.Scalar(b)));
                default ->
                        throw translator.error(
                                f.values().at(),
                                "a loop runs over a range, a set, an array or a bit register");
            }
        }
        return rounds(f, values.size(), k -> values.get((int) k));
    }

    private interface Values {
        Value get(long k);
    }

    /** Whether all rounds of a loop do the same and leave no trace in known variables. */
    private boolean isFoldable(Statement.For f) {
        Effects effects = Effects.of(f.body());
        if (effects.jumps
                || effects.used.contains(f.variable())
                || effects.assigned.contains(f.variable())) {
            return false;
        }
        for (String name : effects.bound) {
            if (translator.names.find(name) != null) {
                return false;
            }
        }
        for (String name : effects.assigned) {
            switch (translator.names.find(name)) {
                case Symbol.Variable v when v.register == null -> {
                    return false;
                }
                case Symbol.Array a -> {
                    return false;
                }
                case Symbol.Static s -> {
                    return false;
                }
                case null, default -> {}
            }
        }
        return true;
    }

    private Exit rounds(Statement.For f, long count, Values values) {
        if (!Effects.of(f.body()).jumps) {
            for (long k = 0; k < count; k++) {
                countRound(f.at());
                enterRound(f, values.get(k));
                translator.sequence(f.body(), 0);
                translator.names = translator.names.outer();
            }
            return Exit.NONE;
        }
        return roundsWithJumps(f, count, values);
    }

    private void countRound(int at) {
        if (++translator.steps > Translator.MAX_STEPS + translator.textLength) {
            throw translator.error(
                    at, "this loop takes more than " + Translator.MAX_STEPS + " rounds");
        }
    }

    /** The scope of one round of a loop, with its variable. */
    private void enterRound(Statement.For f, Value value) {
        translator.names = new Names(translator.names);
        Type type = translator.evaluator.type(f.type());
        Value typed =
                type == null || value instanceof Value.Qubits
                        ? value
                        : new Value.Scalar(
                                Cast.of(type, translator.evaluator.scalar(f.values().at(), value)));
        translator.names.put(f.variable(), new Symbol.Fixed(typed, true));
    }

    private Exit roundsWithJumps(Statement.For f, long count, Values values) {
        var own = new Loop(translator.loop, f, translator.blockDepth);
        translator.loop = own;
        BlockBuilder outside = translator.out;
        translator.out = new BlockBuilder();
        Exit all = Exit.NONE;
        for (long k = 0; k < count; k++) {
            countRound(f.at());
            Value value = values.get(k);
            Exit exit;
            Set<ClassicalRegister> guards = all.without(own.continueFlag, null).flags();
            if (guards.isEmpty()) {
                exit = round(f, own, value);
            } else {
                Value roundValue = value;
                exit = translator.unless(f.at(), guards, f.body(), () -> round(f, own, roundValue));
            }
            all = new Exit(null, all.flags()).withFlags(exit.flags());
            if (exit.jump() != null && !exit.jump().equals("continue")) {
                all = new Exit(exit.jump(), all.flags());
                break;
            }
        }
        Block body = translator.out.build();
        translator.out = outside;
        if (own.breakFlag != null) {
            translator.emit(
                    f.at(), new Assignment(own.breakFlag, Expression.of(false), translator.tag));
        }
        translator.out.append(body);
        translator.loop = own.outer;
        Exit rest = all.without(own.breakFlag, own.continueFlag);
        return "break".equals(rest.jump()) ? new Exit(null, rest.flags()) : rest;
    }

    private Exit round(Statement.For f, Loop own, Value value) {
        enterRound(f, value);
        BlockBuilder outside = translator.out;
        translator.out = new BlockBuilder();
        Exit exit = translator.sequence(f.body(), 0);
        Block body = translator.out.build();
        translator.out = outside;
        if (own.continueFlag != null) {
            translator.emit(
                    f.at(), new Assignment(own.continueFlag, Expression.of(false), translator.tag));
        }
        translator.out.append(body);
        translator.names = translator.names.outer();
        return exit;
    }

    Exit loop(Statement.WhileLoop w) {
        var own = new Loop(translator.loop, w, translator.blockDepth);
        Exit all = Exit.NONE;
        while (true) {
            if (++translator.steps > Translator.MAX_STEPS + translator.textLength) {
                throw translator.error(
                        w.at(),
                        "this loop takes more than " + Translator.MAX_STEPS + " rounds",
                        "Maybe it does not end.");
            }
            Expression condition = translator.evaluator.scalar(w.condition());
            Double known = condition.constant();
            if (known == null) {
                return runTimeLoop(w, all);
            }
            if (known == 0) {
                return all;
            }
            translator.loop = own;
            Exit exit = translator.inScope(w.body());
            translator.loop = own.outer;
            if (!exit.flags().isEmpty()) {
                throw translator.error(
                        w.at(),
                        "a loop whose condition is known cannot be left by a measurement",
                        "Maybe put the measured condition into the while.");
            }
            if (exit.jump() != null && !exit.jump().equals("continue")) {
                return exit.jump().equals("break") ? all : exit;
            }
        }
    }

    private Exit runTimeLoop(Statement.WhileLoop w, Exit before) {
        translator.variables.demoteAssigned(w.body());
        Expression condition = translator.evaluator.scalar(w.condition());
        var own = new Loop(translator.loop, w, translator.blockDepth);
        translator.loop = own;
        // What the condition measures or calls is done before each test: once here and once at the
        // end of each round.
        Translator.Nested body =
                translator.nested(
                        w.at(),
                        () -> {
                            Exit exit = translator.inScope(w.body());
                            translator.evaluator.scalar(w.condition());
                            return exit;
                        });
        translator.loop = own.outer;
        Exit exit = body.exit().without(own.continueFlag, null);
        Expression going = condition;
        var round = new BlockBuilder();
        if (own.continueFlag != null) {
            round.append(new Assignment(own.continueFlag, Expression.of(false), translator.tag));
        }
        round.append(body.block());
        if ("break".equals(body.exit().jump()) && own.breakFlag == null) {
            own.breakFlag = flag(w, "break_flag");
            round.append(new Assignment(own.breakFlag, Expression.of(true), translator.tag));
        }
        if (own.breakFlag != null) {
            translator.emit(
                    w.at(), new Assignment(own.breakFlag, Expression.of(false), translator.tag));
            going = going.and(own.breakFlag.not());
        }
        for (ClassicalRegister flag : exit.without(own.breakFlag, null).flags()) {
            going = going.and(flag.not());
        }
        translator.emit(w.at(), new While(going, round.build(), translator.tag));
        return before.withFlags(exit.without(own.breakFlag, own.continueFlag).flags());
    }

    ClassicalRegister flag(Object site, String name) {
        Map<String, Object> sites =
                translator.flagSites.computeIfAbsent(site, x -> new HashMap<>());
        ClassicalRegister register =
                translator.storage.register(
                        sites.computeIfAbsent(name, n -> new Object()), name, Type.BOOL, 1);
        if (register == null) {
            throw translator.error(0, "there are too many classical bits");
        }
        return register;
    }

    Exit jump(Statement.Jump j) {
        if (j.word().equals("end")) {
            Frame f = translator.frame;
            if (translator.blockDepth == 0) {
                return Exit.certain("end");
            }
            if (f == null || !f.program) {
                throw translator.error(
                        j.at(),
                        "end cannot be reached in a subroutine under a condition that depends on measurements");
            }
            f.exitFlag = f.exitFlag == null ? flag(f.site, "end_flag") : f.exitFlag;
            translator.emit(
                    j.at(), new Assignment(f.exitFlag, Expression.of(true), translator.tag));
            return new Exit("end", Set.of(f.exitFlag));
        }
        Loop own = translator.loop;
        if (own == null) {
            throw translator.error(j.at(), j.word() + " stands outside of a loop");
        }
        boolean certain = translator.blockDepth == own.depth;
        if (own.site instanceof Statement.For && certain) {
            return Exit.certain(j.word());
        }
        if (certain) {
            return Exit.certain(j.word());
        }
        boolean breaks = j.word().equals("break");
        ClassicalRegister flag = flag(own.site, breaks ? "break_flag" : "continue_flag");
        if (breaks) {
            own.breakFlag = flag;
        } else {
            own.continueFlag = flag;
        }
        translator.emit(j.at(), new Assignment(flag, Expression.of(true), translator.tag));
        return new Exit(j.word(), Set.of(flag));
    }
}
