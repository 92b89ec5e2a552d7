package org.jaket.stabilizer.diagram;

import org.jaket.circuit.Barrier;
import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Delay;
import org.jaket.circuit.Detector;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.ObservableInclude;
import org.jaket.circuit.Operation;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.QubitCoordinates;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Reset;
import org.jaket.circuit.ShiftCoordinates;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.Tick;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.noise.Noise;
import org.jaket.execution.UnsupportedCircuitException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Walks through a circuit and shows a {@link Viewer} every application of every operation, with the
 * coordinates as shifted and the qubit beside which to draw what acts on results. Loops are walked
 * once, or turn by turn.
 */
final class Timeline {
    /** The most qubits of a diagram. */
    static final int MAX_QUBITS = 1 << 20;

    /** What is drawn. */
    interface Viewer {
        /** One application of an operation. */
        void mark(Mark mark);

        /** A TICK. */
        void tick();

        /** The start of a loop that is walked once. */
        default void beginLoop(Loop loop) {}

        /** The end of a loop that is walked once. */
        default void endLoop(Loop loop) {}

        /** How many of the next turns of a loop need not be shown, where loops are unrolled. */
        default long turnsToSkip(Loop loop, long turns) {
            return 0;
        }

        /** Whether nothing more needs to be shown. */
        default boolean isDone() {
            return false;
        }
    }

    /** How something is drawn. */
    enum Shape {
        /** A box on one qubit. */
        ONE,
        /** Two ends on two qubits; one of them may be a classical bit. */
        PAIR,
        /** Pauli letters on qubits. */
        PRODUCT,
        /** Pauli letters of an error. */
        ERROR,
        DETECTOR,
        OBSERVABLE,
        COORDINATES
    }

    /**
     * One application.
     *
     * @param name Stim's name
     * @param arguments probabilities; shifted coordinates; the observable
     * @param targets what it acts on, without combiners
     * @param measures whether it adds a result, which is the latest one then
     * @param anchor the qubit beside which detectors and observables are drawn
     */
    record Mark(
            Shape shape,
            String name,
            List<Double> arguments,
            Targets targets,
            boolean measures,
            int anchor) {}

    /** A loop that is walked once: what each turn adds. */
    record Loop(long count, long results, long detectors, long ticks, List<Double> shift) {}

    private final Viewer viewer;
    private final boolean unrolls;
    private final ResultQubits resultQubits;
    private final Coordinates coordinates = new Coordinates();
    private final Map<Integer, List<Double>> qubitCoordinates = new HashMap<>();
    private final Map<List<Double>, TreeSet<Integer>> qubitsAt = new HashMap<>();
    private final List<Loop> loops = new ArrayList<>();
    private List<Double> shift = List.of();
    private long results;
    private long detectors;

    Timeline(Circuit circuit, boolean unrolls, Viewer viewer) {
        this.viewer = viewer;
        this.unrolls = unrolls;
        this.resultQubits = new ResultQubits(circuit.body());
    }

    /** How many qubits are drawn: the constants of MPAD count too. */
    static int qubits(Block block) {
        int qubits = qubitBound(block);
        if (qubits > MAX_QUBITS) {
            throw new IllegalArgumentException(
                    "Diagrams have at most %d qubits, not %d.".formatted(MAX_QUBITS, qubits));
        }
        return qubits;
    }

    private static int qubitBound(Block block) {
        int bound = block.qubitBound();
        for (Operation operation : block.operations()) {
            if (operation instanceof Measurement m && m.kind() == MeasurementKind.MPAD) {
                bound = Math.max(bound, m.targets().qubitBound());
            }
            for (Block inner : operation.blocks()) {
                bound = Math.max(bound, qubitBound(inner));
            }
        }
        return bound;
    }

    /** Results so far; loops around count as in their first turn. */
    long results() {
        return results;
    }

    /** Detectors so far, without the one that is being drawn. */
    long detectors() {
        return detectors;
    }

    /** The loops around, the outermost first. */
    List<Loop> loops() {
        return loops;
    }

    /** Where a qubit was last said to be; empty if nowhere. */
    List<Double> coordinatesOf(int qubit) {
        return qubitCoordinates.getOrDefault(qubit, List.of());
    }

    void walk(Block block) {
        for (Operation operation : block.operations()) {
            if (viewer.isDone()) {
                return;
            }
            try {
                walk(operation);
            } catch (UnsupportedCircuitException e) {
                throw e.at(operation);
            }
        }
    }

    private void walk(Operation operation) {
        switch (operation) {
            case Repeat r -> repeat(r);
            case Detector d -> {
                List<Double> there = Coordinates.shifted(d.coordinates(), shift);
                viewer.mark(
                        new Mark(
                                Shape.DETECTOR,
                                "DETECTOR",
                                there,
                                d.targets(),
                                false,
                                anchor(d.targets(), there)));
                detectors++;
            }
            case ObservableInclude o -> {
                List<Double> index = List.of((double) o.observable());
                viewer.mark(
                        new Mark(
                                Shape.OBSERVABLE,
                                "OBSERVABLE_INCLUDE",
                                index,
                                o.targets(),
                                false,
                                anchor(o.targets(), Coordinates.shifted(index, shift))));
            }
            case ShiftCoordinates s -> shift = Coordinates.plus(shift, s.shift(), 1);
            case QubitCoordinates q -> {
                List<Double> there = Coordinates.shifted(q.coordinates(), shift);
                for (int k = 0; k < q.targets().size(); k++) {
                    place(q.targets().value(k), there);
                    single(Shape.COORDINATES, "QUBIT_COORDS", there, q.targets(), k, false);
                }
            }
            case Tick t -> viewer.tick();
            case NoiseOperation n -> noise(n);
            case Measurement m -> measurement(m);
            case PauliPhase p ->
                    products(p.dagger() ? "SPP_DAG" : "SPP", List.of(), p.targets(), false);
            case Reset r -> each(r.stimName(), List.of(), r.targets(), 1, false);
            case GateOperation g -> gate(g);
            case Delay d -> each("I", List.of(), d.targets(), 1, false);
            case Barrier b -> {}
            default ->
                    throw new UnsupportedCircuitException(
                            "%s cannot be drawn in a diagram of this kind. Maybe use jaket draw?"
                                    .formatted(operation.describe()));
        }
    }

    private void place(int qubit, List<Double> there) {
        List<Double> before = qubitCoordinates.put(qubit, there);
        TreeSet<Integer> neighbours = before == null ? null : qubitsAt.get(before);
        if (neighbours != null) {
            neighbours.remove(qubit);
        }
        qubitsAt.computeIfAbsent(there, t -> new TreeSet<>()).add(qubit);
    }

    private void gate(GateOperation g) {
        if (g.gate().qubits() == 0) {
            return;
        }
        if (!(g.gate() instanceof StandardGate s) || s.stimNames().isEmpty()) {
            throw new UnsupportedCircuitException(
                    "%s has no name in Stim's language, whose circuits are drawn here. Maybe use jaket draw?"
                            .formatted(g.describe()));
        }
        each(s.stimNames().getFirst(), List.of(), g.targets(), s.qubits(), false);
    }

    private void noise(NoiseOperation n) {
        String name = n.noise().stimNames().getFirst();
        if (n.noise() == Noise.CORRELATED_ERROR || n.noise() == Noise.ELSE_CORRELATED_ERROR) {
            viewer.mark(new Mark(Shape.ERROR, name, n.arguments(), n.targets(), false, 0));
        } else {
            each(name, n.arguments(), n.targets(), n.noise().qubits(), n.noise().isHeralded());
        }
    }

    private void measurement(Measurement m) {
        String name = m.kind().stimNames().getFirst();
        List<Double> arguments = m.arguments();
        if (m.kind() == MeasurementKind.MPP) {
            products(name, arguments, m.targets(), true);
        } else {
            each(name, arguments, m.targets(), m.kind().qubits() == 2 ? 2 : 1, true);
        }
    }

    private void each(
            String name, List<Double> arguments, Targets targets, int size, boolean measures) {
        for (int k = 0; k < targets.size(); k += size) {
            if (size == 1) {
                single(Shape.ONE, name, arguments, targets, k, measures);
            } else {
                results += measures ? 1 : 0;
                viewer.mark(
                        new Mark(
                                Shape.PAIR, name, arguments, targets.slice(k, k + 2), measures, 0));
            }
        }
    }

    private void single(
            Shape shape,
            String name,
            List<Double> arguments,
            Targets targets,
            int k,
            boolean measures) {
        results += measures ? 1 : 0;
        viewer.mark(new Mark(shape, name, arguments, targets.slice(k, k + 1), measures, 0));
    }

    private void products(String name, List<Double> arguments, Targets targets, boolean measures) {
        int k = 0;
        while (k < targets.size()) {
            int[] letters = new int[targets.size() - k];
            int count = 0;
            letters[count++] = targets.get(k++);
            while (k < targets.size() && Target.isCombiner(targets.get(k))) {
                letters[count++] = targets.get(k + 1);
                k += 2;
            }
            results += measures ? 1 : 0;
            viewer.mark(
                    new Mark(
                            Shape.PRODUCT,
                            name,
                            arguments,
                            Targets.copyOf(letters, count),
                            measures,
                            0));
        }
    }

    private void repeat(Repeat r) {
        Block body = r.body();
        Loop loop =
                new Loop(
                        r.count(),
                        body.results(),
                        body.detectors(),
                        body.ticks(),
                        coordinates.shiftOf(body));
        if (unrolls) {
            long skipped = viewer.turnsToSkip(loop, r.count());
            pass(loop, skipped);
            for (long turn = skipped; turn < r.count() && !viewer.isDone(); turn++) {
                walk(body);
            }
            return;
        }
        loops.add(loop);
        viewer.beginLoop(loop);
        walk(body);
        viewer.endLoop(loop);
        pass(loop, loop.count - 1);
        loops.removeLast();
    }

    private void pass(Loop loop, long turns) {
        shift = Coordinates.plus(shift, loop.shift, turns);
        results += loop.results * turns;
        detectors += loop.detectors * turns;
    }

    /**
     * The qubit to draw a detector at: one whose coordinates its own begin with, else the first of
     * those whose results it looks at.
     */
    private int anchor(Targets targets, List<Double> there) {
        int anchor = Integer.MAX_VALUE;
        for (int k = 0; k < targets.size(); k++) {
            if (Target.isPauli(targets.get(k))) {
                return targets.value(k);
            }
            anchor = Math.min(anchor, resultQubits.of(results - targets.value(k)));
        }
        int near = Integer.MAX_VALUE;
        for (int length = 1; length <= there.size() && !qubitsAt.isEmpty(); length++) {
            TreeSet<Integer> same = qubitsAt.get(there.subList(0, length));
            if (same != null && !same.isEmpty()) {
                near = Math.min(near, same.first());
            }
        }
        if (near != Integer.MAX_VALUE) {
            return near;
        }
        return targets.isEmpty() ? 0 : anchor;
    }
}
