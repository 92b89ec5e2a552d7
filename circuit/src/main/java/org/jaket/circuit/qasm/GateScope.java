package org.jaket.circuit.qasm;

import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Targets;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.gate.DefinedGate;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The body of a gate's definition: its qubits and formal parameters. */
final class GateScope implements Scope {
    private final String gate;
    private final List<String> qubits = new ArrayList<>();
    private final Map<Expression, String> formals = new HashMap<>();
    private final String list;
    private final boolean renamed;

    private final Spelling spelling;

    GateScope(DefinedGate gate, Spelling outer) {
        this.gate = gate.name();
        spelling = outer.inner();
        var parameters = new ArrayList<String>();
        boolean changed = false;
        for (Parameter formal : gate.formals()) {
            String name = spelling.take(formal.name());
            changed |= !name.equals(formal.name());
            parameters.add(name);
            formals.put(formal, name);
        }
        renamed = changed;
        for (int k = 0; k < gate.qubits(); k++) {
            qubits.add(spelling.take("q" + k));
        }
        list =
                (parameters.isEmpty() ? "" : "(" + String.join(", ", parameters) + ")")
                        + " "
                        + String.join(", ", qubits);
    }

    /** Whether a formal parameter has another name in the text than in the circuit. */
    boolean isRenamed() {
        return renamed;
    }

    /** {@code (parameters) qubits}. */
    String formals() {
        return list;
    }

    @Override
    public String qubit(int index) {
        return qubits.get(index);
    }

    @Override
    public @Nullable String wholeRegister(Targets targets) {
        return null;
    }

    @Override
    public String leaf(Operation operation, Expression leaf) {
        String name = formals.get(leaf);
        if (name == null) {
            throw new CircuitException(
                    operation, "the definition of gate " + gate + " cannot read " + leaf + ".");
        }
        return name;
    }

    @Override
    public String loopVariable() {
        return spelling.take("i");
    }
}
