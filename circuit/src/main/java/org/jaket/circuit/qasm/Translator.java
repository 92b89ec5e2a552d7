package org.jaket.circuit.qasm;

import org.jaket.circuit.Assignment;
import org.jaket.circuit.Block;
import org.jaket.circuit.BlockBuilder;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.Operation;
import org.jaket.circuit.ParseException;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Reset;
import org.jaket.circuit.Targets;
import org.jaket.circuit.While;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Type;
import org.jaket.circuit.gate.Gate;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns a program into a circuit by running it as far as it can be run without measurement results.
 *
 * <p>Variables with known values are followed here: loops over known ranges unroll (or fold into a
 * {@link Repeat} when all rounds are alike), branches on known conditions are taken. A variable
 * that comes to depend on a measurement moves into a register of the circuit, and statements on it
 * become {@link Assignment}, {@link Conditional} and {@link While}. Before such a branch or loop,
 * the known variables that it assigns move too.
 *
 * <p>An alias that is declared again in an inner block is bound anew for the enclosing block as
 * well: the language's own teleportation example passes a qubit from round to round in this way.
 */
final class Translator {
    /** The most operations that loops and calls may unroll to, beyond one a character of text. */
    static final long MAX_OPERATIONS = 2_000_000;

    /** The most statements executed while translating, beyond one a character of text. */
    static final long MAX_STEPS = 5_000_000;

    /** How deep subroutines may call each other. */
    static final int MAX_CALLS = 64;

    /** How deep blocks of the circuit may be nested. */
    static final int MAX_BLOCKS = 200;

    final int version;
    final Map<String, Double> inputs;
    final Gates gates;
    final Storage storage = new Storage();
    final Evaluator evaluator = new Evaluator(this);
    final DeclarationStatements declarations = new DeclarationStatements(this);
    final GateStatements gateStatements = new GateStatements(this);
    final Assignments assignments = new Assignments(this);
    final Variables variables = new Variables(this);
    final Loops loops = new Loops(this);
    final Subroutines subroutines = new Subroutines(this);
    final Names global = new Names(null);
    final Set<String> outputs = new HashSet<>();

    Source source;
    Names names = global;
    BlockBuilder out = new BlockBuilder();
    int blockDepth;

    /** How many characters have been read. */
    long textLength;

    private long operations;

    /** What is looked for, and what is wrong with it, if a program is translated again for that. */
    private @Nullable Operation sought;

    private String problem = "";
    private @Nullable ParseException found;
    long steps;
    @Nullable Loop loop;
    @Nullable Frame frame;

    /** What the annotations of the statement being executed say. */
    Annotations notes = Annotations.NONE;

    /** The tag for operations of that statement. */
    String tag = "";

    private Translator(Source source, int version, Map<String, Double> inputs) {
        this.source = source;
        this.textLength = source.text().length();
        this.version = version;
        this.inputs = inputs;
        this.gates = new Gates(version);
    }

    static Circuit circuit(Program program, Map<String, Double> inputs) {
        var translator = new Translator(program.source(), program.version(), inputs);
        translator.frame = new Frame(program, 0, null, true);
        translator.sequence(program.statements(), 0);
        return translator.finish(program.source());
    }

    /** An error at the first statement that gives an operation, or null if there is none. */
    static @Nullable ParseException at(
            Program program, Map<String, Double> inputs, Operation sought, String problem) {
        var translator = new Translator(program.source(), program.version(), inputs);
        translator.frame = new Frame(program, 0, null, true);
        translator.sought = sought;
        translator.problem = problem;
        translator.sequence(program.statements(), 0);
        return translator.found;
    }

    private Circuit finish(Source whole) {
        List<ClassicalRegister> registers = new ArrayList<>();
        for (ClassicalRegister r : storage.registers()) {
            boolean hidden =
                    !outputs.isEmpty()
                            && r.isResult()
                            && !outputs.contains(r.name())
                            && r.size() <= Type.MAX_WIDTH;
            registers.add(
                    hidden
                            ? new ClassicalRegister(
                                    r.name(), Type.bits(r.size()), r.first(), r.size())
                            : r);
        }
        Block body = out.build();
        if (!outputs.isEmpty()) {
            Map<ClassicalRegister, ClassicalRegister> renamed = new HashMap<>();
            for (int k = 0; k < registers.size(); k++) {
                renamed.put(storage.registers().get(k), registers.get(k));
            }
            body =
                    body.mapExpressions(
                            e ->
                                    e.substitute(
                                            leaf ->
                                                    leaf instanceof ClassicalRegister r
                                                            ? renamed.getOrDefault(r, r)
                                                            : leaf));
        }
        try {
            return Circuit.of(storage.qubitRegisters(), registers, body);
        } catch (CircuitException e) {
            throw whole.error(0, String.valueOf(e.getMessage()));
        }
    }

    /** The gates that a text defines, by name. */
    static Map<String, Gate> gatesOf(String text) {
        var source = new Source("qelib1.inc", text);
        Program program = Parser.parse(source, new Includes(null), 0);
        var translator = new Translator(source, program.version(), Map.of());
        translator.sequence(program.statements(), 0);
        Map<String, Gate> found = new HashMap<>();
        for (String name : translator.global.all()) {
            if (translator.global.find(name) instanceof Symbol.NamedGate g) {
                found.put(name, g.gate());
            }
        }
        return found;
    }

    int version() {
        return version;
    }

    Names names() {
        return names;
    }

    ParseException error(int at, String problem, @Nullable String hint) {
        return source.error(at, problem, hint);
    }

    ParseException error(int at, String problem) {
        return source.error(at, problem, null);
    }

    void emit(int at, Operation operation) {
        if (++operations > MAX_OPERATIONS + textLength) {
            throw error(
                    at,
                    "the circuit has more than "
                            + MAX_OPERATIONS
                            + " operations once loops are unrolled");
        }
        Operation wanted = sought;
        if (wanted != null && found == null && operation.isFirstPartOf(wanted)) {
            found = error(at, problem);
        }
        out.append(operation);
    }

    // ---- Statements ----

    Exit inScope(List<Statement> statements) {
        Names before = names;
        names = new Names(before);
        Exit exit = sequence(statements, 0);
        names = before;
        return exit;
    }

    /**
     * Executes statements from {@code from} on; after a jump that may have happened, the rest
     * becomes conditional.
     */
    Exit sequence(List<Statement> statements, int from) {
        String outer = tag;
        try {
            return steps(statements, from);
        } finally {
            // What encloses these statements is emitted after them, with its own tag.
            tag = outer;
        }
    }

    private Exit steps(List<Statement> statements, int from) {
        for (int k = from; k < statements.size(); k++) {
            Exit exit = statement(statements.get(k));
            if (exit.jump() != null) {
                return exit;
            }
            if (!exit.flags().isEmpty() && k + 1 < statements.size()) {
                List<Statement> rest = statements.subList(k + 1, statements.size());
                return unless(statements.get(k).at(), exit.flags(), rest, () -> sequence(rest, 0));
            }
            if (!exit.flags().isEmpty()) {
                return exit;
            }
        }
        return Exit.NONE;
    }

    interface Body {
        Exit execute();
    }

    /** Executes a body in a block that runs only when none of the flags is raised. */
    Exit unless(int at, Set<ClassicalRegister> flags, List<Statement> affected, Body body) {
        variables.demoteAssigned(affected);
        Expression clear = Expression.of(true);
        for (ClassicalRegister flag : flags) {
            clear = clear.constant() != null ? flag.not() : clear.and(flag.not());
        }
        var nested = nested(at, body);
        emit(at, new Conditional(clear, nested.block, Block.empty(), tag));
        return new Exit(null, nested.exit.flags()).withFlags(flags);
    }

    record Nested(Block block, Exit exit) {}

    /** Executes a body into a block of its own. */
    Nested nested(int at, Body body) {
        if (++blockDepth > MAX_BLOCKS) {
            throw error(
                    at, "blocks that depend on measurements are nested deeper than " + MAX_BLOCKS);
        }
        BlockBuilder before = out;
        out = new BlockBuilder();
        Exit exit = body.execute();
        Block block = out.build();
        out = before;
        blockDepth--;
        return new Nested(block, exit);
    }

    private Exit statement(Statement statement) {
        if (++steps > MAX_STEPS + textLength) {
            throw error(
                    statement.at(),
                    "the program executes more than "
                            + MAX_STEPS
                            + " statements while it is translated",
                    "Maybe a loop does not end.");
        }
        try {
            notes = Annotations.NONE;
            tag = "";
            return execute(statement);
        } catch (ParseException e) {
            throw e;
        } catch (IllegalArgumentException | ArithmeticException e) {
            // Circuits, gates and expressions check what they are made of.
            throw error(statement.at(), String.valueOf(e.getMessage()));
        }
    }

    private Exit execute(Statement statement) {
        switch (statement) {
            case Statement.Include i -> {
                return include(i);
            }
            case Statement.Annotated a -> {
                notes = a.annotations();
                tag = notes.tag();
                return execute(a.statement());
            }
            case Statement.QubitDeclaration q -> declarations.declareQubits(q);
            case Statement.Declaration d -> declarations.declare(d);
            case Statement.InputOutput io -> declarations.inputOutput(io);
            case Statement.Alias a -> declarations.alias(a);
            case Statement.GateDefinition g -> gateStatements.defineGate(g);
            case Statement.OpaqueGate o -> define(o.at(), o.name(), new Symbol.Opaque());
            case Statement.Subroutine s ->
                    define(s.at(), s.name(), new Symbol.Definition(s, source));
            case Statement.Extern e -> define(e.at(), e.name(), new Symbol.External());
            case Statement.GateCall g -> gateStatements.gateCall(g);
            case Statement.Assign a -> assignments.assign(a);
            case Statement.ExpressionStatement e -> assignments.expression(e);
            case Statement.ResetStatement r -> {
                Value.Qubits q = gateStatements.qubits(r.operand());
                emit(r.at(), new Reset(Pauli.Z, Targets.of(q.indices()), tag));
            }
            case Statement.BarrierStatement b -> gateStatements.barrier(b);
            case Statement.DelayStatement d -> gateStatements.delay(d);
            case Statement.Scope s -> {
                return inScope(s.body());
            }
            case Statement.If i -> {
                return condition(i);
            }
            case Statement.For f -> {
                return loops.loop(f);
            }
            case Statement.WhileLoop w -> {
                return loops.loop(w);
            }
            case Statement.Switch s -> {
                return choose(s);
            }
            case Statement.Jump j -> {
                return loops.jump(j);
            }
            case Statement.Return r -> {
                return subroutines.leave(r);
            }
            case Statement.Pragma p -> Pragmas.define(this, p);
            case Statement.Calibration c -> {
                if (c.what().equals("cal")) {
                    throw error(
                            c.at(),
                            "cal blocks describe pulses, which a simulator of qubits cannot run");
                }
            }
        }
        return Exit.NONE;
    }

    private Exit include(Statement.Include i) {
        Program program = i.program();
        if (program == null) {
            gates.include(i.name());
            return Exit.NONE;
        }
        Source before = source;
        source = program.source();
        textLength += source.text().length();
        Exit exit = sequence(program.statements(), 0);
        source = before;
        return exit;
    }

    /** Gives a name its meaning in the current scope. */
    void define(int at, String name, Symbol symbol) {
        if (names.here(name) != null) {
            throw error(at, name + " is declared already");
        }
        names.put(name, symbol);
    }

    // ---- Branches ----

    private Exit condition(Statement.If i) {
        Expression condition = evaluator.scalar(i.condition());
        Double known = condition.constant();
        if (known != null) {
            return inScope(known != 0 ? i.then() : i.otherwise());
        }
        variables.demoteAssigned(i.then());
        variables.demoteAssigned(i.otherwise());
        return branch(i.at(), condition, () -> inScope(i.then()), () -> inScope(i.otherwise()));
    }

    private Exit branch(int at, Expression condition, Body then, Body otherwise) {
        Nested yes = nested(at, then);
        Nested no = nested(at, otherwise);
        if (!yes.block.isEmpty() || !no.block.isEmpty()) {
            emit(at, new Conditional(condition, yes.block, no.block, tag));
        }
        return yes.exit.or(no.exit);
    }

    private Exit choose(Statement.Switch s) {
        Expression value = evaluator.scalar(s.value());
        List<Statement> otherwise = s.otherwise() == null ? List.of() : s.otherwise();
        if (value.constant() == null) {
            s.cases().forEach(c -> variables.demoteAssigned(c.body()));
            variables.demoteAssigned(otherwise);
        }
        return choose(s, value, 0, otherwise);
    }

    private Exit choose(Statement.Switch s, Expression value, int from, List<Statement> otherwise) {
        for (int k = from; k < s.cases().size(); k++) {
            Statement.Case c = s.cases().get(k);
            Expression matches = Expression.of(false);
            for (Node node : c.values()) {
                Expression equal = value.isEqualTo(evaluator.scalar(node));
                matches =
                        matches.constant() != null && matches.constant() == 0
                                ? equal
                                : matches.or(equal);
            }
            Double known = matches.constant();
            if (known == null) {
                int next = k + 1;
                return branch(
                        c.at(),
                        matches,
                        () -> inScope(c.body()),
                        () -> choose(s, value, next, otherwise));
            }
            if (known != 0) {
                return inScope(c.body());
            }
        }
        return inScope(otherwise);
    }
}
