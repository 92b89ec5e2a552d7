package org.jaket.circuit.stim;

import org.jaket.circuit.CircuitException;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.StandardGate;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Words for gates that are not Clifford, which Stim has not: those of Clifft (docs/reference/gates)
 * and tsim, which agree. Angles are in half turns.
 *
 * <p>{@code S[T]} and {@code S_DAG[T]} are T and its inverse, everywhere. Stim ignores tags and
 * would take them for S; here no command does, since the numbers would be those of another circuit.
 */
final class Extensions {
    /** The tag that makes T of S. */
    private static final String T = "T";

    private static final Map<String, StandardGate> GATES = new HashMap<>();
    private static final Map<StandardGate, String> NAMES = new HashMap<>();

    static {
        gate(StandardGate.T, "T");
        gate(StandardGate.T_DAG, "T_DAG");
        gate(StandardGate.RX, "R_X");
        gate(StandardGate.RY, "R_Y");
        gate(StandardGate.RZ, "R_Z");
        gate(StandardGate.RXX, "R_XX");
        gate(StandardGate.RYY, "R_YY");
        gate(StandardGate.RZZ, "R_ZZ");
        gate(StandardGate.U3_OQ3, "U3", "U");
        gate(StandardGate.CCX, "CCX");
        gate(StandardGate.CCZ, "CCZ");
        // The same up to a global phase.
        NAMES.put(StandardGate.P, "R_Z");
        NAMES.put(StandardGate.U, "U3");
        NAMES.put(StandardGate.U_OQ3, "U3");
    }

    private Extensions() {}

    private static void gate(StandardGate gate, String... names) {
        NAMES.put(gate, names[0]);
        for (String name : names) {
            GATES.put(name, gate);
        }
    }

    /** Hands on the words and what they mean. */
    static void addTo(Map<String, Instruction> table) {
        GATES.forEach(
                (name, gate) ->
                        table.put(
                                name,
                                (arguments, targets, tag) ->
                                        new GateOperation(
                                                gate,
                                                radians(name, gate.parameters(), arguments),
                                                targets,
                                                tag)));
        table.put(
                PauliRotation.NAME,
                (arguments, targets, tag) ->
                        new PauliRotation(
                                radians(PauliRotation.NAME, 1, arguments).getFirst(),
                                targets,
                                tag));
        for (boolean dagger : new boolean[] {false, true}) {
            String name = dagger ? "TPP_DAG" : "TPP";
            table.put(
                    name,
                    (arguments, targets, tag) -> {
                        radians(name, 0, arguments);
                        double angle = dagger ? -Math.PI / 4 : Math.PI / 4;
                        return new PauliRotation(Expression.of(angle), targets, tag);
                    });
        }
    }

    /** The gate that a tag makes of another one, or null. */
    static @Nullable StandardGate tagged(Gate gate, String tag) {
        if (!tag.equals(T)) {
            return null;
        }
        return gate == StandardGate.S
                ? StandardGate.T
                : gate == StandardGate.S_DAG ? StandardGate.T_DAG : null;
    }

    /** The word for a gate, or null. */
    static @Nullable String name(Gate gate) {
        return gate instanceof StandardGate s ? NAMES.get(s) : null;
    }

    private static List<Expression> radians(String name, int count, List<Double> halfTurns) {
        if (halfTurns.size() != count) {
            throw new CircuitException(
                    "%s: takes %s, got %d"
                            .formatted(
                                    name,
                                    count == 0
                                            ? "no arguments"
                                            : count == 1
                                                    ? "one argument, the angle in half turns"
                                                    : count + " arguments, angles in half turns",
                                    halfTurns.size()));
        }
        List<Expression> radians = new ArrayList<>();
        halfTurns.forEach(h -> radians.add(Expression.of(h * Math.PI)));
        return radians;
    }

    /** Angles in half turns that read back as the same radians where there are such numbers. */
    static List<Double> halfTurns(double... radians) {
        List<Double> halfTurns = new ArrayList<>();
        for (double angle : radians) {
            halfTurns.add(halfTurns(angle));
        }
        return halfTurns;
    }

    private static double halfTurns(double radians) {
        double near = radians / Math.PI;
        if (Double.isFinite(near) && Math.abs(near) < 1e6) {
            // Shorter is nicer: 0.1 and not 0.10000000000000002.
            double shorter =
                    Double.parseDouble(String.format(java.util.Locale.ROOT, "%.15g", near));
            for (double h : new double[] {shorter, near, Math.nextUp(near), Math.nextDown(near)}) {
                if (h * Math.PI == radians) {
                    return h;
                }
            }
        }
        return near;
    }
}
