package org.jaket.circuit.qasm;

import org.jaket.circuit.Operation;
import org.jaket.circuit.Targets;
import org.jaket.circuit.expression.Expression;
import org.jspecify.annotations.Nullable;

/** How a block that is being written spells qubits and values: a program's or a gate's body. */
sealed interface Scope permits Declarations, GateScope {
    String qubit(int index);

    /** The name of the register whose qubits these are, all of them in order; null otherwise. */
    @Nullable String wholeRegister(Targets targets);

    /**
     * A parameter, bit, slice or register.
     *
     * @throws org.jaket.circuit.CircuitException if it cannot be spelled here
     */
    String leaf(Operation operation, Expression leaf);

    /** A name for the variable of a loop, which nothing else has. */
    String loopVariable();
}
