package org.jaket.circuit.qasm;

import org.jaket.circuit.Assignment;
import org.jaket.circuit.Barrier;
import org.jaket.circuit.Block;
import org.jaket.circuit.BlockBuilder;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.Delay;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.Operation;
import org.jaket.circuit.ParseException;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.QubitRegister;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Reset;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.While;
import org.jaket.circuit.expression.Binary;
import org.jaket.circuit.expression.Bit;
import org.jaket.circuit.expression.Cast;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.expression.Constant;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.expression.Type;
import org.jaket.circuit.expression.Unary;
import org.jaket.circuit.gate.DefinedGate;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.qasm.Node.TypeNode;
import org.jaket.circuit.qasm.Value.Stored;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
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
    /** The most operations of one circuit, unrolled loops counted. */
    static final long MAX_OPERATIONS = 20_000_000;

    /** The most statements executed while translating. */
    static final long MAX_STEPS = 50_000_000;

    /** How deep subroutines may call each other. */
    static final int MAX_CALLS = 64;

    /** How deep blocks of the circuit may be nested. */
    static final int MAX_BLOCKS = 200;

    private final int version;
    private final Map<String, Double> inputs;
    private final Gates gates;
    private final Storage storage = new Storage();
    private final Evaluator evaluator = new Evaluator(this);
    private final Names global = new Names(null);
    private final Set<String> outputs = new HashSet<>();
    private final Map<Integer, Value.Qubits> hardware = new HashMap<>();
    private final Set<String> calling = new HashSet<>();
    private final IdentityHashMap<Object, Map<String, Object>> flagSites = new IdentityHashMap<>();

    private Source source;
    private Names names = global;
    private BlockBuilder out = new BlockBuilder();
    private int blockDepth;
    private long operations;
    private long steps;
    private @Nullable Loop loop;
    private @Nullable Frame frame;

    /** What the annotations of the statement being executed say. */
    private Annotations notes = Annotations.NONE;

    /** The tag for operations of that statement. */
    private String tag = "";

    /** The innermost loop. */
    private static final class Loop {
        final @Nullable Loop outer;
        final Object site;
        final int depth;
        @Nullable ClassicalRegister breakFlag;
        @Nullable ClassicalRegister continueFlag;

        Loop(@Nullable Loop outer, Object site, int depth) {
            this.outer = outer;
            this.site = site;
            this.depth = depth;
        }
    }

    /** The subroutine, or the program, that is being executed. */
    private static final class Frame {
        final Object site;
        final int depth;
        final @Nullable Type resultType;
        final boolean program;
        @Nullable ClassicalRegister exitFlag;
        @Nullable ClassicalRegister result;
        @Nullable Value known;

        Frame(Object site, int depth, @Nullable Type resultType, boolean program) {
            this.site = site;
            this.depth = depth;
            this.resultType = resultType;
            this.program = program;
        }
    }

    private Translator(Source source, int version, Map<String, Double> inputs) {
        this.source = source;
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

    private ParseException error(int at, String problem) {
        return source.error(at, problem, null);
    }

    private void emit(int at, Operation operation) {
        if (++operations > MAX_OPERATIONS) {
            throw error(
                    at,
                    "the circuit has more than "
                            + MAX_OPERATIONS
                            + " operations once loops are unrolled");
        }
        out.append(operation);
    }

    // ---- Statements ----

    private Exit inScope(List<Statement> statements) {
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
    private Exit sequence(List<Statement> statements, int from) {
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

    private interface Body {
        Exit execute();
    }

    /** Executes a body in a block that runs only when none of the flags is raised. */
    private Exit unless(int at, Set<ClassicalRegister> flags, List<Statement> affected, Body body) {
        demoteAssigned(affected);
        Expression clear = Expression.of(true);
        for (ClassicalRegister flag : flags) {
            clear = clear.constant() != null ? flag.not() : clear.and(flag.not());
        }
        var nested = nested(at, body);
        emit(at, new Conditional(clear, nested.block, Block.empty(), tag));
        return new Exit(null, nested.exit.flags()).withFlags(flags);
    }

    private record Nested(Block block, Exit exit) {}

    /** Executes a body into a block of its own. */
    private Nested nested(int at, Body body) {
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
        if (++steps > MAX_STEPS) {
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
        } catch (CircuitException e) {
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
            case Statement.QubitDeclaration q -> declareQubits(q);
            case Statement.Declaration d -> declare(d);
            case Statement.InputOutput io -> inputOutput(io);
            case Statement.Alias a -> alias(a);
            case Statement.GateDefinition g -> defineGate(g);
            case Statement.OpaqueGate o -> define(o.at(), o.name(), new Symbol.Opaque());
            case Statement.Subroutine s ->
                    define(s.at(), s.name(), new Symbol.Definition(s, source));
            case Statement.Extern e -> define(e.at(), e.name(), new Symbol.External());
            case Statement.GateCall g -> gateCall(g);
            case Statement.Assign a -> assign(a);
            case Statement.ExpressionStatement e -> expression(e);
            case Statement.ResetStatement r -> {
                Value.Qubits q = qubits(r.operand());
                emit(r.at(), new Reset(Pauli.Z, Targets.of(q.indices()), tag));
            }
            case Statement.BarrierStatement b -> barrier(b);
            case Statement.DelayStatement d -> delay(d);
            case Statement.Scope s -> {
                return inScope(s.body());
            }
            case Statement.If i -> {
                return condition(i);
            }
            case Statement.For f -> {
                return loop(f);
            }
            case Statement.WhileLoop w -> {
                return loop(w);
            }
            case Statement.Switch s -> {
                return choose(s);
            }
            case Statement.Jump j -> {
                return jump(j);
            }
            case Statement.Return r -> {
                return leave(r);
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

    private void declareQubits(Statement.QubitDeclaration q) {
        long size = q.size() == null ? 1 : evaluator.whole(q.size(), "the number of qubits");
        if (size < 1) {
            throw error(q.at(), "a register has at least one qubit, not " + size);
        }
        if (names != global || blockDepth > 0) {
            throw error(q.at(), "qubits are declared at the top level only");
        }
        define(
                q.at(),
                q.name(),
                new Symbol.Fixed(
                        claim(q.at(), notes.nameOr(q.name()), size, q.size() != null), false));
    }

    private Value.Qubits claim(int at, String name, long size, boolean register) {
        QubitRegister claimed = storage.qubits(name, size);
        if (claimed == null) {
            throw error(at, size + " qubits are too many: a circuit has at most " + Target.LIMIT);
        }
        int[] indices = new int[claimed.size()];
        for (int k = 0; k < indices.length; k++) {
            indices[k] = claimed.qubit(k);
        }
        return new Value.Qubits(indices, register);
    }

    Value.Qubits hardwareQubit(Node.HardwareQubit h) {
        Value.Qubits known = hardware.get(h.number());
        if (known == null) {
            known = claim(h.at(), "$" + h.number(), 1, false);
            hardware.put(h.number(), known);
        }
        return known;
    }

    private void declare(Statement.Declaration d) {
        TypeNode written = d.type();
        if (written.isArray()) {
            declareArray(d);
            return;
        }
        if (written.name().equals("qubit")) {
            declareQubits(new Statement.QubitDeclaration(d.at(), d.name(), written.size()));
            return;
        }
        Type type = evaluator.type(written);
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
            define(d.at(), d.name(), new Symbol.Static(value));
        } else {
            var variable =
                    new Symbol.Variable(
                            notes.nameOr(d.name()), type, blockDepth, new Constant(type, 0));
            if (notes.variable()) {
                claim(d.at(), variable);
            }
            Value value = d.value() == null ? null : evaluator.value(d.value());
            define(d.at(), d.name(), variable);
            if (value != null && d.value() != null) {
                store(d, variable, Cast.of(type, evaluator.scalar(d.value().at(), value)));
            }
        }
    }

    private Value staticValue(TypeNode type, Node node) {
        Value value = evaluator.value(node);
        if (type.name().equals("complex")) {
            return evaluator.complex(node.at(), value);
        }
        if (!(value instanceof Value.Time)) {
            throw error(node.at(), "expected a duration");
        }
        return value;
    }

    private void declareConstant(Statement.Declaration d, @Nullable Type type) {
        Node node = d.value();
        if (node == null) {
            throw error(d.at(), "a constant needs a value");
        }
        Value value;
        if (type == null) {
            value = staticValue(d.type(), node);
        } else {
            Expression e = Cast.of(type, evaluator.scalar(node));
            if (!(e instanceof Constant)) {
                throw error(node.at(), "a constant's value must be known before the circuit runs");
            }
            value = new Value.Scalar(e);
        }
        // The language's own examples declare a constant twice with the same value.
        if (names.here(d.name()) instanceof Symbol.Fixed f
                && f.constant()
                && f.value().equals(value)) {
            return;
        }
        define(d.at(), d.name(), new Symbol.Fixed(value, true));
    }

    private void declareBits(Statement.Declaration d, @Nullable Type type) {
        TypeNode written = d.type();
        long size =
                written.size() == null ? 1 : evaluator.whole(written.size(), "the number of bits");
        if (size < 1) {
            throw error(d.at(), "a register has at least one bit, not " + size);
        }
        // Registers of the top level are results; those inside blocks and subroutines are scratch.
        boolean result = names == global && !notes.variable() || type == null;
        ClassicalRegister register =
                storage.register(d, notes.nameOr(d.name()), result ? null : type, size);
        if (register == null) {
            throw error(
                    d.at(), size + " bits are too many: a circuit has at most " + Storage.MAX_BITS);
        }
        Stored stored = Stored.of(register);
        // A single bit reads as a truth value, a register as a number, also when it has one bit.
        Stored visible = written.size() == null ? stored.bit(0) : stored;
        Node value = d.value();
        if (value != null) {
            storeBits(d.at(), visible, value);
        }
        define(d.at(), d.name(), new Symbol.Fixed(visible, false));
    }

    private void declareArray(Statement.Declaration d) {
        TypeNode written = d.type();
        TypeNode elementNode = written.element();
        Type element = elementNode == null ? null : evaluator.type(elementNode);
        if (element == null) {
            throw error(d.at(), "arrays hold bool, int, uint, float, angle or short bit values");
        }
        int[] dimensions = new int[written.dimensions().size()];
        long cells = 1;
        for (int k = 0; k < dimensions.length; k++) {
            long size = evaluator.whole(written.dimensions().get(k), "the size of an array");
            cells *= Math.max(0, size);
            if (size < 0 || size > ArrayVariable.MAX_CELLS || cells > ArrayVariable.MAX_CELLS) {
                throw error(
                        d.at(), "an array has at most " + ArrayVariable.MAX_CELLS + " elements");
            }
            dimensions[k] = (int) size;
        }
        var array = new ArrayVariable(d.name(), element, (int) cells, blockDepth);
        int[] all = new int[(int) cells];
        for (int k = 0; k < all.length; k++) {
            all[k] = k;
        }
        var view = new Value.ArrayView(array, dimensions, all);
        if (d.value() != null) {
            Expression[] contents = ArrayAccess.contents(evaluator, view, d.value());
            for (int k = 0; k < contents.length; k++) {
                store(d.at(), array, k, contents[k]);
            }
        }
        define(d.at(), d.name(), new Symbol.Array(view));
    }

    private void inputOutput(Statement.InputOutput io) {
        if (!io.input()) {
            declare(new Statement.Declaration(io.at(), io.type(), io.name(), null, false));
            outputs.add(io.name());
            return;
        }
        Type type = io.type().isArray() ? null : evaluator.type(io.type());
        String name = notes.nameOr(io.name());
        Double given = inputs.get(name);
        boolean real = type != null && (type.isFloat() || type.kind() == Type.Kind.ANGLE);
        if (type == null || given == null && !real) {
            throw error(
                    io.at(),
                    "input " + name + " needs a value before the circuit can be built",
                    "Maybe give it with --input " + name + "=1 or in the map of inputs.");
        }
        Expression value =
                given == null ? Parameter.of(name) : new Constant(type, type.fromDouble(given));
        define(io.at(), io.name(), new Symbol.Fixed(new Value.Scalar(value), true));
    }

    private void alias(Statement.Alias a) {
        Value value = evaluator.value(a.value());
        if (!(value instanceof Value.Qubits
                || value instanceof Stored
                || value instanceof Value.ArrayView)) {
            throw error(a.value().at(), "an alias names qubits or bits");
        }
        var symbol = new Symbol.Alias(value);
        if (names.find(a.name()) instanceof Symbol.Alias) {
            if (blockDepth > 0) {
                throw error(
                        a.at(),
                        "alias "
                                + a.name()
                                + " cannot be bound anew in a block that depends on measurements");
            }
            names.rebind(a.name(), symbol);
        } else {
            define(a.at(), a.name(), symbol);
        }
    }

    // ---- Gates ----

    private void defineGate(Statement.GateDefinition g) {
        if (names != global) {
            throw error(g.at(), "gates are defined at the top level only");
        }
        if (names.here(g.name()) != null) {
            throw error(g.at(), g.name() + " is declared already");
        }
        Names before = names;
        BlockBuilder outside = out;
        names = new Names(global);
        out = new BlockBuilder();
        Annotations given = notes;
        List<String> called = given.parameters() == null ? g.parameters() : given.parameters();
        if (called.size() != g.parameters().size()) {
            throw error(
                    g.at(),
                    Annotations.PARAMETERS
                            + " names "
                            + called.size()
                            + " parameters, but there are "
                            + g.parameters().size());
        }
        List<Parameter> formals = called.stream().map(Parameter::of).toList();
        for (int k = 0; k < formals.size(); k++) {
            define(
                    g.at(),
                    g.parameters().get(k),
                    new Symbol.Fixed(new Value.Scalar(formals.get(k)), true));
        }
        for (int k = 0; k < g.qubits().size(); k++) {
            define(
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
                throw error(
                        inside.at(),
                        "a gate's body is made of gates, barriers and loops over known ranges");
            }
        }
        sequence(g.body(), 0);
        Block body = out.build();
        names = before;
        out = outside;
        var defined = new DefinedGate(given.nameOr(g.name()), formals, g.qubits().size(), body);
        Gate gate = given.name() == null ? Gates.recognised(defined) : defined;
        names.put(g.name(), new Symbol.NamedGate(gate));
    }

    private void gateCall(Statement.GateCall g) {
        Symbol symbol = names.find(g.name());
        if (symbol instanceof Symbol.Definition && g.modifiers().isEmpty()) {
            List<Node> all = new ArrayList<>(g.arguments());
            all.addAll(g.operands());
            callSubroutine(g, g.at(), g.name(), all);
            return;
        }
        Gate gate = gate(g, symbol);
        List<Expression> parameters = new ArrayList<>(g.arguments().size());
        for (Node argument : g.arguments()) {
            parameters.add(evaluator.parameter(argument));
        }
        if (parameters.size() != gate.parameters()) {
            throw error(
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
                            argument == null ? null : evaluator.scalar(argument).constant();
                    if (exponent == null) {
                        throw error(
                                m.at(),
                                "pow needs an exponent that is known before the circuit runs");
                    }
                    gate = gate.power(exponent);
                }
                default -> {
                    long count =
                            m.argument() == null
                                    ? 1
                                    : evaluator.whole(m.argument(), "the number of controls");
                    if (count < 1 || count > 62) {
                        throw error(m.at(), "a gate can have 1 to 62 controls, not " + count);
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
                    throw error(
                            g.at(), "gate " + g.name() + " is opaque: what it does is not known");
            case null -> {
                Gate gate = gates.find(g.name());
                if (gate == null) {
                    throw error(
                            g.at(),
                            "there is no gate " + g.name(),
                            gates.hint(g.name(), names.all()));
                }
                yield gate;
            }
            default -> throw error(g.at(), g.name() + " is not a gate");
        };
    }

    /**
     * Applies a gate to its operands; registers broadcast, single qubits go along with each of
     * their qubits.
     */
    private void apply(Statement.GateCall g, Gate gate, List<Expression> parameters) {
        int arity = gate.qubits();
        if (g.operands().size() != arity) {
            throw error(
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
                    throw error(
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
            emit(g.at(), new GateOperation(gate, parameters, Targets.of(targets), tag));
        }
    }

    private Value.Qubits qubits(Node node) {
        if (evaluator.value(node) instanceof Value.Qubits q) {
            return q;
        }
        throw error(node.at(), "expected qubits");
    }

    private void barrier(Statement.BarrierStatement b) {
        if (b.operands().isEmpty()) {
            emit(b.at(), new Barrier(Targets.range(0, storage.qubits()), tag));
            return;
        }
        Targets all = Targets.none();
        for (Node operand : b.operands()) {
            all = all.then(Targets.of(qubits(operand).indices()));
        }
        emit(b.at(), new Barrier(all, tag));
    }

    private void delay(Statement.DelayStatement d) {
        if (!(evaluator.value(d.duration()) instanceof Value.Time time)) {
            throw error(d.duration().at(), "expected a duration, such as 100ns");
        }
        Targets all = Targets.none();
        for (Node operand : d.operands()) {
            all = all.then(Targets.of(qubits(operand).indices()));
        }
        emit(
                d.at(),
                new Delay(
                        time.seconds(),
                        d.operands().isEmpty() ? Targets.range(0, storage.qubits()) : all,
                        tag));
    }

    /** Defines a gate on behalf of a pragma. */
    void defineGate(int at, String name, Gate gate) {
        define(at, name, new Symbol.NamedGate(gate));
    }

    // ---- Measurements and assignments ----

    private void expression(Statement.ExpressionStatement e) {
        if (e.expression() instanceof Node.Measure m) {
            measure(m, Targets.none());
        } else {
            evaluator.value(e.expression());
        }
    }

    private void measure(Node.Measure m, Targets bits) {
        Value.Qubits q = qubits(m.operand());
        if (!bits.isEmpty() && bits.size() != q.indices().length) {
            throw error(
                    m.at(),
                    q.indices().length + " qubits are measured into " + bits.size() + " bits");
        }
        emit(m.at(), new Measurement(MeasurementKind.M, 0, Targets.of(q.indices()), bits, tag));
    }

    /** A measurement inside an expression: its results go to a register of their own. */
    Stored measureToTemporary(Node.Measure m) {
        Value.Qubits q = qubits(m.operand());
        int size = q.indices().length;
        ClassicalRegister register =
                storage.register(
                        m, "measured", size <= Type.MAX_WIDTH ? Type.bits(size) : null, size);
        if (register == null) {
            throw error(m.at(), "there are too many classical bits");
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

    private void assign(Statement.Assign a) {
        Node target = a.target();
        if (target instanceof Node.Index index) {
            assignIndexed(a, index);
            return;
        }
        if (!(target instanceof Node.Name name)) {
            throw error(target.at(), "this cannot be assigned to");
        }
        Symbol symbol = names.find(name.name());
        switch (symbol) {
            case Symbol.Variable v -> {
                if (a.value() instanceof Node.Measure m) {
                    demote(v);
                    measure(m, targets(Stored.of(registerOf(a.at(), v))));
                    return;
                }
                store(a, v, Cast.of(v.type, newValue(a, v.value())));
            }
            case Symbol.Fixed f when f.value() instanceof Stored stored -> assignBits(a, stored);
            case Symbol.Alias l when l.value() instanceof Stored stored -> assignBits(a, stored);
            case Symbol.Static s -> {
                Value value = evaluator.value(a.value());
                if (!a.operator().equals("=") || value.getClass() != s.value.getClass()) {
                    throw error(a.at(), "this variable takes values of its own type with =");
                }
                s.value = value;
            }
            case Symbol.Array array -> assignArray(a, array.view());
            case null ->
                    throw error(
                            target.at(),
                            name.name() + " is not declared",
                            Text.suggestion(name.name(), names.all()));
            default -> throw error(target.at(), name.name() + " cannot be assigned to");
        }
    }

    private Expression newValue(Statement.Assign a, Expression old) {
        Expression value = evaluator.scalar(a.value());
        return a.operator().equals("=")
                ? value
                : evaluator.scalar(
                        a.at(), evaluator.binary(a.at(), a.operator(), old, value, false));
    }

    private void assignBits(Statement.Assign a, Stored stored) {
        if (a.operator().equals("=")) {
            storeBits(a.at(), stored, a.value());
        } else {
            Expression old = evaluator.scalar(a.at(), stored);
            Expression value =
                    evaluator.scalar(
                            a.at(),
                            evaluator.binary(
                                    a.at(), a.operator(), old, evaluator.scalar(a.value()), false));
            emit(a.at(), new Assignment(old, value, tag));
        }
    }

    private void storeBits(int at, Stored target, Node node) {
        if (node instanceof Node.Measure m) {
            measure(m, targets(target));
            return;
        }
        Value value = evaluator.value(node);
        int size = target.bits().size();
        if (value instanceof Value.LongBits b) {
            if (b.bits().length != size) {
                throw error(node.at(), b.bits().length + " bits are assigned to " + size);
            }
            for (int k = 0; k < size; k++) {
                emit(at, new Assignment(target.bits().get(k), Expression.of(b.bits()[k]), tag));
            }
            return;
        }
        if (value instanceof Stored from && (size > Type.MAX_WIDTH || from.bits().size() > 1)) {
            if (from.bits().size() != size) {
                throw error(node.at(), from.bits().size() + " bits are assigned to " + size);
            }
            for (int k = 0; k < size; k += Type.MAX_WIDTH) {
                int to = Math.min(size, k + Type.MAX_WIDTH);
                Expression part =
                        size <= Type.MAX_WIDTH
                                ? target.expression()
                                : Stored.slice(target.bits().subList(k, to)).expression();
                Expression source =
                        size <= Type.MAX_WIDTH
                                ? from.expression()
                                : Stored.slice(from.bits().subList(k, to)).expression();
                emit(at, new Assignment(part, source, tag));
            }
            return;
        }
        Expression e = evaluator.scalar(node.at(), value);
        boolean bits = e.type().kind() == Type.Kind.BITS;
        if (bits && e.type().width() != size && e instanceof Constant) {
            throw error(node.at(), e.type().width() + " bits are assigned to " + size);
        }
        if (size > Type.MAX_WIDTH) {
            throw error(
                    node.at(),
                    "a register of " + size + " bits takes a bit string or another register");
        }
        emit(at, new Assignment(target.expression(), e, tag));
    }

    private void assignIndexed(Statement.Assign a, Node.Index index) {
        String root = Effects.root(index);
        Symbol symbol = names.find(root);
        if (symbol instanceof Symbol.Variable v && index.base() instanceof Node.Name) {
            assignBitsOf(a, v, index);
            return;
        }
        if (symbol instanceof Symbol.Fixed f && f.constant()) {
            throw error(index.at(), root + " is a constant");
        }
        Node item = index.items().getFirst();
        if (symbol instanceof Symbol.Fixed f
                && f.value() instanceof Stored stored
                && !(item instanceof Node.Range)
                && !(item instanceof Node.Braces)
                && !(evaluator.scalar(item) instanceof Constant)) {
            assignAt(a, stored, evaluator.scalar(item));
            return;
        }
        Value target = evaluator.value(index);
        switch (target) {
            case Stored stored -> assignBits(a, stored);
            case Value.ArrayView view -> assignArray(a, view);
            case Value.Qubits q -> throw error(a.at(), "qubits cannot be assigned to");
            default -> throw error(index.at(), "this cannot be assigned to");
        }
    }

    /**
     * Stores one bit at a place that is known only when the circuit runs: clear it, then set it.
     */
    private void assignAt(Statement.Assign a, Stored stored, Expression place) {
        if (!a.operator().equals("=") || a.value() instanceof Node.Measure) {
            throw error(
                    a.at(),
                    "a bit whose place depends on measurements takes plain values with = only");
        }
        Expression whole = evaluator.scalar(a.at(), stored);
        Type type = Type.unsigned(stored.bits().size());
        Expression mask = Binary.of(Binary.Operator.SHIFT_LEFT, new Constant(type, 1), place);
        Expression cleared =
                Binary.of(
                        Binary.Operator.BIT_AND,
                        Cast.of(type, whole),
                        Unary.of(Unary.Operator.BIT_NOT, mask));
        Expression bit = Cast.of(type, Cast.of(Type.BOOL, evaluator.scalar(a.value())));
        Expression set =
                Binary.of(
                        Binary.Operator.BIT_OR,
                        cleared,
                        Binary.of(Binary.Operator.SHIFT_LEFT, bit, place));
        emit(a.at(), new Assignment(whole, set, tag));
    }

    /** Stores to single bits of a number. */
    private void assignBitsOf(Statement.Assign a, Symbol.Variable v, Node.Index index) {
        if (v.type.isFloat()) {
            throw error(index.at(), "a float has no bits to index");
        }
        Evaluator.Selection s = evaluator.selection(index, 0, v.type.width());
        boolean measured = a.value() instanceof Node.Measure;
        Value value = measured ? new Value.Nothing() : evaluator.value(a.value());
        Expression known = measured ? null : evaluator.scalar(a.value().at(), value);
        if (v.register == null
                && known instanceof Constant c
                && a.operator().equals("=")
                && v.known instanceof Constant old) {
            requireOwnDepth(a.at(), v);
            long raw = old.raw();
            for (int k = 0; k < s.indices().length; k++) {
                long mask = 1L << s.indices()[k];
                raw = (c.raw() >>> k & 1) != 0 ? raw | mask : raw & ~mask;
            }
            v.known = new Constant(v.type, raw);
            return;
        }
        demote(v);
        ClassicalRegister register = registerOf(a.at(), v);
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
                demote(view.array(), cell);
                ClassicalRegister register = view.array().register(cell);
                if (register != null) {
                    measure(m, targets(Stored.of(register)));
                }
                return;
            }
            store(
                    a.at(),
                    view.array(),
                    cell,
                    Cast.of(view.type(), newValue(a, view.array().get(cell))));
            return;
        }
        if (!a.operator().equals("=")) {
            throw error(a.at(), "whole arrays are assigned with = only");
        }
        Expression[] contents = ArrayAccess.contents(evaluator, view, a.value());
        for (int k = 0; k < contents.length; k++) {
            store(a.at(), view.array(), view.cells()[k], contents[k]);
        }
    }

    // ---- Known and run-time variables ----

    private static boolean isKnown(Expression e) {
        return e instanceof Constant || e instanceof Parameter;
    }

    private void requireOwnDepth(int at, Symbol.Variable v) {
        if (v.depth != blockDepth) {
            throw error(
                    at,
                    "variable "
                            + v.name
                            + " is changed in a block that depends on measurements in a way that cannot"
                            + " be followed");
        }
    }

    private void store(Statement statement, Symbol.Variable v, Expression value) {
        if (v.register == null && isKnown(value)) {
            requireOwnDepth(statement.at(), v);
            v.known = value;
            return;
        }
        if (v.register == null) {
            // The first value that depends on a measurement: the old one need not be kept.
            claim(statement.at(), v);
        }
        emit(statement.at(), new Assignment(registerOf(statement.at(), v), value, tag));
    }

    private ClassicalRegister claim(int at, Symbol.Variable v) {
        ClassicalRegister register = storage.register(v, v.name, v.type, v.type.width());
        if (register == null) {
            throw error(at, "there are too many classical bits");
        }
        v.register = register;
        return register;
    }

    private ClassicalRegister registerOf(int at, Symbol.Variable v) {
        return v.register == null ? claim(at, v) : v.register;
    }

    /** Moves a variable into a register, with its value. */
    private void demote(Symbol.Variable v) {
        if (v.register == null) {
            ClassicalRegister register = claim(0, v);
            emit(0, new Assignment(register, v.known, tag));
        }
    }

    private void demote(ArrayVariable array, int cell) {
        if (array.register(cell) == null) {
            Expression value = array.get(cell);
            ClassicalRegister register =
                    storage.register(
                            new Object(),
                            array.name() + "_" + cell,
                            array.type(),
                            array.type().width());
            if (register == null) {
                throw error(0, "there are too many classical bits");
            }
            array.register(cell, register);
            emit(0, new Assignment(register, value, tag));
        }
    }

    private void store(int at, ArrayVariable array, int cell, Expression value) {
        ClassicalRegister register = array.register(cell);
        if (register == null && isKnown(value)) {
            if (array.depth() != blockDepth) {
                throw error(
                        at,
                        "array "
                                + array.name()
                                + " is changed in a block that depends on measurements in a way that"
                                + " cannot be followed");
            }
            array.set(cell, value);
            return;
        }
        demote(array, cell);
        ClassicalRegister claimed = array.register(cell);
        if (claimed != null) {
            emit(at, new Assignment(claimed, value, tag));
        }
    }

    /** Moves every known variable that the statements assign into a register. */
    private void demoteAssigned(List<Statement> statements) {
        for (String name : Effects.of(statements).assigned) {
            switch (names.find(name)) {
                case Symbol.Variable v -> demote(v);
                case Symbol.Array a -> {
                    for (int cell : a.view().cells()) {
                        demote(a.view().array(), cell);
                    }
                }
                case null, default -> {}
            }
        }
    }

    // ---- Branches ----

    private Exit condition(Statement.If i) {
        Expression condition = evaluator.scalar(i.condition());
        Double known = condition.constant();
        if (known != null) {
            return inScope(known != 0 ? i.then() : i.otherwise());
        }
        demoteAssigned(i.then());
        demoteAssigned(i.otherwise());
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
            s.cases().forEach(c -> demoteAssigned(c.body()));
            demoteAssigned(otherwise);
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

    // ---- Loops ----

    private Exit loop(Statement.For f) {
        if (f.values() instanceof Node.Range range) {
            long first =
                    range.first() == null
                            ? 0
                            : evaluator.whole(range.first(), "the start of a loop");
            long step =
                    range.step() == null ? 1 : evaluator.whole(range.step(), "the step of a loop");
            Node lastNode = range.last();
            if (step == 0 || lastNode == null) {
                throw error(range.at(), "a loop needs an end and a step that is not 0");
            }
            long last = evaluator.whole(lastNode, "the end of a loop");
            long count =
                    step > 0
                            ? (last < first ? 0 : (last - first) / step + 1)
                            : last > first ? 0 : (first - last) / -step + 1;
            if (count > 0 && isFoldable(f)) {
                Names before = names;
                names = new Names(before);
                BlockBuilder outside = out;
                out = new BlockBuilder();
                sequence(f.body(), 0);
                Block body = out.build();
                out = outside;
                names = before;
                if (!body.isEmpty()) {
                    emit(f.at(), new Repeat(count, body, tag));
                }
                return Exit.NONE;
            }
            return rounds(f, count, k -> new Value.Scalar(Expression.of(first + k * step)));
        }
        List<Value> values = new ArrayList<>();
        if (f.values() instanceof Node.Braces braces) {
            braces.items().forEach(n -> values.add(evaluator.value(n)));
        } else {
            switch (evaluator.value(f.values())) {
                case Value.ArrayView a when a.dimensions().length == 1 -> {
                    for (int cell : a.cells()) {
                        values.add(new Value.Scalar(a.array().get(cell)));
                    }
                }
                case Stored s -> s.bits().forEach(b -> values.add(new Value.Scalar(b)));
                default ->
                        throw error(
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
            if (names.find(name) != null) {
                return false;
            }
        }
        for (String name : effects.assigned) {
            switch (names.find(name)) {
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
        var own = new Loop(loop, f, blockDepth);
        loop = own;
        BlockBuilder outside = out;
        out = new BlockBuilder();
        Exit all = Exit.NONE;
        for (long k = 0; k < count; k++) {
            if (++steps > MAX_STEPS) {
                throw error(f.at(), "this loop takes more than " + MAX_STEPS + " rounds");
            }
            Value value = values.get(k);
            Exit exit;
            Set<ClassicalRegister> guards = all.without(own.continueFlag, null).flags();
            if (guards.isEmpty()) {
                exit = round(f, own, value);
            } else {
                Value roundValue = value;
                exit = unless(f.at(), guards, f.body(), () -> round(f, own, roundValue));
            }
            all = new Exit(null, all.flags()).withFlags(exit.flags());
            if (exit.jump() != null && !exit.jump().equals("continue")) {
                all = new Exit(exit.jump(), all.flags());
                break;
            }
        }
        Block body = out.build();
        out = outside;
        if (own.breakFlag != null) {
            emit(f.at(), new Assignment(own.breakFlag, Expression.of(false), tag));
        }
        out.append(body);
        loop = own.outer;
        Exit rest = all.without(own.breakFlag, own.continueFlag);
        return "break".equals(rest.jump()) ? new Exit(null, rest.flags()) : rest;
    }

    private Exit round(Statement.For f, Loop own, Value value) {
        Names before = names;
        names = new Names(before);
        Type type = evaluator.type(f.type());
        Value typed =
                type == null || value instanceof Value.Qubits
                        ? value
                        : new Value.Scalar(Cast.of(type, evaluator.scalar(f.values().at(), value)));
        names.put(f.variable(), new Symbol.Fixed(typed, true));
        BlockBuilder outside = out;
        out = new BlockBuilder();
        Exit exit = sequence(f.body(), 0);
        Block body = out.build();
        out = outside;
        if (own.continueFlag != null) {
            emit(f.at(), new Assignment(own.continueFlag, Expression.of(false), tag));
        }
        out.append(body);
        names = before;
        return exit;
    }

    private Exit loop(Statement.WhileLoop w) {
        var own = new Loop(loop, w, blockDepth);
        Exit all = Exit.NONE;
        while (true) {
            if (++steps > MAX_STEPS) {
                throw error(
                        w.at(),
                        "this loop takes more than " + MAX_STEPS + " rounds",
                        "Maybe it does not end.");
            }
            Expression condition = evaluator.scalar(w.condition());
            Double known = condition.constant();
            if (known == null) {
                return runTimeLoop(w, all);
            }
            if (known == 0) {
                return all;
            }
            loop = own;
            Exit exit = inScope(w.body());
            loop = own.outer;
            if (!exit.flags().isEmpty()) {
                throw error(
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
        demoteAssigned(w.body());
        Expression condition = evaluator.scalar(w.condition());
        var own = new Loop(loop, w, blockDepth);
        loop = own;
        // What the condition measures or calls is done before each test: once here and once at the
        // end of each round.
        Nested body =
                nested(
                        w.at(),
                        () -> {
                            Exit exit = inScope(w.body());
                            evaluator.scalar(w.condition());
                            return exit;
                        });
        loop = own.outer;
        Exit exit = body.exit.without(own.continueFlag, null);
        Expression going = condition;
        var round = new BlockBuilder();
        if (own.continueFlag != null) {
            round.append(new Assignment(own.continueFlag, Expression.of(false), tag));
        }
        round.append(body.block);
        if ("break".equals(body.exit.jump()) && own.breakFlag == null) {
            own.breakFlag = flag(w, "break_flag");
            round.append(new Assignment(own.breakFlag, Expression.of(true), tag));
        }
        if (own.breakFlag != null) {
            emit(w.at(), new Assignment(own.breakFlag, Expression.of(false), tag));
            going = going.and(own.breakFlag.not());
        }
        for (ClassicalRegister flag : exit.without(own.breakFlag, null).flags()) {
            going = going.and(flag.not());
        }
        emit(w.at(), new While(going, round.build(), tag));
        return before.withFlags(exit.without(own.breakFlag, own.continueFlag).flags());
    }

    private ClassicalRegister flag(Object site, String name) {
        Map<String, Object> sites = flagSites.computeIfAbsent(site, x -> new HashMap<>());
        ClassicalRegister register =
                storage.register(
                        sites.computeIfAbsent(name, n -> new Object()), name, Type.BOOL, 1);
        if (register == null) {
            throw error(0, "there are too many classical bits");
        }
        return register;
    }

    private Exit jump(Statement.Jump j) {
        if (j.word().equals("end")) {
            Frame f = frame;
            if (blockDepth == 0) {
                return Exit.certain("end");
            }
            if (f == null || !f.program) {
                throw error(
                        j.at(),
                        "end cannot be reached in a subroutine under a condition that depends on measurements");
            }
            f.exitFlag = f.exitFlag == null ? flag(f.site, "end_flag") : f.exitFlag;
            emit(j.at(), new Assignment(f.exitFlag, Expression.of(true), tag));
            return new Exit("end", Set.of(f.exitFlag));
        }
        Loop own = loop;
        if (own == null) {
            throw error(j.at(), j.word() + " stands outside of a loop");
        }
        boolean certain = blockDepth == own.depth;
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
        emit(j.at(), new Assignment(flag, Expression.of(true), tag));
        return new Exit(j.word(), Set.of(flag));
    }

    // ---- Subroutines ----

    private Exit leave(Statement.Return r) {
        Frame f = frame;
        if (f == null || f.program) {
            throw error(r.at(), "return stands outside of a subroutine");
        }
        Node node = r.value();
        if (blockDepth == f.depth && f.exitFlag == null) {
            if (node != null) {
                Value value = evaluator.value(node);
                Type type = f.resultType;
                f.known =
                        type == null
                                ? value
                                : copy(
                                        f,
                                        r.at(),
                                        Cast.of(type, evaluator.scalar(node.at(), value)));
            }
            return Exit.certain("return");
        }
        if (node != null && f.resultType != null) {
            ClassicalRegister result = resultOf(f);
            emit(
                    r.at(),
                    new Assignment(result, Cast.of(f.resultType, evaluator.scalar(node)), tag));
        }
        f.exitFlag = f.exitFlag == null ? flag(f.site, "return_flag") : f.exitFlag;
        emit(r.at(), new Assignment(f.exitFlag, Expression.of(true), tag));
        return new Exit("return", Set.of(f.exitFlag));
    }

    private ClassicalRegister resultOf(Frame f) {
        Type type = f.resultType;
        if (f.result == null && type != null) {
            f.result = storage.register(f.site, "result", type, type.width());
        }
        if (f.result == null) {
            throw error(0, "there are too many classical bits");
        }
        return f.result;
    }

    /** A result that depends on measurements is copied, so that a later call cannot change it. */
    private Value copy(Frame f, int at, Expression value) {
        if (isKnown(value)) {
            return new Value.Scalar(value);
        }
        ClassicalRegister result = resultOf(f);
        emit(at, new Assignment(result, value, tag));
        boolean bits = result.type().kind() == Type.Kind.BITS;
        return bits ? Stored.of(result) : new Value.Scalar(result);
    }

    /** Calls a subroutine: its body is executed in place. */
    Value callSubroutine(Object site, int at, String name, List<Node> arguments) {
        Symbol symbol = names.find(name);
        if (symbol instanceof Symbol.External) {
            throw error(at, name + " is extern: what it computes is not part of this program");
        }
        if (!(symbol instanceof Symbol.Definition definition)) {
            throw error(at, "there is no subroutine " + name, Text.suggestion(name, names.all()));
        }
        Statement.Subroutine s = definition.subroutine();
        if (s.arguments().size() != arguments.size()) {
            throw error(
                    at,
                    name
                            + " takes "
                            + s.arguments().size()
                            + " arguments, got "
                            + arguments.size());
        }
        if (!calling.add(name) || calling.size() > MAX_CALLS) {
            throw error(
                    at,
                    calling.size() > MAX_CALLS
                            ? "subroutines call each other deeper than " + MAX_CALLS
                            : name + " calls itself, which OpenQASM does not allow");
        }
        Names inside = new Names(global);
        for (int k = 0; k < arguments.size(); k++) {
            inside.put(
                    s.arguments().get(k).name(), argument(s.arguments().get(k), arguments.get(k)));
        }
        Names callerNames = names;
        Source callerSource = source;
        Frame callerFrame = frame;
        Loop callerLoop = loop;
        TypeNode resultNode = s.result();
        var own =
                new Frame(
                        site,
                        blockDepth,
                        resultNode == null ? null : evaluator.type(resultNode),
                        false);
        names = inside;
        source = definition.source();
        frame = own;
        loop = null;
        BlockBuilder outside = out;
        out = new BlockBuilder();
        Exit exit = sequence(s.body(), 0);
        Block body = out.build();
        out = outside;
        names = callerNames;
        source = callerSource;
        frame = callerFrame;
        loop = callerLoop;
        calling.remove(name);
        if (own.exitFlag != null) {
            emit(at, new Assignment(own.exitFlag, Expression.of(false), tag));
        }
        out.append(body);
        if (!exit.without(own.exitFlag, null).flags().isEmpty() || "end".equals(exit.jump())) {
            throw error(at, "end is reached inside of " + name + ", which is not supported");
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
        Value value = evaluator.value(actual);
        if (type.name().equals("qubit")) {
            if (!(value instanceof Value.Qubits q)) {
                throw error(actual.at(), formal.name() + " takes qubits");
            }
            long size =
                    type.size() == null ? 1 : evaluator.whole(type.size(), "the number of qubits");
            if (q.indices().length != size) {
                throw error(
                        actual.at(),
                        formal.name() + " takes " + size + " qubits, got " + q.indices().length);
            }
            return new Symbol.Fixed(new Value.Qubits(q.indices(), type.size() != null), false);
        }
        if (type.isArray()) {
            if (!(value instanceof Value.ArrayView view)) {
                throw error(actual.at(), formal.name() + " takes an array");
            }
            return type.access().equals("mutable")
                    ? new Symbol.Array(view)
                    : new Symbol.Fixed(view, true);
        }
        Type scalar = evaluator.type(type);
        if (scalar == null) {
            return new Symbol.Static(value);
        }
        Expression e = Cast.of(scalar, evaluator.scalar(actual.at(), value));
        var variable =
                new Symbol.Variable(formal.name(), scalar, blockDepth, new Constant(scalar, 0));
        if (isKnown(e)) {
            variable.known = e;
        } else {
            // By value: a copy, so that neither side sees the other's later changes.
            emit(actual.at(), new Assignment(registerOf(actual.at(), variable), e, tag));
        }
        return variable;
    }
}
