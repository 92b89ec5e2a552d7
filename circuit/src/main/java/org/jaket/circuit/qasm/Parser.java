package org.jaket.circuit.qasm;

import org.jaket.circuit.qasm.Node.TypeNode;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Recursive descent over OpenQASM 2 and 3. It checks form only; what names mean is the {@link
 * Translator}'s business.
 */
final class Parser {
    /** How deep statements may be nested. */
    static final int MAX_NESTING = 200;

    /** How many modifiers one gate may have. */
    static final int MAX_MODIFIERS = 64;

    private static final Set<String> ASSIGNMENTS =
            Set.of("=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "~=", "<<=", ">>=", "**=");
    private static final Set<String> MODIFIERS = Set.of("inv", "pow", "ctrl", "negctrl");

    private final Source source;
    private final Includes includes;
    private final Lexer lexer;
    private final int version;
    private final Expressions expressions;
    private int nesting;

    private Parser(Source source, Includes includes, int forcedVersion) {
        this.source = source;
        this.includes = includes;
        this.lexer = new Lexer(source);
        this.version = version(forcedVersion);
        this.expressions = new Expressions(source, lexer, version);
    }

    /**
     * Parses a text.
     *
     * @param version 2 or 3 where the including file has decided, 0 to find out
     */
    static Program parse(Source source, Includes includes, int version) {
        var parser = new Parser(source, includes, version);
        List<Statement> statements = new ArrayList<>();
        while (parser.lexer.kind() != Token.END) {
            parser.statement(statements);
        }
        return new Program(source, parser.version, statements);
    }

    /**
     * The version line, or a guess: qreg, creg and opaque belong to version 2, everything else to
     * version 3.
     */
    private int version(int forced) {
        if (!lexer.isWord("OPENQASM")) {
            return forced != 0 ? forced : looksLikeVersion2() ? 2 : 3;
        }
        int at = lexer.start();
        lexer.next();
        String number = lexer.value();
        if (lexer.kind() != Token.REAL && lexer.kind() != Token.INTEGER) {
            throw source.error(lexer.start(), "expected the version, such as 2.0 or 3.0");
        }
        int numberAt = lexer.start();
        lexer.next();
        if (!lexer.is(";")) {
            throw source.error(lexer.previousEnd(), "expected ; after the version");
        }
        lexer.next();
        int found = number.startsWith("2") ? 2 : number.startsWith("3") ? 3 : 0;
        if (found == 0 || number.length() > 4) {
            throw source.error(
                    numberAt,
                    "OpenQASM " + Text.shortened(number) + " is not known",
                    "Versions 2.0, 3.0 and 3.1 are read.");
        }
        if (forced != 0 && forced != found) {
            throw source.error(
                    at,
                    "an OpenQASM "
                            + found
                            + " file cannot be included in an OpenQASM "
                            + forced
                            + " one");
        }
        return found;
    }

    private boolean looksLikeVersion2() {
        var ahead = new Lexer(source);
        while (ahead.kind() != Token.END) {
            if (ahead.isWord("qreg") || ahead.isWord("creg") || ahead.isWord("opaque")) {
                return true;
            }
            if (ahead.kind() == Token.STRING && ahead.value().equals("qelib1.inc")) {
                return true;
            }
            if (ahead.isWord("qubit")
                    || ahead.isWord("bit")
                    || ahead.isWord("let")
                    || ahead.isWord("def")) {
                return false;
            }
            ahead.next();
        }
        return false;
    }

    private List<Statement> block() {
        List<Statement> body = new ArrayList<>();
        if (lexer.is("{")) {
            int open = lexer.start();
            lexer.next();
            while (!lexer.is("}")) {
                if (lexer.kind() == Token.END) {
                    throw source.error(open, "this { is not closed");
                }
                statement(body);
            }
            lexer.next();
        } else {
            statement(body);
        }
        return body;
    }

    private void statement(List<Statement> to) {
        if (++nesting > MAX_NESTING) {
            throw source.error(lexer.start(), "statements are nested deeper than " + MAX_NESTING);
        }
        Annotations annotations = annotations();
        Statement statement = read();
        if (statement != null) {
            to.add(
                    annotations.equals(Annotations.NONE)
                            ? statement
                            : new Statement.Annotated(statement.at(), annotations, statement));
        }
        nesting--;
    }

    /** Annotations speak to particular compilers: those that are not ours are read past. */
    private Annotations annotations() {
        Annotations annotations = Annotations.NONE;
        while (lexer.kind() == Token.ANNOTATION) {
            int at = lexer.start();
            annotations = annotations.with(source, at, lexer.value());
            lexer.next();
            if (lexer.kind() == Token.END) {
                throw source.error(at, "an annotation needs a statement behind it");
            }
        }
        return annotations;
    }

    private @Nullable Statement read() {
        int at = lexer.start();
        switch (lexer.kind()) {
            case PRAGMA -> {
                String text = lexer.value();
                lexer.next();
                return new Statement.Pragma(at, text);
            }
            case IDENTIFIER -> {
                return word(at, lexer.value());
            }
            default -> {}
        }
        if (lexer.is("{")) {
            return new Statement.Scope(at, block());
        }
        if (lexer.is(";")) {
            lexer.next();
            return null;
        }
        Node expression = expressions.expression();
        expressions.expect(";");
        return new Statement.ExpressionStatement(at, expression);
    }

    private @Nullable Statement word(int at, String word) {
        return switch (word) {
            case "include" -> include(at);
            case "qreg", "creg" -> oldDeclaration(at, word);
            case "qubit" -> {
                lexer.next();
                Node size = expressions.designator();
                String name = expressions.identifier("a name for the qubits");
                expressions.expect(";");
                yield new Statement.QubitDeclaration(at, name, size);
            }
            case "gate" -> gate(at);
            case "opaque" -> opaque(at);
            case "def" -> subroutine(at);
            case "extern" -> extern(at);
            case "const" -> {
                lexer.next();
                yield declaration(at, true);
            }
            case "input", "output" -> {
                lexer.next();
                TypeNode type = expressions.type();
                String name = expressions.identifier("a name");
                expressions.expect(";");
                yield new Statement.InputOutput(at, word.equals("input"), type, name);
            }
            case "let" -> alias(at);
            case "measure" -> measure(at);
            case "reset" -> {
                lexer.next();
                Node operand = expressions.operand();
                expressions.expect(";");
                yield new Statement.ResetStatement(at, operand);
            }
            case "barrier" -> {
                lexer.next();
                List<Node> operands = lexer.is(";") ? List.of() : expressions.operands();
                expressions.expect(";");
                yield new Statement.BarrierStatement(at, operands);
            }
            case "delay" -> {
                lexer.next();
                Node duration = required(expressions.designator());
                List<Node> operands = lexer.is(";") ? List.of() : expressions.operands();
                expressions.expect(";");
                yield new Statement.DelayStatement(at, duration, operands);
            }
            case "nop" -> {
                lexer.next();
                if (!lexer.is(";")) {
                    expressions.operands();
                }
                expressions.expect(";");
                yield null;
            }
            case "box" -> {
                lexer.next();
                expressions.designator();
                if (!lexer.is("{")) {
                    throw source.error(lexer.start(), "expected { after box");
                }
                yield new Statement.Scope(at, block());
            }
            case "if" -> condition(at);
            case "for" -> loop(at);
            case "while" -> {
                lexer.next();
                expressions.expect("(");
                Node condition = expressions.expression();
                expressions.expect(")");
                yield new Statement.WhileLoop(at, condition, block());
            }
            case "switch" -> choice(at);
            case "break", "continue", "end" -> {
                lexer.next();
                expressions.expect(";");
                yield new Statement.Jump(at, word);
            }
            case "return" -> {
                lexer.next();
                Node value = lexer.is(";") ? null : value();
                expressions.expect(";");
                yield new Statement.Return(at, value);
            }
            case "cal", "defcal" -> calibration(at, word);
            case "defcalgrammar" -> {
                lexer.next();
                lexer.next();
                expressions.expect(";");
                yield null;
            }
            default -> {
                if (Expressions.SCALAR_TYPES.contains(word) || word.equals("array")) {
                    yield declaration(at, false);
                }
                yield call(at, word);
            }
        };
    }

    private Node required(@Nullable Node node) {
        if (node == null) {
            throw source.error(lexer.start(), "expected [");
        }
        return node;
    }

    private Statement include(int at) {
        lexer.next();
        if (lexer.kind() != Token.STRING) {
            throw source.error(lexer.start(), "expected the name of a file in quotes");
        }
        String name = lexer.value();
        int nameAt = lexer.start();
        lexer.next();
        expressions.expect(";");
        if (nesting > 1) {
            throw source.error(at, "include stands at the top level only");
        }
        return new Statement.Include(at, name, includes.read(source, nameAt, name, version));
    }

    private Statement oldDeclaration(int at, String word) {
        lexer.next();
        String name = expressions.identifier("a name");
        Node size = expressions.designator();
        if (size == null && version == 2) {
            throw source.error(
                    lexer.start(), word + " needs a size, such as " + word + " " + name + "[2]");
        }
        expressions.expect(";");
        return word.equals("qreg")
                ? new Statement.QubitDeclaration(at, name, size)
                : new Statement.Declaration(
                        at, TypeNode.scalar(at, "bit", size), name, null, false);
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        names.add(expressions.identifier("a name"));
        while (lexer.is(",")) {
            lexer.next();
            if (lexer.kind() != Token.IDENTIFIER) {
                break;
            }
            names.add(expressions.identifier("a name"));
        }
        return names;
    }

    private Statement gate(int at) {
        lexer.next();
        String name = expressions.identifier("a name for the gate");
        List<String> parameters = List.of();
        if (lexer.is("(")) {
            lexer.next();
            parameters = lexer.is(")") ? List.of() : names();
            expressions.expect(")");
        }
        List<String> qubits = names();
        if (!lexer.is("{")) {
            throw source.error(lexer.start(), "expected { with the gate's body");
        }
        return new Statement.GateDefinition(at, name, parameters, qubits, block());
    }

    private Statement opaque(int at) {
        lexer.next();
        String name = expressions.identifier("a name for the gate");
        if (lexer.is("(")) {
            lexer.next();
            if (!lexer.is(")")) {
                names();
            }
            expressions.expect(")");
        }
        names();
        expressions.expect(";");
        return new Statement.OpaqueGate(at, name);
    }

    private Statement.Argument argument() {
        int at = lexer.start();
        if (lexer.isWord("qreg") || lexer.isWord("creg")) {
            String word = lexer.value();
            lexer.next();
            String name = expressions.identifier("a name");
            Node size = expressions.designator();
            return new Statement.Argument(
                    at, TypeNode.scalar(at, word.equals("qreg") ? "qubit" : "bit", size), name);
        }
        TypeNode type = expressions.type();
        return new Statement.Argument(at, type, expressions.identifier("a name"));
    }

    private Statement subroutine(int at) {
        lexer.next();
        String name = expressions.identifier("a name for the subroutine");
        expressions.expect("(");
        List<Statement.Argument> arguments = new ArrayList<>();
        while (!lexer.is(")")) {
            arguments.add(argument());
            if (!lexer.is(",")) {
                break;
            }
            lexer.next();
        }
        expressions.expect(")");
        TypeNode result = null;
        if (lexer.is("->")) {
            lexer.next();
            result = expressions.type();
        }
        if (!lexer.is("{")) {
            throw source.error(lexer.start(), "expected { with the subroutine's body");
        }
        return new Statement.Subroutine(at, name, arguments, result, block());
    }

    private Statement extern(int at) {
        lexer.next();
        String name = expressions.identifier("a name");
        expressions.expect("(");
        while (!lexer.is(")")) {
            if (lexer.isWord("creg")) {
                lexer.next();
                expressions.designator();
            } else {
                expressions.type();
            }
            if (!lexer.is(",")) {
                break;
            }
            lexer.next();
        }
        expressions.expect(")");
        if (lexer.is("->")) {
            lexer.next();
            expressions.type();
        }
        expressions.expect(";");
        return new Statement.Extern(at, name);
    }

    private Statement declaration(int at, boolean constant) {
        TypeNode type = expressions.type();
        String name = expressions.identifier("a name");
        Node value = null;
        if (lexer.is("=")) {
            lexer.next();
            value = value();
        }
        if (constant && value == null) {
            throw source.error(lexer.start(), "a constant needs a value");
        }
        expressions.expect(";");
        return new Statement.Declaration(at, type, name, value, constant);
    }

    /**
     * The right side of an assignment: an expression, a measurement, or a subroutine with operands.
     */
    private Node value() {
        Node value = expressions.expression();
        boolean isOperand =
                lexer.kind() == Token.IDENTIFIER || lexer.kind() == Token.HARDWARE_QUBIT;
        if (isOperand && value instanceof Node.Call call) {
            return new Node.QuantumCall(
                    call.at(), call.name(), call.arguments(), expressions.operands());
        }
        if (isOperand && value instanceof Node.Name name) {
            return new Node.QuantumCall(name.at(), name.name(), List.of(), expressions.operands());
        }
        return value;
    }

    private Statement alias(int at) {
        lexer.next();
        String name = expressions.identifier("a name");
        expressions.expect("=");
        int valueAt = lexer.start();
        List<Node> parts = new ArrayList<>();
        parts.add(expressions.expression());
        while (lexer.is("++")) {
            lexer.next();
            parts.add(expressions.expression());
        }
        expressions.expect(";");
        return new Statement.Alias(
                at,
                name,
                parts.size() == 1 ? parts.getFirst() : new Node.Concatenation(valueAt, parts));
    }

    private Statement measure(int at) {
        lexer.next();
        Node measured = new Node.Measure(at, expressions.operand());
        if (lexer.is("->")) {
            lexer.next();
            Node target = expressions.operand();
            expressions.expect(";");
            return new Statement.Assign(at, target, "=", measured);
        }
        expressions.expect(";");
        return new Statement.ExpressionStatement(at, measured);
    }

    private Statement condition(int at) {
        lexer.next();
        expressions.expect("(");
        Node condition = expressions.expression();
        expressions.expect(")");
        List<Statement> then = block();
        List<Statement> otherwise = List.of();
        if (lexer.isWord("else")) {
            lexer.next();
            otherwise = block();
        }
        return new Statement.If(at, condition, then, otherwise);
    }

    private Statement loop(int at) {
        lexer.next();
        TypeNode type = expressions.type();
        String variable = expressions.identifier("the loop's variable");
        expressions.expectWord("in");
        Node values;
        if (lexer.is("[")) {
            lexer.next();
            values = expressions.rangeOrExpression();
            expressions.expect("]");
        } else {
            values = expressions.expression();
        }
        return new Statement.For(at, type, variable, values, block());
    }

    private Statement choice(int at) {
        lexer.next();
        expressions.expect("(");
        Node value = expressions.expression();
        expressions.expect(")");
        expressions.expect("{");
        List<Statement.Case> cases = new ArrayList<>();
        List<Statement> otherwise = null;
        while (!lexer.is("}")) {
            int caseAt = lexer.start();
            if (lexer.isWord("default") && otherwise == null) {
                lexer.next();
                otherwise = block();
                continue;
            }
            if (otherwise != null) {
                throw source.error(caseAt, "nothing may come after the default of a switch");
            }
            expressions.expectWord("case");
            List<Node> values = new ArrayList<>();
            values.add(expressions.expression());
            while (lexer.is(",")) {
                lexer.next();
                if (lexer.is("{")) {
                    break;
                }
                values.add(expressions.expression());
            }
            cases.add(new Statement.Case(caseAt, values, block()));
        }
        expressions.expect("}");
        return new Statement.Switch(at, value, cases, otherwise);
    }

    /** Skips to the end of a calibration block, whose grammar is not ours. */
    private Statement calibration(int at, String word) {
        lexer.next();
        int open = 0;
        do {
            if (lexer.kind() == Token.END) {
                throw source.error(at, "this " + word + " block is not closed");
            }
            open += lexer.is("{") ? 1 : lexer.is("}") ? -1 : 0;
            boolean closed = lexer.is("}") && open == 0;
            lexer.next();
            if (closed) {
                break;
            }
        } while (true);
        return new Statement.Calibration(at, word);
    }

    /** A gate call, a subroutine call, an assignment, or any other expression. */
    private Statement call(int at, String word) {
        List<Statement.Modifier> modifiers = new ArrayList<>(0);
        while (lexer.kind() == Token.IDENTIFIER && MODIFIERS.contains(lexer.value())) {
            int modifierAt = lexer.start();
            String name = lexer.value();
            lexer.next();
            Node argument = null;
            if (lexer.is("(")) {
                lexer.next();
                argument = expressions.expression();
                expressions.expect(")");
            }
            expressions.expect("@");
            modifiers.add(new Statement.Modifier(modifierAt, name, argument));
            if (modifiers.size() > MAX_MODIFIERS) {
                throw source.error(
                        modifierAt, "a gate has at most " + MAX_MODIFIERS + " modifiers");
            }
        }
        int nameAt = lexer.start();
        if (!modifiers.isEmpty()) {
            String name = expressions.identifier("a gate");
            return gateCall(nameAt, modifiers, name);
        }
        if (word.equals("gphase")) {
            lexer.next();
            return gateCall(nameAt, modifiers, word);
        }
        Node first = expressions.expression();
        if (lexer.kind() == Token.IDENTIFIER || lexer.kind() == Token.HARDWARE_QUBIT) {
            if (first instanceof Node.Name name) {
                return operands(name.at(), modifiers, name.name(), List.of());
            }
            if (first instanceof Node.Call call) {
                return operands(call.at(), modifiers, call.name(), call.arguments());
            }
        }
        // A duration in brackets between a gate's name and its qubits parses as an index; it has no
        // meaning here.
        if (lexer.kind() == Token.SYMBOL && ASSIGNMENTS.contains(lexer.value())) {
            String operator = lexer.value();
            lexer.next();
            Node value = value();
            expressions.expect(";");
            return new Statement.Assign(
                    at,
                    first,
                    operator.equals("=") ? "=" : operator.substring(0, operator.length() - 1),
                    value);
        }
        if (lexer.is("->") && (first instanceof Node.Call || first instanceof Node.Name)) {
            lexer.next();
            Node target = expressions.operand();
            expressions.expect(";");
            return new Statement.Assign(at, target, "=", first);
        }
        if (first instanceof Node.Name name && lexer.kind() != Token.SYMBOL) {
            throw source.error(
                    lexer.start(),
                    "expected the qubits of " + name.name() + ", found " + expressions.found());
        }
        expressions.expect(";");
        return new Statement.ExpressionStatement(at, first);
    }

    private Statement gateCall(int at, List<Statement.Modifier> modifiers, String name) {
        List<Node> arguments = lexer.is("(") ? expressions.arguments() : List.of();
        expressions.designator();
        if (lexer.is(";")) {
            lexer.next();
            return new Statement.GateCall(at, modifiers, name, arguments, List.of());
        }
        return operands(at, modifiers, name, arguments);
    }

    private Statement operands(
            int at, List<Statement.Modifier> modifiers, String name, List<Node> arguments) {
        List<Node> operands = expressions.operands();
        if (lexer.is("->")) {
            int arrow = lexer.start();
            lexer.next();
            Node target = expressions.operand();
            expressions.expect(";");
            if (!modifiers.isEmpty()) {
                throw source.error(arrow, "a gate has no result");
            }
            return new Statement.Assign(
                    at, target, "=", new Node.QuantumCall(at, name, arguments, operands));
        }
        expressions.expect(";");
        return new Statement.GateCall(at, modifiers, name, arguments, operands);
    }
}
