package org.jaket.circuit.qasm;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** An expression of the program, as written. {@code at} is its offset in the text. */
sealed interface Node {
    int at();

    /** A whole number, or in OpenQASM 2 any number; digits as written. */
    record IntegerLiteral(int at, String digits) implements Node {}

    record RealLiteral(int at, double value) implements Node {}

    record ImaginaryLiteral(int at, double value) implements Node {}

    record BooleanLiteral(int at, boolean value) implements Node {}

    /** A bit string, highest bit first. */
    record BitString(int at, String bits) implements Node {}

    record Timing(int at, double seconds) implements Node {}

    record Name(int at, String name) implements Node {}

    record HardwareQubit(int at, int number) implements Node {}

    record UnaryNode(int at, String operator, Node operand) implements Node {}

    record BinaryNode(int at, String operator, Node left, Node right) implements Node {}

    record Call(int at, String name, List<Node> arguments) implements Node {}

    /** A subroutine called with its operands behind it, as a gate is. */
    record QuantumCall(int at, String name, List<Node> arguments, List<Node> operands)
            implements Node {}

    record CastNode(int at, TypeNode type, Node operand) implements Node {}

    /** One pair of brackets; several items index several dimensions. */
    record Index(int at, Node base, List<Node> items) implements Node {}

    record Range(int at, @Nullable Node first, @Nullable Node step, @Nullable Node last)
            implements Node {}

    /** Braces: a set in an index, an array elsewhere. */
    record Braces(int at, List<Node> items) implements Node {}

    record Measure(int at, Node operand) implements Node {}

    record DurationOf(int at) implements Node {}

    /** {@code a ++ b}. */
    record Concatenation(int at, List<Node> parts) implements Node {}

    /**
     * A type as written.
     *
     * @param name bit, bool, int, uint, float, angle, complex, duration, stretch, qubit or array
     * @param size its designator
     * @param element the element type of an array
     * @param dimensions the sizes of an array
     * @param dimensionCount the {@code #dim} of an array reference
     * @param access readonly or mutable for array references, otherwise empty
     */
    record TypeNode(
            int at,
            String name,
            @Nullable Node size,
            @Nullable TypeNode element,
            List<Node> dimensions,
            @Nullable Node dimensionCount,
            String access) {
        static TypeNode scalar(int at, String name, @Nullable Node size) {
            return new TypeNode(at, name, size, null, List.of(), null, "");
        }

        boolean isArray() {
            return element != null;
        }
    }
}
