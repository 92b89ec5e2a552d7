package org.jaket.circuit.stim;

import org.jaket.circuit.Block;
import org.jaket.circuit.BlockBuilder;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.Operation;
import org.jaket.circuit.ParseException;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.expression.Expression;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Reads Stim's circuit language in one pass: {@code NAME[tag](arguments) targets}, one instruction
 * a line, REPEAT and IF blocks in braces, # comments. Names do not depend on case.
 */
final class CircuitReader {
    /**
     * A block that is not closed yet.
     *
     * @param count how often it is repeated
     * @param condition of an IF or ELSE block; null for a REPEAT block
     * @param then the block before ELSE; null for the others
     */
    private record Open(
            BlockBuilder outer,
            long count,
            @Nullable Expression condition,
            @Nullable Block then,
            String tag,
            int position) {}

    private final StimScanner scanner;
    private final Deque<Open> open = new ArrayDeque<>();
    private BlockBuilder block = new BlockBuilder();
    private int[] targets = new int[64];
    private int count;
    private int conditions;

    /** Where the block begins that was closed last. */
    private int lastBlock;

    /** What is looked for, if a text is read again to find where an operation stands. */
    private final @Nullable Operation sought;

    private int found = -1;

    private CircuitReader(StimScanner scanner, @Nullable Operation sought) {
        this.scanner = scanner;
        this.sought = sought;
    }

    static Block read(String source, byte[] text) {
        return new CircuitReader(new StimScanner(source, text), null).read();
    }

    /** An error at the first place where an operation stands in a text, or null if it does not. */
    static @Nullable ParseException at(
            String source, byte[] text, Operation sought, String problem) {
        CircuitReader reader = new CircuitReader(new StimScanner(source, text), sought);
        Block ignored = reader.read();
        return reader.found < 0 ? null : reader.scanner.error(reader.found, problem, null);
    }

    private void append(Operation operation, int position) {
        if (sought != null && found < 0 && operation.isFirstPartOf(sought)) {
            found = position;
        }
        block.append(operation);
    }

    private Block read() {
        while (true) {
            scanner.skipBetweenInstructions();
            if (scanner.atEnd()) {
                break;
            }
            if (scanner.peek() == '}') {
                close();
            } else {
                instruction();
            }
        }
        if (!open.isEmpty()) {
            throw scanner.error(
                    open.peek().position, "this block is not closed: a } is missing", null);
        }
        return built();
    }

    /** The block that was read; it is refused where its numbers leave their range. */
    private Block built() {
        try {
            return block.build();
        } catch (CircuitException e) {
            throw scanner.error(lastBlock, String.valueOf(e.getMessage()), null);
        }
    }

    private void close() {
        int position = scanner.position();
        if (open.isEmpty()) {
            throw scanner.error(position, "} without a {", null);
        }
        scanner.advance();
        Open closed = open.pop();
        Block body = built();
        lastBlock = closed.position;
        block = closed.outer;
        if (closed.condition == null) {
            append(new Repeat(closed.count, body, closed.tag), closed.position);
            return;
        }
        if (closed.then != null) {
            conditions--;
            conditional(new Conditional(closed.condition, closed.then, body, closed.tag), closed);
            return;
        }
        scanner.skipBetweenInstructions();
        if (scanner.acceptName(ResultCondition.ELSE)) {
            brace("Write it as } ELSE {.");
            open.push(new Open(block, 1, closed.condition, body, closed.tag, closed.position));
            block = new BlockBuilder();
            return;
        }
        conditions--;
        conditional(new Conditional(closed.condition, body, Block.empty(), closed.tag), closed);
    }

    private void conditional(Conditional conditional, Open closed) {
        if (!conditional.recordsEvenly()) {
            throw scanner.error(
                    closed.position,
                    "the blocks of IF and ELSE must record equally many results, not %d and %d"
                            .formatted(
                                    conditional.then().results(),
                                    conditional.otherwise().results()),
                    "Maybe record constants in the shorter one: MPAD 0.");
        }
        append(conditional, closed.position);
    }

    private void instruction() {
        int start = scanner.position();
        String name = scanner.name();
        if (name.isEmpty()) {
            throw scanner.error(start, "expected an instruction", null);
        }
        Instruction instruction = Instruction.of(name);
        boolean isCondition = name.equals(ResultCondition.IF);
        if (name.equals(ResultCondition.ELSE)) {
            throw scanner.error(start, "ELSE can only follow the } of an IF block", null);
        }
        if (instruction == null && !isCondition && !name.equals(Instruction.REPEAT)) {
            throw scanner.error(start, "unknown instruction " + name, Instruction.suggestion(name));
        }
        String tag = scanner.tag();
        List<Double> arguments = scanner.arguments();
        if (isCondition) {
            condition(start, arguments, tag);
            return;
        }
        if (instruction == null) {
            repeat(start, arguments, tag);
            return;
        }
        targets();
        if (scanner.peek() == '{') {
            throw scanner.error(scanner.position(), "{ can only follow REPEAT, IF or ELSE", null);
        }
        Operation operation;
        try {
            operation = instruction.operation(arguments, Targets.copyOf(targets, count), tag);
        } catch (CircuitException e) {
            throw scanner.error(start, String.valueOf(e.getMessage()), null);
        }
        if (conditions > 0 && !ResultCondition.allows(operation)) {
            throw scanner.error(
                    start,
                    name + " cannot stand in an IF block",
                    "Gates, noise, measurements and resets can.");
        }
        append(operation, start);
    }

    private void condition(int start, List<Double> arguments, String tag) {
        if (!arguments.isEmpty()) {
            throw scanner.error(
                    start, "IF takes no arguments in parentheses", "Write it as IF rec[-1] {.");
        }
        targets();
        Expression condition;
        try {
            condition = ResultCondition.of(Targets.copyOf(targets, count));
        } catch (CircuitException e) {
            throw scanner.error(start, String.valueOf(e.getMessage()), null);
        }
        brace("Write it as IF rec[-1] {.");
        open(start, new Open(block, 1, condition, null, tag, start));
        conditions++;
    }

    private void brace(String hint) {
        if (scanner.nextOnLine(true) || scanner.peek() != '{') {
            throw scanner.error(scanner.position(), "expected {", hint);
        }
        scanner.advance();
    }

    private void open(int start, Open opened) {
        if (open.size() == Stim.MAX_NESTING) {
            throw scanner.error(start, "blocks are nested deeper than " + Stim.MAX_NESTING, null);
        }
        open.push(opened);
        block = new BlockBuilder();
    }

    private void repeat(int start, List<Double> arguments, String tag) {
        if (!arguments.isEmpty()) {
            throw scanner.error(
                    start, "REPEAT takes no arguments in parentheses", "Write it as REPEAT 100 {.");
        }
        if (!scanner.nextOnLine(true)) {
            throw scanner.error(
                    scanner.position(),
                    "expected the number of repetitions",
                    "Write it as REPEAT 100 {.");
        }
        int at = scanner.position();
        long times = scanner.whole(Long.MAX_VALUE, "the number of repetitions");
        if (times == 0) {
            throw scanner.error(at, "a block cannot be repeated 0 times", null);
        }
        brace("Write it as REPEAT 100 {.");
        open(start, new Open(block, times, null, null, tag, start));
    }

    private void targets() {
        count = 0;
        boolean needsBlank = true;
        while (scanner.peek() == '*' || scanner.nextOnLine(needsBlank)) {
            int target = target();
            if (count == targets.length) {
                targets = Arrays.copyOf(targets, 2 * count);
            }
            targets[count++] = target;
            needsBlank = !Target.isCombiner(target);
        }
    }

    private int target() {
        int start = scanner.position();
        int c = scanner.peek();
        if (c >= '0' && c <= '9') {
            return (int) scanner.whole(Target.LIMIT, "a qubit");
        }
        switch (c) {
            case '*' -> {
                scanner.advance();
                return Target.COMBINER;
            }
            case '!' -> {
                scanner.advance();
                int next = scanner.peek();
                if (next == '!' || next == '*' || next == 'r' || next == 's') {
                    throw scanner.error(
                            start, "! must stand before a qubit or a Pauli letter", null);
                }
                return Target.inverted(target());
            }
            case 'r' -> {
                scanner.expect("rec[-");
                int at = scanner.position();
                int lookback = (int) scanner.whole(Target.LIMIT, "a look-back");
                if (lookback == 0) {
                    throw scanner.error(
                            at, "rec[-0] is no result: the latest one is rec[-1]", null);
                }
                scanner.expect("]");
                return Target.record(lookback);
            }
            case 's' -> {
                scanner.expect("sweep[");
                int index = (int) scanner.whole(Target.LIMIT, "a sweep bit");
                scanner.expect("]");
                return Target.sweep(index);
            }
            case 'X', 'x' -> {
                return pauli(Pauli.X);
            }
            case 'Y', 'y' -> {
                return pauli(Pauli.Y);
            }
            case 'Z', 'z' -> {
                return pauli(Pauli.Z);
            }
            default ->
                    throw scanner.error(
                            start,
                            "this is not a target",
                            "Targets look like 5, !5, rec[-1], sweep[0], X2, !Z3 or X1*Y2.");
        }
    }

    private int pauli(Pauli letter) {
        scanner.advance();
        return Target.pauli(letter, (int) scanner.whole(Target.LIMIT, "a qubit"));
    }
}
