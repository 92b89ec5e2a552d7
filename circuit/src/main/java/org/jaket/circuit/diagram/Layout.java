package org.jaket.circuit.diagram;

import org.jaket.circuit.Assignment;
import org.jaket.circuit.Barrier;
import org.jaket.circuit.Block;
import org.jaket.circuit.ChannelOperation;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.Delay;
import org.jaket.circuit.Detector;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.ObservableInclude;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.PauliProduct;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.QubitCoordinates;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Reset;
import org.jaket.circuit.ShiftCoordinates;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.Tick;
import org.jaket.circuit.While;
import org.jaket.circuit.expression.ClassicalRegister;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Puts every application of an operation into the first column where its qubits, and those between
 * them, are free.
 */
final class Layout {
    private final List<Column> columns = new ArrayList<>();
    private final int maxColumns;
    private final int[] free;
    private final List<String> bitNames = new ArrayList<>();
    private boolean complete = true;

    Layout(Circuit circuit, int maxColumns) {
        this.maxColumns = Math.max(1, maxColumns);
        this.free = new int[circuit.qubits()];
        for (ClassicalRegister register : circuit.classicalRegisters()) {
            for (int k = 0; k < register.size(); k++) {
                bitNames.add(
                        register.size() == 1 ? register.name() : register.name() + "[" + k + "]");
            }
        }
    }

    List<Column> columns() {
        return columns;
    }

    boolean isComplete() {
        return complete;
    }

    void place(Block block) {
        for (Operation operation : block.operations()) {
            if (!complete) {
                return;
            }
            switch (operation) {
                case GateOperation g -> gates(g);
                case PauliPhase p -> products(p.targets(), p.dagger() ? "√†" : "√", Targets.none());
                case PauliRotation p ->
                        products(
                                p.targets(),
                                "R(" + Names.of(p.angle(), bitNames) + ")",
                                Targets.none());
                case Measurement m when m.kind() == MeasurementKind.MPP ->
                        products(m.targets(), "M", m.bits());
                case Measurement m when m.kind() == MeasurementKind.MPAD ->
                        wall("MPAD " + m.targets());
                case Measurement m -> measurement(m);
                case Reset r -> each(r.targets(), 1, r.basis() == Pauli.Z ? "|0⟩" : r.stimName());
                case NoiseOperation n when n.noise().qubits() == 0 -> correlated(n);
                case NoiseOperation n -> each(n.targets(), n.noise().qubits(), noiseLabel(n));
                case ChannelOperation c ->
                        each(c.targets(), c.channel().qubits(), c.channel().label());
                case Delay d -> each(d.targets(), 1, "delay(" + d.seconds() + "s)");
                case Barrier b -> across(b.targets());
                case Tick t -> across(Targets.range(0, free.length));
                case Repeat r -> nested("repeat " + r.count(), r.body());
                case While w -> nested("while " + Names.of(w.condition(), bitNames), w.body());
                case Conditional c -> {
                    nested("if " + Names.of(c.condition(), bitNames), c.then());
                    if (!c.otherwise().isEmpty()) {
                        nested("else", c.otherwise());
                    }
                }
                case Assignment a ->
                        wall(
                                Names.of(a.destination(), bitNames)
                                        + " = "
                                        + Names.of(a.value(), bitNames));
                case Detector d -> wall("DETECTOR " + d.targets());
                case ObservableInclude o ->
                        wall("OBSERVABLE(" + o.observable() + ") " + o.targets());
                case QubitCoordinates q -> {}
                case ShiftCoordinates s -> {}
            }
        }
    }

    private void nested(String header, Block body) {
        wall(header);
        place(body);
        wall("");
    }

    /** A column of its own across all qubits, with a text above it. */
    private void wall(String header) {
        Column column = open(columns.size(), true);
        column.header(header);
        Arrays.fill(free, columns.size());
    }

    /** Column number {@code at}, made if it is the next one. */
    private Column open(int at, boolean wall) {
        if (at == columns.size()) {
            if (columns.size() >= maxColumns) {
                complete = false;
            }
            columns.add(new Column(wall));
        }
        return columns.get(at);
    }

    /**
     * The first column that is free from the topmost to the lowest of the qubits, joined and taken.
     */
    private Column take(int[] qubits) {
        int top = Integer.MAX_VALUE;
        int bottom = -1;
        for (int q : qubits) {
            top = Math.min(top, q);
            bottom = Math.max(bottom, q);
        }
        int at = 0;
        for (int q = top; q <= bottom; q++) {
            at = Math.max(at, free[q]);
        }
        Column column = open(at, false);
        column.join(top, bottom);
        for (int q = top; q <= bottom; q++) {
            free[q] = at + 1;
        }
        return column;
    }

    private void gates(GateOperation g) {
        int arity = g.gate().qubits();
        if (arity == 0) {
            wall(GateLabels.of(g)[0]);
            return;
        }
        String[] labels = GateLabels.of(g);
        for (int start = 0; start < g.targets().size() && complete; start += arity) {
            Targets group = g.targets().slice(start, start + arity);
            int[] qubits = group.stream().filter(Target::isQubit).toArray();
            if (qubits.length == 0) {
                continue;
            }
            Column column = take(qubits);
            String condition =
                    group.stream()
                            .filter(Target::isClassical)
                            .mapToObj(Target::toString)
                            .collect(Collectors.joining(" "));
            for (int k = 0; k < arity; k++) {
                if (Target.isQubit(group.get(k))) {
                    String label =
                            condition.isEmpty()
                                    ? labels[k]
                                    : GateLabels.plain(g, k) + "^" + condition;
                    column.put(group.get(k), label);
                }
            }
        }
    }

    private static String noise(Measurement m) {
        if (!m.isNoisy()) {
            return "";
        }
        return m.falseOne() == m.falseZero()
                ? "(" + m.falseOne() + ")"
                : "(" + m.falseOne() + "," + m.falseZero() + ")";
    }

    private void measurement(Measurement m) {
        int size = m.kind().qubits();
        for (int start = 0; start < m.targets().size() && complete; start += size) {
            Targets group = m.targets().slice(start, start + size);
            Column column = take(group.stream().map(Target::value).toArray());
            String bit = m.bits().isEmpty() ? "" : "→" + bitNames.get(m.bits().get(start / size));
            String noise = noise(m);
            for (int k = 0; k < size; k++) {
                String inverted = Target.isInverted(group.get(k)) ? "!" : "";
                column.put(group.value(k), inverted + m.kind() + noise + (k == 0 ? bit : ""));
            }
        }
    }

    private void products(Targets targets, String name, Targets bits) {
        int number = 0;
        for (PauliProduct product : PauliProduct.split(name, targets)) {
            String bit = bits.isEmpty() ? "" : "→" + bitNames.get(bits.get(number));
            number++;
            int[] qubits = product.letters().stream().map(Target::value).toArray();
            if (qubits.length == 0) {
                wall(name + (product.negative() ? " -1" : " +1") + bit);
                continue;
            }
            Column column = take(qubits);
            for (int k = 0; k < qubits.length; k++) {
                String sign = k == 0 && product.negative() ? "-" : "";
                column.put(
                        qubits[k],
                        sign + name + Target.pauli(product.letters().get(k)) + (k == 0 ? bit : ""));
            }
        }
    }

    private static String noiseLabel(NoiseOperation n) {
        String arguments =
                n.arguments().stream().map(Names::number).collect(Collectors.joining(","));
        return n.noise().stimNames().getFirst() + "(" + arguments + ")";
    }

    private void correlated(NoiseOperation n) {
        if (n.targets().isEmpty()) {
            return;
        }
        Column column = take(n.targets().stream().map(Target::value).toArray());
        for (int k = 0; k < n.targets().size(); k++) {
            column.put(
                    n.targets().value(k), Target.pauli(n.targets().get(k)) + ":" + noiseLabel(n));
        }
    }

    private void each(Targets targets, int size, String label) {
        for (int start = 0; start + size <= targets.size() && complete; start += size) {
            Targets group = targets.slice(start, start + size);
            Column column = take(group.toArray());
            group.stream().forEach(q -> column.put(q, label));
        }
    }

    private void across(Targets targets) {
        if (targets.isEmpty()) {
            return;
        }
        int at = 0;
        for (int k = 0; k < targets.size(); k++) {
            at = Math.max(at, free[targets.get(k)]);
        }
        Column column = open(at, false);
        for (int k = 0; k < targets.size(); k++) {
            column.put(targets.get(k), "░");
            free[targets.get(k)] = at + 1;
        }
    }
}
