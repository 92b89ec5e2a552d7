package org.jaket.circuit.qasm;

import org.jaket.circuit.ParseException;
import org.jaket.circuit.expression.Binary;
import org.jaket.circuit.expression.Bit;
import org.jaket.circuit.expression.Cast;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.expression.Constant;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Type;
import org.jaket.circuit.expression.Unary;
import org.jaket.circuit.qasm.Node.TypeNode;
import org.jaket.circuit.qasm.Value.Scalar;
import org.jaket.circuit.qasm.Value.Stored;
import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Computes expressions as far as they are known; what depends on measurements stays an {@link
 * Expression} of the circuit.
 *
 * <p>Whole numbers divide as whole numbers, with one exception: a quotient of two literals that is
 * not whole, as in {@code arccos(3 / 5)}, is the fraction that was written.
 */
final class Evaluator {
    /** Digits of a whole number; reading takes time that grows with their square. */
    private static final int MOST_DIGITS = 4096;

    private static final Map<String, Binary.Operator> BINARY =
            Map.ofEntries(
                    Map.entry("||", Binary.Operator.OR),
                    Map.entry("&&", Binary.Operator.AND),
                    Map.entry("|", Binary.Operator.BIT_OR),
                    Map.entry("^", Binary.Operator.BIT_XOR),
                    Map.entry("&", Binary.Operator.BIT_AND),
                    Map.entry("==", Binary.Operator.EQUAL),
                    Map.entry("!=", Binary.Operator.NOT_EQUAL),
                    Map.entry("<", Binary.Operator.LESS),
                    Map.entry("<=", Binary.Operator.LESS_EQUAL),
                    Map.entry(">", Binary.Operator.GREATER),
                    Map.entry(">=", Binary.Operator.GREATER_EQUAL),
                    Map.entry("<<", Binary.Operator.SHIFT_LEFT),
                    Map.entry(">>", Binary.Operator.SHIFT_RIGHT),
                    Map.entry("+", Binary.Operator.ADD),
                    Map.entry("-", Binary.Operator.SUBTRACT),
                    Map.entry("*", Binary.Operator.MULTIPLY),
                    Map.entry("/", Binary.Operator.DIVIDE),
                    Map.entry("%", Binary.Operator.MODULO),
                    Map.entry("**", Binary.Operator.POWER));

    private static final Map<String, Unary.Operator> FUNCTIONS =
            Map.ofEntries(
                    Map.entry("sin", Unary.Operator.SIN),
                    Map.entry("cos", Unary.Operator.COS),
                    Map.entry("tan", Unary.Operator.TAN),
                    Map.entry("arcsin", Unary.Operator.ARCSIN),
                    Map.entry("arccos", Unary.Operator.ARCCOS),
                    Map.entry("arctan", Unary.Operator.ARCTAN),
                    Map.entry("exp", Unary.Operator.EXP),
                    Map.entry("log", Unary.Operator.LOG),
                    Map.entry("ln", Unary.Operator.LOG),
                    Map.entry("sqrt", Unary.Operator.SQRT),
                    Map.entry("floor", Unary.Operator.FLOOR),
                    Map.entry("ceiling", Unary.Operator.CEILING),
                    Map.entry("popcount", Unary.Operator.POPCOUNT));

    private static final Map<String, Double> CONSTANTS =
            Map.of(
                    "pi",
                    Math.PI,
                    "π",
                    Math.PI,
                    "tau",
                    2 * Math.PI,
                    "τ",
                    2 * Math.PI,
                    "euler",
                    Math.E,
                    "ℇ",
                    Math.E);

    private final Translator translator;
    private final Indexing indexing = new Indexing(this);

    /** OpenQASM 2 computes angles in real numbers: 3/4 is 0.75 there. */
    private boolean realLiterals;

    Evaluator(Translator translator) {
        this.translator = translator;
    }

    ParseException error(int at, String problem) {
        return translator.error(at, problem, null);
    }

    /** The positions that one item of an index picks among {@code size}. */
    Indexing.Selection selection(Node.Index index, int item, int size) {
        return indexing.selection(index, item, size);
    }

    Value value(Node node) {
        return switch (node) {
            case Node.IntegerLiteral i -> integer(i);
            case Node.RealLiteral r -> new Scalar(Expression.of(r.value()));
            case Node.ImaginaryLiteral i -> new Value.Complex(0, i.value());
            case Node.BooleanLiteral b -> new Scalar(Expression.of(b.value()));
            case Node.BitString b -> bitString(b);
            case Node.Timing t -> new Value.Time(t.seconds());
            case Node.Name n -> named(n);
            case Node.HardwareQubit h -> translator.declarations.hardwareQubit(h);
            case Node.UnaryNode u -> unary(u);
            case Node.BinaryNode b -> binary(b);
            case Node.Call c -> call(c);
            case Node.QuantumCall c -> {
                List<Node> all = new ArrayList<>(c.arguments());
                all.addAll(c.operands());
                yield translator.subroutines.callSubroutine(c, c.at(), c.name(), all);
            }
            case Node.CastNode c -> cast(c);
            case Node.Index i -> indexing.index(value(i.base()), i);
            case Node.Measure m -> translator.assignments.measureToTemporary(m);
            case Node.Concatenation c -> concatenation(c);
            case Node.Range r -> throw error(r.at(), "a range has no value here");
            case Node.Braces b -> throw error(b.at(), "a set or array has no value here");
            case Node.DurationOf d -> throw error(d.at(), "durationof is not supported");
        };
    }

    /** A number or truth value. */
    Expression scalar(Node node) {
        return scalar(node.at(), value(node));
    }

    Expression scalar(int at, Value value) {
        return switch (value) {
            case Scalar s -> s.expression();
            case Stored s when s.bits().size() <= Type.MAX_WIDTH -> s.expression();
            case Stored s ->
                    throw error(
                            at,
                            s.bits().size()
                                    + " bits are too many for one number (limit "
                                    + Type.MAX_WIDTH
                                    + "). Take a slice");
            case Value.ArrayView a when a.dimensions().length == 0 -> a.array().get(a.cells()[0]);
            case Value.ArrayView a -> throw error(at, "expected a number, not an array");
            case Value.Qubits q -> throw error(at, "expected a number, not a qubit");
            case Value.Time t -> throw error(at, "expected a number, not a duration");
            case Value.Complex c when c.im() == 0 -> Expression.of(c.re());
            case Value.Complex c -> throw error(at, "expected a real number, not a complex one");
            case Value.LongBits b ->
                    throw error(
                            at,
                            "a bit string of "
                                    + b.bits().length
                                    + " bits is too long for a number");
            case Value.Nothing n -> throw error(at, "this subroutine has no result");
        };
    }

    /**
     * A gate's parameter: a constant real number, or an expression of parameters and classical
     * values.
     */
    Expression parameter(Node node) {
        realLiterals = translator.version() == 2;
        Expression e = scalar(node);
        realLiterals = false;
        Double known = e.constant();
        if (known == null) {
            return e;
        }
        if (!Double.isFinite(known)) {
            throw error(node.at(), "this parameter is not a finite number: " + known);
        }
        return Expression.of((double) known);
    }

    /** A whole number that must be known now. */
    long whole(Node node, String what) {
        Expression e = scalar(node);
        if (!(e instanceof Constant c)) {
            throw error(node.at(), what + " must be known before the circuit runs");
        }
        double value = c.type().toDouble(c.raw());
        return c.type().isFloat() ? (long) value : c.raw();
    }

    private Value integer(Node.IntegerLiteral literal) {
        if (realLiterals) {
            return new Scalar(Expression.of(Double.parseDouble(literal.digits())));
        }
        String digits = literal.digits();
        if (digits.length() <= 18 && !(digits.length() > 1 && digits.charAt(0) == '0')) {
            return new Scalar(Expression.of(Long.parseLong(digits)));
        }
        BigInteger value = whole(literal);
        if (value.bitLength() > 64) {
            throw error(literal.at(), "this number has more than 64 bits");
        }
        boolean unsigned = value.bitLength() == 64;
        return new Scalar(
                new Constant(unsigned ? Type.unsigned(64) : Type.integer(64), value.longValue()));
    }

    private BigInteger whole(Node.IntegerLiteral literal) {
        String digits = literal.digits();
        int radix = 10;
        if (digits.length() > 2
                && digits.charAt(0) == '0'
                && Character.isLetter(digits.charAt(1))) {
            radix =
                    switch (Character.toLowerCase(digits.charAt(1))) {
                        case 'x' -> 16;
                        case 'b' -> 2;
                        default -> 8;
                    };
            digits = digits.substring(2);
        }
        if (digits.length() > MOST_DIGITS) {
            throw error(literal.at(), "this number is too large");
        }
        try {
            return new BigInteger(digits, radix);
        } catch (NumberFormatException e) {
            throw error(
                    literal.at(), "\"" + Text.shortened(literal.digits()) + "\" is not a number");
        }
    }

    private static Value bitString(Node.BitString b) {
        int n = b.bits().length();
        if (n <= Type.MAX_WIDTH) {
            return new Scalar(new Constant(Type.bits(n), Long.parseUnsignedLong(b.bits(), 2)));
        }
        boolean[] bits = new boolean[n];
        for (int k = 0; k < n; k++) {
            bits[k] = b.bits().charAt(n - 1 - k) == '1';
        }
        return new Value.LongBits(bits);
    }

    private Value named(Node.Name name) {
        Symbol symbol = translator.names().find(name.name());
        if (symbol == null) {
            Double constant = CONSTANTS.get(name.name());
            if (constant != null) {
                return new Scalar(Expression.of((double) constant));
            }
            throw translator.error(
                    name.at(),
                    name.name() + " is not declared",
                    ParseException.hint(name.name(), translator.names().all()));
        }
        return switch (symbol) {
            case Symbol.Fixed f -> f.value();
            case Symbol.Alias a -> a.value();
            case Symbol.Variable v -> new Scalar(v.value());
            case Symbol.Static s -> s.value;
            case Symbol.Array a -> a.view();
            default -> throw error(name.at(), name.name() + " is not a value");
        };
    }

    private Value unary(Node.UnaryNode u) {
        Value operand = value(u.operand());
        if (operand instanceof Value.Time t && u.operator().equals("-")) {
            return new Value.Time(-t.seconds());
        }
        if (operand instanceof Value.Complex c && u.operator().equals("-")) {
            return new Value.Complex(-c.re(), -c.im());
        }
        Expression e = scalar(u.operand().at(), operand);
        Unary.Operator operator =
                switch (u.operator()) {
                    case "-" -> Unary.Operator.NEGATE;
                    case "!" -> Unary.Operator.NOT;
                    default -> Unary.Operator.BIT_NOT;
                };
        return guarded(u.at(), () -> Unary.of(operator, e));
    }

    interface Computation {
        Expression compute();
    }

    Scalar guarded(int at, Computation computation) {
        try {
            return new Scalar(computation.compute());
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw error(at, String.valueOf(e.getMessage()));
        }
    }

    private Value binary(Node.BinaryNode b) {
        Value left = value(b.left());
        if (left instanceof Stored wide
                && wide.bits().size() > Type.MAX_WIDTH
                && b.right() instanceof Node.IntegerLiteral number) {
            return compareWide(b, wide, whole(number));
        }
        return binary(b, left, value(b.right()));
    }

    private Value binary(Node.BinaryNode b, Value left, Value right) {
        if (left instanceof Value.Time || right instanceof Value.Time) {
            return times(b, left, right);
        }
        if (left instanceof Value.Complex || right instanceof Value.Complex) {
            return complex(b, left, right);
        }
        if (left instanceof Stored wide && wide.bits().size() > Type.MAX_WIDTH) {
            return compareWide(b, wide, scalar(b.right().at(), right));
        }
        return binary(
                b.at(),
                b.operator(),
                scalar(b.left().at(), left),
                scalar(b.right().at(), right),
                isLiteral(b.left()) && isLiteral(b.right()));
    }

    /** An operator on two numbers; also what compound assignments use. */
    Value binary(int at, String operator, Expression left, Expression right, boolean literals) {
        Binary.Operator op = BINARY.get(operator);
        if (op == null) {
            throw error(at, "the operator " + operator + " has no meaning here");
        }
        if (op == Binary.Operator.DIVIDE
                && literals
                && left instanceof Constant a
                && right instanceof Constant c) {
            boolean whole = !a.type().isFloat() && !c.type().isFloat();
            if (whole && c.raw() != 0 && a.raw() % c.raw() != 0) {
                return new Scalar(Expression.of((double) a.raw() / c.raw()));
            }
        }
        if (op == Binary.Operator.POWER && right.constant() != null && right.constant() < 0) {
            return guarded(
                    at, () -> Binary.of(op, Cast.of(Type.FLOAT, left), Cast.of(Type.FLOAT, right)));
        }
        return guarded(at, () -> Binary.of(op, left, right));
    }

    private static boolean isLiteral(Node node) {
        return switch (node) {
            case Node.IntegerLiteral i -> true;
            case Node.UnaryNode u -> isLiteral(u.operand());
            case Node.BinaryNode b -> isLiteral(b.left()) && isLiteral(b.right());
            default -> false;
        };
    }

    /**
     * A register of more than 64 bits compared with a number: its low part equal, its high parts
     * zero.
     */
    private Value compareWide(Node.BinaryNode b, Stored wide, Expression number) {
        return compareWide(b, wide, from -> from == 0 ? number : Expression.of(0L));
    }

    /** The same with a number of any size. */
    private Value compareWide(Node.BinaryNode b, Stored wide, BigInteger number) {
        Type whole = Type.unsigned(Type.MAX_WIDTH);
        Value compared =
                compareWide(
                        b, wide, from -> new Constant(whole, number.shiftRight(from).longValue()));
        boolean fits = number.bitLength() <= wide.bits().size();
        return fits ? compared : new Scalar(Expression.of(b.operator().equals("!=")));
    }

    private Value compareWide(Node.BinaryNode b, Stored wide, IntFunction<Expression> numberFrom) {
        if (!b.operator().equals("==") && !b.operator().equals("!=")) {
            throw error(
                    b.at(),
                    "a register of "
                            + wide.bits().size()
                            + " bits can only be compared with == and !=");
        }
        Expression equal = null;
        for (int from = 0; from < wide.bits().size(); from += Type.MAX_WIDTH) {
            int to = Math.min(wide.bits().size(), from + Type.MAX_WIDTH);
            Expression part = Stored.slice(wide.bits().subList(from, to)).expression();
            Expression same = part.isEqualTo(numberFrom.apply(from));
            equal = equal == null ? same : equal.and(same);
        }
        Expression result = equal == null ? Expression.of(true) : equal;
        return new Scalar(b.operator().equals("==") ? result : result.not());
    }

    private Value times(Node.BinaryNode b, Value left, Value right) {
        if (left instanceof Value.Time x && right instanceof Value.Time y) {
            return switch (b.operator()) {
                case "+" -> new Value.Time(x.seconds() + y.seconds());
                case "-" -> new Value.Time(x.seconds() - y.seconds());
                case "/" -> new Scalar(Expression.of(x.seconds() / y.seconds()));
                case "<", ">", "<=", ">=", "==", "!=" ->
                        binary(
                                b.at(),
                                b.operator(),
                                Expression.of(x.seconds()),
                                Expression.of(y.seconds()),
                                false);
                default -> throw error(b.at(), "durations have no operator " + b.operator());
            };
        }
        boolean timeFirst = left instanceof Value.Time;
        Value.Time time = (Value.Time) (timeFirst ? left : right);
        Double factor = scalar(b.at(), timeFirst ? right : left).constant();
        if (factor == null) {
            throw error(b.at(), "a duration must be known before the circuit runs");
        }
        return switch (b.operator()) {
            case "*" -> new Value.Time(time.seconds() * factor);
            case "/" -> {
                if (!timeFirst) {
                    throw error(b.at(), "a number cannot be divided by a duration");
                }
                yield new Value.Time(time.seconds() / factor);
            }
            default ->
                    throw error(b.at(), "a duration and a number have no operator " + b.operator());
        };
    }

    private Value complex(Node.BinaryNode b, Value left, Value right) {
        Value.Complex x = complex(b.left().at(), left);
        Value.Complex y = complex(b.right().at(), right);
        return switch (b.operator()) {
            case "+" -> new Value.Complex(x.re() + y.re(), x.im() + y.im());
            case "-" -> new Value.Complex(x.re() - y.re(), x.im() - y.im());
            case "*" ->
                    new Value.Complex(
                            x.re() * y.re() - x.im() * y.im(), x.re() * y.im() + x.im() * y.re());
            case "/" -> {
                double d = y.re() * y.re() + y.im() * y.im();
                yield new Value.Complex(
                        (x.re() * y.re() + x.im() * y.im()) / d,
                        (x.im() * y.re() - x.re() * y.im()) / d);
            }
            case "**" -> {
                double size = Math.hypot(x.re(), x.im());
                double phase = Math.atan2(x.im(), x.re());
                double newSize = Math.pow(size, y.re()) * Math.exp(-y.im() * phase);
                double newPhase = y.re() * phase + (y.im() == 0 ? 0 : y.im() * Math.log(size));
                yield new Value.Complex(newSize * Math.cos(newPhase), newSize * Math.sin(newPhase));
            }
            case "==" -> new Scalar(Expression.of(x.equals(y)));
            case "!=" -> new Scalar(Expression.of(!x.equals(y)));
            default -> throw error(b.at(), "complex numbers have no operator " + b.operator());
        };
    }

    Value.Complex complex(int at, Value value) {
        if (value instanceof Value.Complex c) {
            return c;
        }
        Double known = scalar(at, value).constant();
        if (known == null) {
            throw error(at, "a complex number must be known before the circuit runs");
        }
        return new Value.Complex(known, 0);
    }

    private Value call(Node.Call c) {
        List<Node> arguments = c.arguments();
        Unary.Operator function = FUNCTIONS.get(c.name());
        if (translator.names().find(c.name()) != null
                || function == null && !isFunction(c.name())) {
            return translator.subroutines.callSubroutine(c, c.at(), c.name(), arguments);
        }
        if (function != null) {
            argumentCount(c, 1, 1);
            Expression e = scalar(arguments.getFirst());
            return guarded(c.at(), () -> Unary.of(function, e));
        }
        return switch (c.name()) {
            case "mod", "pow", "rotl", "rotr" -> {
                argumentCount(c, 2, 2);
                Expression a = scalar(arguments.get(0));
                Expression b = scalar(arguments.get(1));
                yield switch (c.name()) {
                    case "mod" -> binary(c.at(), "%", a, b, false);
                    case "pow" -> binary(c.at(), "**", a, b, false);
                    case "rotl" ->
                            guarded(c.at(), () -> Binary.of(Binary.Operator.ROTATE_LEFT, a, b));
                    default -> guarded(c.at(), () -> Binary.of(Binary.Operator.ROTATE_RIGHT, a, b));
                };
            }
            case "real", "imag" -> {
                argumentCount(c, 1, 1);
                Value.Complex z = complex(c.at(), value(arguments.getFirst()));
                yield new Scalar(Expression.of(c.name().equals("real") ? z.re() : z.im()));
            }
            case "sizeof" -> {
                argumentCount(c, 1, 2);
                yield new Scalar(Expression.of(sizeOf(c)));
            }
            default -> throw new AssertionError(c.name());
        };
    }

    private static boolean isFunction(String name) {
        return switch (name) {
            case "mod", "pow", "rotl", "rotr", "real", "imag", "sizeof" -> true;
            default -> false;
        };
    }

    private void argumentCount(Node.Call c, int least, int most) {
        int count = c.arguments().size();
        if (count < least || count > most) {
            throw error(
                    c.at(),
                    c.name()
                            + " takes "
                            + (least == most ? "" : least + " or ")
                            + most
                            + " arguments, got "
                            + count);
        }
    }

    private long sizeOf(Node.Call c) {
        Value value = value(c.arguments().getFirst());
        long dimension = c.arguments().size() > 1 ? whole(c.arguments().get(1), "a dimension") : 0;
        int[] dimensions =
                switch (value) {
                    case Value.ArrayView a -> a.dimensions();
                    case Stored s -> new int[] {s.bits().size()};
                    case Value.Qubits q -> new int[] {q.indices().length};
                    default -> new int[0];
                };
        if (dimension < 0 || dimension >= dimensions.length) {
            throw error(c.at(), "there is no dimension " + dimension);
        }
        return dimensions[(int) dimension];
    }

    /**
     * The type that a type written in the program means.
     *
     * @return null for types whose values are not numbers: qubit, duration, stretch, complex, and
     *     bit strings longer than 64
     */
    @Nullable Type type(TypeNode node) {
        if (node.isArray()) {
            throw error(node.at(), "an array cannot stand here");
        }
        long size = node.size() == null ? 0 : whole(node.size(), "the size of a type");
        if (node.size() != null && size < 1) {
            throw error(node.at(), "the size of a type is at least 1, not " + size);
        }
        boolean wide = size > Type.MAX_WIDTH;
        if (wide && !node.name().equals("bit") && !node.name().equals("qubit")) {
            throw error(
                    node.at(),
                    node.name()
                            + "["
                            + size
                            + "] is too wide: values have up to "
                            + Type.MAX_WIDTH
                            + " bits");
        }
        int width = size == 0 ? Type.MAX_WIDTH : (int) size;
        return switch (node.name()) {
            case "bool" -> Type.BOOL;
            case "bit" -> wide ? null : Type.bits(size == 0 ? 1 : (int) size);
            case "int" -> Type.integer(width);
            case "uint" -> Type.unsigned(width);
            case "angle" -> Type.angle(width);
            case "float" -> Type.FLOAT;
            case "qubit", "duration", "stretch", "complex" -> null;
            default ->
                    throw translator.error(
                            node.at(),
                            node.name() + " is not a type",
                            ParseException.hint(node.name(), Expressions.SCALAR_TYPES));
        };
    }

    private Value cast(Node.CastNode c) {
        Value operand = value(c.operand());
        if (c.type().name().equals("complex")) {
            return complex(c.at(), operand);
        }
        Type type = type(c.type());
        if (type == null) {
            throw error(c.at(), "cannot convert to " + c.type().name() + " here");
        }
        Expression e = scalar(c.operand().at(), operand);
        return guarded(c.at(), () -> Cast.of(type, e));
    }

    private Value concatenation(Node.Concatenation c) {
        List<Value> parts = c.parts().stream().map(this::value).toList();
        if (parts.getFirst() instanceof Value.Qubits) {
            List<Integer> all = new ArrayList<>();
            for (int k = 0; k < parts.size(); k++) {
                if (!(parts.get(k) instanceof Value.Qubits q)) {
                    throw error(c.parts().get(k).at(), "only qubits can be joined to qubits");
                }
                for (int qubit : q.indices()) {
                    all.add(qubit);
                }
            }
            return new Value.Qubits(all.stream().mapToInt(Integer::intValue).toArray(), true);
        }
        List<Bit> bits = new ArrayList<>();
        for (int k = 0; k < parts.size(); k++) {
            Stored part = stored(parts.get(k));
            if (part == null) {
                throw error(c.parts().get(k).at(), "only registers can be joined");
            }
            bits.addAll(part.bits());
        }
        return Stored.slice(bits);
    }

    /** The bits in place that a value consists of, or null when it has none. */
    static @Nullable Stored stored(Value value) {
        return switch (value) {
            case Stored s -> s;
            case Scalar(ClassicalRegister r) when !r.type().isFloat() -> Stored.of(r);
            default -> null;
        };
    }
}
