package org.jaket.circuit.qasm;

import org.jaket.circuit.qasm.Node.TypeNode;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The expression half of the parser: precedence climbing over the operators of OpenQASM 2 and 3.
 */
final class Expressions {
    /** How deep an expression may be, counting each operator of a chain. */
    static final int MAX_DEPTH = 400;

    static final Set<String> SCALAR_TYPES =
            Set.of(
                    "bit",
                    "bool",
                    "int",
                    "uint",
                    "float",
                    "angle",
                    "complex",
                    "duration",
                    "stretch");

    private static final int UNARY = 12;
    private static final Map<String, Integer> STRENGTH =
            Map.ofEntries(
                    Map.entry("||", 1),
                    Map.entry("&&", 2),
                    Map.entry("|", 3),
                    Map.entry("^", 4),
                    Map.entry("&", 5),
                    Map.entry("==", 6),
                    Map.entry("!=", 6),
                    Map.entry("<", 7),
                    Map.entry("<=", 7),
                    Map.entry(">", 7),
                    Map.entry(">=", 7),
                    Map.entry("<<", 8),
                    Map.entry(">>", 8),
                    Map.entry("+", 9),
                    Map.entry("-", 9),
                    Map.entry("*", 10),
                    Map.entry("/", 10),
                    Map.entry("%", 10),
                    Map.entry("**", 13));

    private final Source source;
    private final Lexer lexer;
    private final int version;
    private int depth;

    Expressions(Source source, Lexer lexer, int version) {
        this.source = source;
        this.lexer = lexer;
        this.version = version;
    }

    Node expression() {
        return binary(1);
    }

    private void enter() {
        if (++depth > MAX_DEPTH) {
            throw source.error(
                    lexer.start(),
                    "this expression is deeper than " + MAX_DEPTH + " operators and parentheses");
        }
    }

    private int strength(String operator) {
        if (version == 2 && operator.equals("^")) {
            return 13;
        }
        return STRENGTH.getOrDefault(operator, 0);
    }

    private Node binary(int weakest) {
        int entered = depth;
        enter();
        Node left = unary();
        while (lexer.kind() == Token.SYMBOL) {
            String operator = lexer.value();
            int strength = strength(operator);
            if (strength < weakest || strength == 0) {
                break;
            }
            // Each operator of a chain makes the tree one level deeper.
            enter();
            int at = lexer.start();
            lexer.next();
            boolean power = strength == 13;
            Node right = binary(power ? strength : strength + 1);
            left = new Node.BinaryNode(at, power ? "**" : operator, left, right);
        }
        depth = entered;
        return left;
    }

    private Node unary() {
        if (lexer.kind() == Token.SYMBOL
                && (lexer.is("-") || lexer.is("!") || lexer.is("~") || lexer.is("+"))) {
            int at = lexer.start();
            String operator = lexer.value();
            lexer.next();
            // A power binds tighter than the sign before it.
            Node operand = binary(UNARY);
            return operator.equals("+") ? operand : new Node.UnaryNode(at, operator, operand);
        }
        Node node = primary();
        while (lexer.is("[")) {
            enter();
            node = index(node);
        }
        return node;
    }

    private Node primary() {
        int at = lexer.start();
        String text = lexer.value();
        switch (lexer.kind()) {
            case INTEGER -> {
                lexer.next();
                return new Node.IntegerLiteral(at, text);
            }
            case REAL -> {
                lexer.next();
                return new Node.RealLiteral(at, number(at, text));
            }
            case IMAGINARY -> {
                lexer.next();
                return new Node.ImaginaryLiteral(at, number(at, text));
            }
            case TIMING -> {
                lexer.next();
                return new Node.Timing(at, seconds(at, text));
            }
            case HARDWARE_QUBIT -> {
                lexer.next();
                return new Node.HardwareQubit(at, small(at, text));
            }
            case STRING -> {
                lexer.next();
                String bits = text.replace("_", "");
                if (!bits.matches("[01]+")) {
                    throw source.error(at, "a bit string is made of 0 and 1");
                }
                return new Node.BitString(at, bits);
            }
            case IDENTIFIER -> {
                return named(at, text);
            }
            default -> {}
        }
        if (lexer.is("(")) {
            enter();
            lexer.next();
            Node inner = expression();
            expect(")");
            depth--;
            return inner;
        }
        if (lexer.is("{")) {
            return braces();
        }
        throw source.error(at, "expected an expression, found " + found());
    }

    private Node named(int at, String word) {
        if (SCALAR_TYPES.contains(word) || word.equals("array")) {
            TypeNode type = type();
            expect("(");
            Node operand = expression();
            expect(")");
            return new Node.CastNode(at, type, operand);
        }
        lexer.next();
        switch (word) {
            case "true", "false" -> {
                return new Node.BooleanLiteral(at, word.equals("true"));
            }
            case "measure" -> {
                return new Node.Measure(at, operand());
            }
            case "durationof" -> {
                throw source.error(at, "durationof is not supported: simulated gates take no time");
            }
            default -> {}
        }
        if (!lexer.is("(")) {
            return new Node.Name(at, word);
        }
        return new Node.Call(at, word, arguments());
    }

    /** Arguments in parentheses. */
    List<Node> arguments() {
        expect("(");
        List<Node> arguments = new ArrayList<>();
        while (!lexer.is(")")) {
            arguments.add(expression());
            if (!lexer.is(",")) {
                break;
            }
            lexer.next();
        }
        expect(")");
        return arguments;
    }

    /** A gate's operand: a name with indices, or a physical qubit. */
    Node operand() {
        int at = lexer.start();
        if (lexer.kind() == Token.HARDWARE_QUBIT) {
            int number = small(at, lexer.value());
            lexer.next();
            return new Node.HardwareQubit(at, number);
        }
        Node node = new Node.Name(at, identifier("a qubit"));
        while (lexer.is("[")) {
            node = index(node);
        }
        return node;
    }

    /** Operands separated by commas. */
    List<Node> operands() {
        List<Node> operands = new ArrayList<>(2);
        operands.add(operand());
        while (lexer.is(",")) {
            lexer.next();
            if (lexer.is(";")) {
                break;
            }
            operands.add(operand());
        }
        return operands;
    }

    private Node index(Node base) {
        int at = lexer.start();
        expect("[");
        List<Node> items = new ArrayList<>(1);
        while (!lexer.is("]")) {
            items.add(rangeOrExpression());
            if (!lexer.is(",")) {
                break;
            }
            lexer.next();
        }
        expect("]");
        if (items.isEmpty()) {
            throw source.error(at, "an index is missing between the brackets");
        }
        return new Node.Index(at, base, items);
    }

    Node rangeOrExpression() {
        int at = lexer.start();
        Node first = lexer.is(":") ? null : expression();
        if (first != null && !lexer.is(":")) {
            return first;
        }
        expect(":");
        Node second = isRangeEnd() ? null : expression();
        if (!lexer.is(":")) {
            return new Node.Range(at, first, null, second);
        }
        lexer.next();
        Node third = isRangeEnd() ? null : expression();
        return new Node.Range(at, first, second, third);
    }

    private boolean isRangeEnd() {
        return lexer.is("]") || lexer.is(",") || lexer.is(":");
    }

    Node braces() {
        int at = lexer.start();
        int entered = depth;
        enter();
        expect("{");
        List<Node> items = new ArrayList<>();
        while (!lexer.is("}")) {
            items.add(expression());
            if (!lexer.is(",")) {
                break;
            }
            lexer.next();
        }
        expect("}");
        depth = entered;
        return new Node.Braces(at, items);
    }

    /** A scalar, array or qubit type. */
    TypeNode type() {
        int at = lexer.start();
        String access = "";
        if (lexer.isWord("readonly") || lexer.isWord("mutable")) {
            access = lexer.value();
            lexer.next();
        }
        String name = identifier("a type");
        if (name.equals("array")) {
            expect("[");
            if (!SCALAR_TYPES.contains(lexer.value())) {
                throw source.error(lexer.start(), "arrays hold scalar types, not " + found());
            }
            TypeNode element = type();
            List<Node> dimensions = new ArrayList<>();
            Node count = null;
            while (lexer.is(",")) {
                lexer.next();
                if (lexer.is("#")) {
                    lexer.next();
                    expectWord("dim");
                    expect("=");
                    count = expression();
                } else if (!lexer.is("]")) {
                    dimensions.add(expression());
                }
            }
            expect("]");
            return new TypeNode(at, name, null, element, dimensions, count, access);
        }
        if (name.equals("complex")) {
            if (lexer.is("[")) {
                lexer.next();
                expectWord("float");
                designator();
                expect("]");
            }
            return TypeNode.scalar(at, name, null);
        }
        return TypeNode.scalar(at, name, designator());
    }

    /** A size in brackets, or null. */
    @Nullable Node designator() {
        if (!lexer.is("[")) {
            return null;
        }
        lexer.next();
        Node size = expression();
        expect("]");
        return size;
    }

    String identifier(String what) {
        if (lexer.kind() != Token.IDENTIFIER) {
            throw source.error(lexer.start(), "expected " + what + ", found " + found());
        }
        String name = lexer.value();
        lexer.next();
        return name;
    }

    void expectWord(String word) {
        if (!lexer.isWord(word)) {
            throw source.error(lexer.start(), "expected " + word + ", found " + found());
        }
        lexer.next();
    }

    void expect(String symbol) {
        if (!lexer.is(symbol)) {
            // What is missing is missing behind the token before, which may stand lines above.
            boolean missing = symbol.equals(";");
            throw source.error(
                    missing ? lexer.previousEnd() : lexer.start(),
                    "expected " + symbol + ", found " + found());
        }
        lexer.next();
    }

    String found() {
        return lexer.kind() == Token.END
                ? "the end of the text"
                : "\"" + Text.shortened(lexer.value()) + "\"";
    }

    private double number(int at, String digits) {
        double value = Double.parseDouble(digits);
        if (!Double.isFinite(value)) {
            throw source.error(at, "this number is too large");
        }
        return value;
    }

    private double seconds(int at, String text) {
        String[] parts = text.split(" ");
        double unit =
                switch (parts[1]) {
                    case "s" -> 1;
                    case "ms" -> 1e-3;
                    case "us", "µs", "μs" -> 1e-6;
                    case "ns" -> 1e-9;
                    // A device's own time step; without a device it counts as one nanosecond.
                    default -> 1e-9;
                };
        return number(at, parts[0]) * unit;
    }

    private int small(int at, String digits) {
        if (digits.length() > 8) {
            throw source.error(at, "this number is too large");
        }
        return Integer.parseInt(digits);
    }
}
