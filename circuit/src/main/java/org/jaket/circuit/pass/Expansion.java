package org.jaket.circuit.pass;

import org.jaket.circuit.Barrier;
import org.jaket.circuit.Block;
import org.jaket.circuit.BlockBuilder;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.ControlledGate;
import org.jaket.circuit.gate.DefinedGate;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.MatrixGate;
import org.jaket.circuit.gate.PowerGate;
import org.jaket.circuit.gate.StandardGate;

import java.util.List;

/**
 * Rewrites gates into what engines take: named gates, matrices, and controlled forms of these two.
 * Defined gates are replaced by their bodies, whole powers by repetition, other powers by their
 * matrices.
 */
public final class Expansion {
    /** The largest matrix that a power which is not a whole number is computed with, in qubits. */
    public static final int MAX_POWER_QUBITS = 8;

    /** The largest number of operations that one gate may expand to. */
    public static final long MAX_OPERATIONS = 50_000_000;

    private final BlockBuilder out = new BlockBuilder();
    private final boolean keepsOpenPowers;
    private long emitted;

    private Expansion(boolean keepsOpenPowers) {
        this.keepsOpenPowers = keepsOpenPowers;
    }

    /**
     * The operation in terms of named gates, matrices and controlled forms of these.
     *
     * @throws CircuitException if a power needs parameters that are not numbers yet, a matrix of
     *     more than {@link #MAX_POWER_QUBITS} qubits, or more than {@link #MAX_OPERATIONS}
     *     operations
     */
    public static Block of(GateOperation operation) {
        return of(operation, false);
    }

    /**
     * The same for an operation whose parameters may be open: powers whose matrices depend on them
     * stay {@link PowerGate}s, maybe under controls.
     *
     * @throws CircuitException as {@link #of}, but for the first reason
     */
    public static Block ofOpen(GateOperation operation) {
        return of(operation, true);
    }

    private static Block of(GateOperation operation, boolean keepsOpenPowers) {
        if (isPrimitive(operation.gate())) {
            return Block.of(List.of(operation));
        }
        var expansion = new Expansion(keepsOpenPowers);
        int arity = operation.gate().qubits();
        for (int k = 0; k < operation.applications(); k++) {
            expansion.expand(
                    operation.withTargets(operation.targets().slice(k * arity, (k + 1) * arity)));
        }
        return expansion.out.build();
    }

    /** Whether engines take the gate as it is: it expands to itself. */
    public static boolean isPrimitive(Gate gate) {
        return switch (gate) {
            case StandardGate s -> true;
            case MatrixGate m -> true;
            case ControlledGate c ->
                    !(c.base() instanceof DefinedGate || c.base() instanceof PowerGate);
            case PowerGate p -> false;
            case DefinedGate d -> false;
        };
    }

    /** One application. */
    private void expand(GateOperation operation) {
        switch (operation.gate()) {
            case DefinedGate d -> expandBody(d.body(operation.parameters()), operation.targets());
            case PowerGate p -> expandPower(p, operation);
            case ControlledGate c when !isPrimitive(c) -> expandControlled(c, operation);
            default -> emit(operation);
        }
    }

    private void emit(GateOperation operation) {
        if (++emitted > MAX_OPERATIONS) {
            throw new CircuitException(
                    "a gate expands to more than " + MAX_OPERATIONS + " operations");
        }
        out.append(operation);
    }

    private void expandBody(Block body, Targets places) {
        for (Operation inner : body.operations()) {
            switch (inner) {
                case GateOperation g -> {
                    int arity = g.gate().qubits();
                    Targets targets = g.targets().mapQubits(places::get);
                    for (int k = 0; k < g.applications(); k++) {
                        expand(g.withTargets(targets.slice(k * arity, (k + 1) * arity)));
                    }
                }
                case Repeat r -> {
                    for (long k = 0; k < r.count(); k++) {
                        expandBody(r.body(), places);
                    }
                }
                case Barrier b -> {}
                default -> throw new AssertionError(inner);
            }
        }
    }

    private void expandPower(PowerGate power, GateOperation operation) {
        double exponent = power.exponent();
        Gate base = power.base();
        if (exponent == Math.rint(exponent) && Math.abs(exponent) <= MAX_OPERATIONS) {
            long times = Math.abs((long) exponent);
            if (exponent == -1 && base instanceof DefinedGate d) {
                expandBody(d.body(operation.parameters()).inverse(), operation.targets());
                return;
            }
            boolean small = base.qubits() <= 2 && (keepsOpenPowers || operation.isBound());
            if (!small || times <= 1) {
                Gate step = exponent < 0 ? base.inverse() : base;
                var parameters =
                        exponent < 0
                                ? base.inverseParameters(operation.parameters())
                                : operation.parameters();
                var once =
                        new GateOperation(step, parameters, operation.targets(), operation.tag());
                for (long k = 0; k < times; k++) {
                    expand(once);
                }
                return;
            }
        }
        if (base.qubits() > MAX_POWER_QUBITS) {
            throw new CircuitException(
                    operation,
                    "the power "
                            + exponent
                            + " of a gate on "
                            + base.qubits()
                            + " qubits needs too large a matrix (limit "
                            + MAX_POWER_QUBITS
                            + " qubits)");
        }
        if (keepsOpenPowers && !operation.isBound()) {
            emit(operation);
            return;
        }
        if (!operation.isBound()) {
            throw new CircuitException(
                    operation,
                    "is a power whose matrix is known only when its parameters have values. Maybe"
                            + " bind them, or multiply the angles of the gate by the exponent.");
        }
        ComplexMatrix matrix = power.matrix(operation.values());
        if (power.qubits() == 0) {
            double phase = Math.atan2(matrix.im(0, 0), matrix.re(0, 0));
            emit(
                    new GateOperation(
                            StandardGate.GPHASE,
                            List.of(Expression.of(phase)),
                            Targets.none(),
                            operation.tag()));
            return;
        }
        emit(
                new GateOperation(
                        new MatrixGate(power.label(), matrix),
                        List.of(),
                        operation.targets(),
                        operation.tag()));
    }

    /** The control of a sequence is the sequence of controls. */
    private void expandControlled(ControlledGate controlled, GateOperation operation) {
        int controls = controlled.controls();
        int size = controlled.base().qubits();
        var inner = new Expansion(keepsOpenPowers);
        inner.emitted = emitted;
        inner.expand(
                new GateOperation(
                        controlled.base(),
                        operation.parameters(),
                        Targets.range(0, size),
                        operation.tag()));
        Targets controlTargets = operation.targets().slice(0, controls);
        for (Operation step : inner.out.build().operations()) {
            GateOperation g = (GateOperation) step;
            Gate gate = g.gate().controlled(controls, controlled.pattern());
            int arity = g.gate().qubits();
            for (int k = 0; k < g.applications(); k++) {
                Targets places = g.targets().slice(k * arity, (k + 1) * arity);
                Targets moved =
                        places.map(t -> operation.targets().get(controls + Target.value(t)));
                emit(
                        new GateOperation(
                                gate, g.parameters(), controlTargets.then(moved), operation.tag()));
            }
        }
    }
}
