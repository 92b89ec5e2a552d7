package org.jaket.stabilizer.flow;

import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Tick;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.clifford.Lowering;
import org.jaket.stabilizer.clifford.Step;

import java.util.IdentityHashMap;
import java.util.List;

/**
 * Goes through a circuit from its end, repeats unfolded, operation by operation: turning a circuit
 * round and inlining its feedback need operations, regions need ticks, and both need every turn of
 * a loop. What a step does is up to those who go; {@link SensitivityWalk} takes the rules of
 * backward walks.
 */
abstract class ReverseWalk {
    /** The most operations, repeats unfolded, that are gone through. */
    static final long MAX_OPERATIONS = 50_000_000;

    private final Lowering lowering = Lowering.ofOperations();
    private final IdentityHashMap<Operation, List<Step>> known = new IdentityHashMap<>();

    /** Results before the current step. */
    private long results;

    private long ticks;
    private long detectors;

    /** Takes one step; its results are those from {@code firstResult} on. */
    abstract void step(Step step, int firstResult);

    /** Takes a tick. */
    void tick(long index) {}

    /** Takes a detector. */
    void detector(Step.Detector detector, int index) {
        step(detector, (int) results);
    }

    final void walk(Circuit circuit) {
        Block body = circuit.requireBound().body();
        checkLength(body);
        results = body.results();
        ticks = body.ticks();
        detectors = body.detectors();
        walk(body);
    }

    /** Refuses circuits that are too long to be gone through. */
    static void checkLength(Block body) {
        if (body.operationCount() > MAX_OPERATIONS || body.results() > Integer.MAX_VALUE) {
            throw new CircuitException(
                    "the circuit has %d operations and %d results with repeats unfolded; at most %d and 2^31-1 can be analysed"
                            .formatted(body.operationCount(), body.results(), MAX_OPERATIONS));
        }
    }

    private void walk(Block block) {
        for (Operation operation : block.operations().reversed()) {
            switch (operation) {
                case Repeat r -> {
                    for (long k = 0; k < r.count(); k++) {
                        walk(r.body());
                    }
                }
                case Tick t -> tick(--ticks);
                default -> {
                    operation(operation);
                }
            }
        }
    }

    /** Takes any other operation; step by step unless it is overridden. */
    void operation(Operation operation) {
        List<Step> steps = known.get(operation);
        if (steps == null) {
            steps = lowering.steps(operation);
            known.put(operation, steps);
        }
        takeAll(steps);
    }

    /** Goes back through an operation that is not one of the circuit's, but a part of one. */
    final void part(Operation operation) {
        takeAll(lowering.steps(operation));
    }

    /** How many results lie before the place that was reached. */
    final int results() {
        return (int) results;
    }

    private void takeAll(List<Step> steps) {
        for (Step step : steps.reversed()) {
            take(step);
        }
    }

    private void take(Step step) {
        switch (step) {
            case Step.Branch b -> throw refused();
            case Step.WhileLoop w -> throw refused();
            case Step.Assign a -> throw refused();
            case Step.Detector d -> {
                requirePast(d.lookbacks());
                detector(d, (int) --detectors);
            }
            case Step.Observable o -> {
                requirePast(o.lookbacks());
                step(step, (int) results);
            }
            case Step.Feedback f -> {
                requirePast(f.lookback());
                step(step, (int) results);
            }
            case Step.Measure m -> measured(step, m.qubits().length);
            case Step.MeasureProduct m -> measured(step, 1);
            case Step.MeasureAbsence m -> measured(step, m.qubits().length);
            case Step.Pad p -> measured(step, p.values().length);
            case Step.PauliNoise n ->
                    measured(step, n.noise().isHeralded() ? n.targets().length : 0);
            default -> step(step, (int) results);
        }
    }

    private void measured(Step step, int count) {
        results -= count;
        step(step, (int) results);
    }

    private void requirePast(int... lookbacks) {
        for (int lookback : lookbacks) {
            if (lookback > results) {
                throw new CircuitException(
                        "rec[-%d] refers to a measurement before the first one; there are %d so far"
                                .formatted(lookback, results));
            }
        }
    }

    private static UnsupportedCircuitException refused() {
        return new UnsupportedCircuitException(
                "Flows are not defined for circuits whose course depends on results.");
    }
}
