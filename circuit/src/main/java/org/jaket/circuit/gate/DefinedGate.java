package org.jaket.circuit.gate;

import org.jaket.circuit.Barrier;
import org.jaket.circuit.Block;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Parameter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A gate made of gates: OpenQASM's {@code gate} definitions, and circuits turned into gates.
 *
 * @param name how it is called
 * @param formals its parameters; the body's angles may use them
 * @param qubits its size
 * @param body gates (also repeated ones and barriers) on qubits 0 to {@code qubits - 1}
 */
public record DefinedGate(String name, List<Parameter> formals, int qubits, Block body)
        implements Gate {
    /** Checks that the body is made of gates on its own qubits and parameters. */
    public DefinedGate {
        formals = List.copyOf(formals);
        if (body.qubitBound() > qubits) {
            throw new CircuitException(
                    "gate "
                            + name
                            + " has "
                            + qubits
                            + " qubits, but its body uses qubit "
                            + (body.qubitBound() - 1));
        }
        check(name, formals, body);
    }

    private static void check(String name, List<Parameter> formals, Block body) {
        for (Operation operation : body.operations()) {
            switch (operation) {
                case GateOperation g ->
                        g.parameters()
                                .forEach(
                                        p ->
                                                p.substitute(
                                                        leaf -> {
                                                            if (leaf instanceof Parameter parameter
                                                                    && !formals.contains(
                                                                            parameter)) {
                                                                throw new CircuitException(
                                                                        g,
                                                                        "gate "
                                                                                + name
                                                                                + " has no parameter "
                                                                                + parameter.name());
                                                            }
                                                            return leaf;
                                                        }));
                case Barrier b -> {}
                case Repeat r -> check(name, formals, r.body());
                default ->
                        throw new CircuitException(
                                operation, "gate " + name + " can only be made of gates");
            }
        }
    }

    @Override
    public String label() {
        return name;
    }

    @Override
    public int parameters() {
        return formals.size();
    }

    /** The body with the parameters replaced by the given expressions. */
    public Block body(List<? extends Expression> actual) {
        if (formals.isEmpty()) {
            return body;
        }
        Map<Parameter, Expression> values =
                IntStream.range(0, formals.size())
                        .boxed()
                        .collect(Collectors.toMap(formals::get, actual::get));
        return body.mapExpressions(
                e ->
                        e.substitute(
                                leaf ->
                                        leaf instanceof Parameter p
                                                ? values.getOrDefault(p, p)
                                                : leaf));
    }

    @Override
    public ComplexMatrix matrix(double... values) {
        Gate.checkParameters(this, values);
        List<Expression> actual = new ArrayList<>();
        for (double value : values) {
            actual.add(Expression.of(value));
        }
        int size = 1 << qubits;
        var columns = new double[2][size * size];
        for (int k = 0; k < size; k++) {
            columns[0][k * size + k] = 1;
        }
        apply(body(actual), columns, size);
        return ComplexMatrix.of(size, size, columns[0], columns[1]);
    }

    private static void apply(Block block, double[][] state, int size) {
        for (Operation operation : block.operations()) {
            switch (operation) {
                case GateOperation g -> {
                    ComplexMatrix m = g.gate().matrix(g.values());
                    int arity = g.gate().qubits();
                    for (int a = 0; a < g.applications(); a++) {
                        int[] targets = g.targets().slice(a * arity, (a + 1) * arity).toArray();
                        apply(m, targets, state, size);
                    }
                }
                case Repeat r -> {
                    for (long k = 0; k < r.count(); k++) {
                        apply(r.body(), state, size);
                    }
                }
                default -> {}
            }
        }
    }

    /** Multiplies the rows of the matrix (all columns at once) that the gate's targets select. */
    private static void apply(ComplexMatrix gate, int[] targets, double[][] state, int size) {
        int mask = 0;
        for (int t : targets) {
            mask |= 1 << t;
        }
        int n = gate.rows();
        int[] rows = new int[n];
        double[] re = new double[n];
        double[] im = new double[n];
        for (int base = 0; base < size; base++) {
            if ((base & mask) != 0) {
                continue;
            }
            for (int k = 0; k < n; k++) {
                int row = base;
                for (int j = 0; j < targets.length; j++) {
                    row |= (k >> j & 1) << targets[j];
                }
                rows[k] = row * size;
            }
            for (int column = 0; column < size; column++) {
                for (int i = 0; i < n; i++) {
                    re[i] = 0;
                    im[i] = 0;
                    for (int k = 0; k < n; k++) {
                        double a = state[0][rows[k] + column];
                        double b = state[1][rows[k] + column];
                        re[i] += gate.re(i, k) * a - gate.im(i, k) * b;
                        im[i] += gate.re(i, k) * b + gate.im(i, k) * a;
                    }
                }
                for (int i = 0; i < n; i++) {
                    state[0][rows[i] + column] = re[i];
                    state[1][rows[i] + column] = im[i];
                }
            }
        }
    }

    @Override
    public Gate inverse() {
        return PowerGate.of(this, -1);
    }

    @Override
    public List<Expression> inverseParameters(List<Expression> parameters) {
        return parameters;
    }

    @Override
    public String toString() {
        return name;
    }
}
