package org.jaket.circuit;

import org.jaket.circuit.expression.Constant;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.StandardGate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A unitary gate, applied to each group of {@code gate.qubits()} targets in order.
 *
 * <p>Targets are qubits; where a gate is controlled by Z (the first target of CX and CY, either one
 * of CZ, the second of XCZ and YCZ) a measurement result or sweep bit may stand instead: the gate
 * is then applied when that bit is 1.
 *
 * @param gate the gate
 * @param parameters one expression a parameter, the same for all groups
 * @param targets a multiple of {@code gate.qubits()} targets; none for a global phase
 * @param tag free text
 */
public record GateOperation(Gate gate, List<Expression> parameters, Targets targets, String tag)
        implements Operation {
    /**
     * Checks the number of parameters and targets, that constants are finite and that no group
     * repeats a qubit.
     */
    public GateOperation {
        parameters = List.copyOf(parameters);
        if (parameters.size() != gate.parameters()) {
            throw new CircuitException(
                    gate.label()
                            + " "
                            + targets
                            + ": takes "
                            + gate.parameters()
                            + " parameters, got "
                            + parameters.size());
        }
        for (Expression parameter : parameters) {
            if (parameter instanceof Constant c && !Double.isFinite(c.type().toDouble(c.raw()))) {
                throw new CircuitException(
                        gate.label()
                                + "("
                                + c
                                + ") "
                                + targets
                                + ": the parameter is not a finite number");
            }
        }
        checkTargets(gate, targets);
    }

    /** A gate without parameters. */
    public static GateOperation of(Gate gate, int... targets) {
        return new GateOperation(gate, List.of(), Targets.of(targets), "");
    }

    private static void checkTargets(Gate gate, Targets targets) {
        int arity = gate.qubits();
        if (arity == 0 ? !targets.isEmpty() : targets.size() % arity != 0) {
            throw new CircuitException(
                    gate.label()
                            + " "
                            + Operation.abbreviated(targets.toString())
                            + ": takes "
                            + (arity == 0 ? "no targets" : "targets in groups of " + arity)
                            + ", got "
                            + targets.size());
        }
        for (int start = 0; start < targets.size(); start += Math.max(1, arity)) {
            for (int k = 0; k < arity; k++) {
                int target = targets.get(start + k);
                boolean fine =
                        Target.isQubit(target) && !Target.isInverted(target)
                                || Target.isClassical(target) && mayBeClassical(gate, k);
                if (!fine) {
                    throw new CircuitException(
                            gate.label()
                                    + " "
                                    + Target.toString(target)
                                    + ": this gate cannot take such a target there");
                }
                for (int j = 0; j < k; j++) {
                    if (Target.isQubit(target) && targets.get(start + j) == target) {
                        throw new CircuitException(
                                gate.label()
                                        + " "
                                        + targets.slice(start, start + arity)
                                        + ": qubit "
                                        + target
                                        + " appears twice");
                    }
                }
            }
        }
    }

    private static boolean mayBeClassical(Gate gate, int position) {
        return gate instanceof StandardGate g
                && switch (g) {
                    case CX, CY -> position == 0;
                    case CZ -> true;
                    case XCZ, YCZ -> position == 1;
                    default -> false;
                };
    }

    /** How many times the gate is applied. */
    public int applications() {
        return gate.qubits() == 0 ? 1 : targets.size() / gate.qubits();
    }

    /** The parameters as numbers. */
    public double[] values() {
        double[] values = new double[parameters.size()];
        for (int k = 0; k < values.length; k++) {
            Double value = parameters.get(k).constant();
            if (value == null) {
                throw new CircuitException(
                        this,
                        "parameter "
                                + parameters.get(k)
                                + " has no value yet. Maybe bind it first.");
            }
            values[k] = value;
        }
        return values;
    }

    /** Whether every parameter is a number. */
    public boolean isBound() {
        for (Expression parameter : parameters) {
            if (!(parameter instanceof Constant)) {
                return false;
            }
        }
        return true;
    }

    /** The operation that undoes this one: the inverse gate on the groups in reverse order. */
    public GateOperation inverse() {
        int arity = Math.max(1, gate.qubits());
        int[] reversed = new int[targets.size()];
        for (int start = 0; start < reversed.length; start += arity) {
            for (int k = 0; k < arity; k++) {
                reversed[reversed.length - arity - start + k] = targets.get(start + k);
            }
        }
        return new GateOperation(
                gate.inverse(), gate.inverseParameters(parameters), Targets.of(reversed), tag);
    }

    @Override
    public GateOperation withTargets(Targets newTargets) {
        return new GateOperation(gate, parameters, newTargets, tag);
    }

    @Override
    public GateOperation mapExpressions(UnaryOperator<Expression> replace) {
        if (parameters.isEmpty()) {
            return this;
        }
        var mapped = new ArrayList<Expression>(parameters.size());
        parameters.forEach(p -> mapped.add(replace.apply(p)));
        return new GateOperation(gate, mapped, targets, tag);
    }

    @Override
    public boolean fusesWith(Operation next) {
        return next instanceof GateOperation g
                && gate.qubits() > 0
                && gate.equals(g.gate)
                && parameters.equals(g.parameters)
                && tag.equals(g.tag);
    }

    @Override
    public String describe() {
        String arguments =
                parameters.isEmpty()
                        ? ""
                        : parameters.stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(", ", "(", ")"));
        return gate.label() + arguments + " " + Operation.abbreviated(targets.toString());
    }
}
