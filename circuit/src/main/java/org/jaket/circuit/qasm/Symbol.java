package org.jaket.circuit.qasm;

import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Type;
import org.jaket.circuit.gate.Gate;
import org.jspecify.annotations.Nullable;

/** What a name stands for. */
sealed interface Symbol {
    /** A value that does not change: constants, qubits, registers, loop variables, inputs. */
    record Fixed(Value value, boolean constant) implements Symbol {}

    /** Another name for qubits or bits. */
    record Alias(Value value) implements Symbol {}

    record NamedGate(Gate gate) implements Symbol {}

    record Opaque() implements Symbol {}

    record External() implements Symbol {}

    record Definition(Statement.Subroutine subroutine, Source source) implements Symbol {}

    record Array(Value.ArrayView view) implements Symbol {}

    /** A variable: known now, or living in a register when the circuit runs. */
    final class Variable implements Symbol {
        final String name;
        final Type type;
        final int depth;
        Expression known;
        @Nullable ClassicalRegister register;

        Variable(String name, Type type, int depth, Expression known) {
            this.name = name;
            this.type = type;
            this.depth = depth;
            this.known = known;
        }

        Expression value() {
            return register == null ? known : register;
        }
    }

    /** A variable whose value is always known: durations, stretches, complex numbers. */
    final class Static implements Symbol {
        Value value;

        Static(Value value) {
            this.value = value;
        }
    }
}
