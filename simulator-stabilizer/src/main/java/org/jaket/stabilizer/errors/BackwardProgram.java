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
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.ObservableInclude;
import org.jaket.circuit.Operation;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.QubitCoordinates;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Reset;
import org.jaket.circuit.ShiftCoordinates;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.Tick;
import org.jaket.circuit.While;
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
    private final Lowering lowering = Lowering.ofOperations();
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
            try {
                add(operation, steps);
            } catch (UnsupportedCircuitException e) {
                throw e.at(operation);
            }
            entries.add(new BackwardStep.Entry(operation, List.copyOf(steps)));
        }
        return new BackwardStep.Block(List.copyOf(entries));
    }

    private void add(Operation operation, List<BackwardStep> steps) {
        int tag = tag(operation.tag());
        switch (operation) {
            case GateOperation g -> lowered(g, tag, steps);
            case PauliPhase p -> lowered(p, tag, steps);
            case PauliRotation p -> lowered(p, tag, steps);
            case Measurement m -> lowered(m, tag, steps);
            case Reset r -> lowered(r, tag, steps);
            case NoiseOperation n -> {
                BackwardStep step = NoiseSteps.of(n, tag);
                if (step != null) {
                    steps.add(step);
                }
            }
            case Detector d ->
                    steps.add(
                            new BackwardStep.Detector(
                                    new Step.Detector(lookbacks(d.targets())),
                                    d.coordinates(),
                                    d.tag()));
            case ObservableInclude o -> {
                int dense = Arrays.binarySearch(observables, o.observable());
                Step.Product paulis = Lowering.product(paulis(o.targets()));
                steps.add(
                        new BackwardStep.Observable(
                                new Step.Observable(dense, lookbacks(o.targets()), paulis),
                                o.tag()));
            }
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

    private void lowered(Operation operation, int tag, List<BackwardStep> steps) {
        for (Step step : lowering.steps(operation)) {
            if (!(step instanceof Step.SweepPauli)) {
                steps.add(new BackwardStep.Clifford(step, tag));
            }
        }
    }

    private static int[] lookbacks(Targets targets) {
        return targets.stream().filter(Target::isRecord).map(Target::value).toArray();
    }

    private static Targets paulis(Targets targets) {
        return Targets.of(targets.stream().filter(Target::isPauli).toArray());
    }
}
