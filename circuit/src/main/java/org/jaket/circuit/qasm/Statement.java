package org.jaket.circuit.qasm;

import org.jaket.circuit.qasm.Node.TypeNode;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** A statement of the program, as written. {@code at} is its offset in the text. */
sealed interface Statement {
    int at();

    /** An included file, read already; null for the built-in libraries. */
    record Include(int at, String name, @Nullable Program program) implements Statement {}

    record QubitDeclaration(int at, String name, @Nullable Node size) implements Statement {}

    record Declaration(int at, TypeNode type, String name, @Nullable Node value, boolean constant)
            implements Statement {}

    record InputOutput(int at, boolean input, TypeNode type, String name) implements Statement {}

    record Alias(int at, String name, Node value) implements Statement {}

    record GateDefinition(
            int at, String name, List<String> parameters, List<String> qubits, List<Statement> body)
            implements Statement {}

    record OpaqueGate(int at, String name) implements Statement {}

    record Argument(int at, TypeNode type, String name) {}

    record Subroutine(
            int at,
            String name,
            List<Argument> arguments,
            @Nullable TypeNode result,
            List<Statement> body)
            implements Statement {}

    record Extern(int at, String name) implements Statement {}

    /** One of inv, pow, ctrl, negctrl, with its argument. */
    record Modifier(int at, String name, @Nullable Node argument) {}

    record GateCall(
            int at,
            List<Modifier> modifiers,
            String name,
            List<Node> arguments,
            List<Node> operands)
            implements Statement {}

    /** {@code operator} is "=", or "+" for += and so on. */
    record Assign(int at, Node target, String operator, Node value) implements Statement {}

    record ExpressionStatement(int at, Node expression) implements Statement {}

    record ResetStatement(int at, Node operand) implements Statement {}

    record BarrierStatement(int at, List<Node> operands) implements Statement {}

    record DelayStatement(int at, Node duration, List<Node> operands) implements Statement {}

    /** A scope of its own: braces, or a box. */
    record Scope(int at, List<Statement> body) implements Statement {}

    record If(int at, Node condition, List<Statement> then, List<Statement> otherwise)
            implements Statement {}

    record For(int at, TypeNode type, String variable, Node values, List<Statement> body)
            implements Statement {}

    record WhileLoop(int at, Node condition, List<Statement> body) implements Statement {}

    record Case(int at, List<Node> values, List<Statement> body) {}

    record Switch(int at, Node value, List<Case> cases, @Nullable List<Statement> otherwise)
            implements Statement {}

    /** break, continue or end. */
    record Jump(int at, String word) implements Statement {}

    record Return(int at, @Nullable Node value) implements Statement {}

    /** A statement with annotations that mean something here. */
    record Annotated(int at, Annotations annotations, Statement statement) implements Statement {}

    record Pragma(int at, String text) implements Statement {}

    /**
     * Something that only hardware can carry out: it parses, and it is refused when the program
     * runs.
     */
    record Calibration(int at, String what) implements Statement {}
}
