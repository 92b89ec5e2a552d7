package org.jaket.stabilizer.errors;

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
import org.jaket.circuit.gate.CliffordAction;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.clifford.Lowering;
import org.jaket.stabilizer.clifford.Step;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A circuit prepared to be walked from its end to its start. */
final class BackwardProgram {
    private static final Comparator<String> BY_BYTES =
            (a, b) ->
                    Arrays.compareUnsigned(
                            a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private final Circuit circuit;
    private final RowMoves moves = new RowMoves();
    private final List<String> tags;
    private final Map<String, Integer> tagNumbers = new HashMap<>();
    private final int[] observables;
    private final BackwardStep.Block body;

    private BackwardProgram(Circuit circuit) {
        this.circuit = circuit;
        Set<String> tagSet = new TreeSet<>(BY_BYTES);
        tagSet.add("");
        Set<Integer> observableSet = new TreeSet<>();
        collect(circuit.body(), tagSet, observableSet, 0);
        tags = List.copyOf(tagSet);
        for (String tag : tags) {
            tagNumbers.put(tag, tagNumbers.size());
        }
        observables = observableSet.stream().mapToInt(Integer::intValue).toArray();
        body = block(circuit.body());
    }

    /**
     * Prepares a circuit.
     *
     * @throws UnsupportedCircuitException if an operation is not Clifford, or depends on results in
     *     more than Pauli feedback
     */
    static BackwardProgram of(Circuit circuit) {
        return new BackwardProgram(circuit.requireBound());
    }

    Circuit circuit() {
        return circuit;
    }

    BackwardStep.Block body() {
        return body;
    }

    /** Tags by number; the numbers are in the order of the tags' bytes, and 0 is no tag. */
    List<String> tags() {
        return tags;
    }

    int tag(String tag) {
        return tagNumbers.getOrDefault(tag, 0);
    }

    /** Indices of observables by their dense numbers. */
    int[] observables() {
        return observables;
    }

    private static void collect(
            Block block, Set<String> tags, Set<Integer> observables, int depth) {
        if (depth > Lowering.MAX_DEPTH) {
            throw new UnsupportedCircuitException(
                    "Blocks are nested more than %d deep.".formatted(Lowering.MAX_DEPTH));
        }
        for (Operation operation : block.operations()) {
            tags.add(operation.tag());
            if (operation instanceof ObservableInclude o) {
                observables.add(o.observable());
            }
            for (Block inner : operation.blocks()) {
                collect(inner, tags, observables, depth + 1);
            }
        }
    }

    private BackwardStep.Block block(Block block) {
        List<BackwardStep.Entry> entries = new ArrayList<>(block.operations().size());
        for (Operation operation : block.operations()) {
            List<BackwardStep> steps = new ArrayList<>(1);
            add(operation, steps);
            entries.add(new BackwardStep.Entry(operation, List.copyOf(steps)));
        }
        return new BackwardStep.Block(List.copyOf(entries));
    }

    private void add(Operation operation, List<BackwardStep> steps) {
        int tag = tag(operation.tag());
        switch (operation) {
            case GateOperation g -> gate(g, steps);
            case PauliPhase p -> {
                for (PauliProduct product : PauliProduct.split("SPP", p.targets())) {
                    steps.add(new BackwardStep.Rotation(product(product.letters())));
                }
            }
            case PauliRotation p -> {
                // Whole quarter turns only: half turns are Paulis, which change no sensitivity.
                for (PauliProduct product : PauliProduct.split(PauliRotation.NAME, p.targets())) {
                    if (oddQuarters(p)) {
                        steps.add(new BackwardStep.Rotation(product(product.letters())));
                    }
                }
            }
            case Measurement m -> measurement(m, tag, steps);
            case Reset r ->
                    steps.add(new BackwardStep.Reset(r.basis(), r.targets().toArray(), tag));
            case NoiseOperation n -> {
                BackwardStep step = NoiseSteps.of(n, tag);
                if (step != null) {
                    steps.add(step);
                }
            }
            case Detector d ->
                    steps.add(
                            new BackwardStep.Detector(
                                    lookbacks(d.targets()), d.coordinates(), d.tag()));
            case ObservableInclude o ->
                    steps.add(
                            new BackwardStep.Observable(
                                    Arrays.binarySearch(observables, o.observable()),
                                    lookbacks(o.targets()),
                                    product(paulis(o.targets())),
                                    o.tag()));
            case ShiftCoordinates s -> steps.add(new BackwardStep.Shift(s.shift(), s.tag()));
            case Tick t -> steps.add(new BackwardStep.Tick());
            case Repeat r -> steps.add(new BackwardStep.Loop(r.count(), block(r.body()), r.tag()));
            case Conditional c -> throw dependent(c);
            case While w -> throw dependent(w);
            case Assignment a -> throw dependent(a);
            case ChannelOperation c ->
                    throw new UnsupportedCircuitException(
                            "%s is not a Pauli channel, so it has no independent errors."
                                    .formatted(c.describe()));
            case QubitCoordinates q -> {}
            case Barrier b -> {}
            case Delay d -> {}
        }
    }

    private static UnsupportedCircuitException dependent(Operation operation) {
        return new UnsupportedCircuitException(
                "%s cannot be analysed: what errors flip would depend on results."
                        .formatted(operation.describe()));
    }

    private static Circuit single(Operation operation) {
        return Circuit.of(Block.of(List.of(operation)));
    }

    /**
     * Whether a rotation is by an odd number of quarter turns.
     *
     * @throws UnsupportedCircuitException if it is not by whole ones
     */
    private static boolean oddQuarters(PauliRotation p) {
        List<Step> one = Lowering.of(single(p.withTargets(p.targets().slice(0, 1))));
        return one.size() == 1;
    }

    private void gate(GateOperation operation, List<BackwardStep> steps) {
        if (operation.targets().stream().anyMatch(Target::isClassical)) {
            lowered(operation, steps);
            return;
        }
        CliffordAction action =
                operation.gate() instanceof StandardGate s && s.qubits() <= 2 && s.qubits() > 0
                        ? s.clifford()
                        : null;
        if (action == null) {
            lowered(operation, steps);
        } else {
            unitary(action, operation.targets().toArray(), steps);
        }
    }

    private void unitary(CliffordAction action, int[] targets, List<BackwardStep> steps) {
        int[] gateMoves = moves.of(action);
        if (gateMoves.length > 0) {
            steps.add(new BackwardStep.Gate(gateMoves, action.qubits(), targets));
        }
    }

    private void lowered(GateOperation operation, List<BackwardStep> steps) {
        for (Step step : Lowering.of(single(operation))) {
            switch (step) {
                case Step.Unitary u -> unitary(u.forward(), u.targets(), steps);
                case Step.Feedback f ->
                        steps.add(new BackwardStep.Feedback(f.lookback(), f.pauli(), f.qubit()));
                case Step.SweepPauli s -> {}
                default -> throw new AssertionError(step);
            }
        }
    }

    private static void measurement(Measurement m, int tag, List<BackwardStep> steps) {
        MeasurementKind kind = m.kind();
        Targets targets = m.targets();
        double flip = m.flipProbability();
        // Qubits that leave are refused, so presence is as constant as padding.
        if (kind == MeasurementKind.MPAD || kind == MeasurementKind.MABSENT) {
            steps.add(new BackwardStep.Pad(flip, targets.size(), tag));
        } else if (kind == MeasurementKind.MPP) {
            for (PauliProduct p : PauliProduct.split("MPP", targets)) {
                steps.add(new BackwardStep.MeasureProduct(flip, product(p.letters()), tag));
            }
        } else if (kind.qubits() == 2) {
            for (int k = 0; k < targets.size(); k += 2) {
                BackwardStep.Product pair =
                        new BackwardStep.Product(
                                new int[] {targets.value(k), targets.value(k + 1)},
                                new Pauli[] {kind.basis(), kind.basis()});
                steps.add(new BackwardStep.MeasureProduct(flip, pair, tag));
            }
        } else {
            int[] qubits = targets.stream().map(Target::value).toArray();
            steps.add(new BackwardStep.Measure(kind.basis(), kind.resets(), flip, qubits, tag));
        }
    }

    private static int[] lookbacks(Targets targets) {
        return targets.stream().filter(Target::isRecord).map(Target::value).toArray();
    }

    private static Targets paulis(Targets targets) {
        return Targets.of(targets.stream().filter(Target::isPauli).toArray());
    }

    /** Letters with their qubits; equal qubits may come more than once and then add up. */
    static BackwardStep.Product product(Targets letters) {
        int[] qubits = new int[letters.size()];
        Pauli[] paulis = new Pauli[qubits.length];
        for (int k = 0; k < qubits.length; k++) {
            qubits[k] = letters.value(k);
            paulis[k] = Target.pauli(letters.get(k));
        }
        return new BackwardStep.Product(qubits, paulis);
    }
}
