package org.jaket.stabilizer.flow;

import org.jaket.circuit.Block;
import org.jaket.circuit.BlockBuilder;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Detector;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.ObservableInclude;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.pass.Flattening;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Takes Pauli feedback out of circuits. A correction that would flip a detector or an observable
 * makes the result that controls it a part of that parity, which is then written down.
 */
public final class InlinedFeedback extends SensitivityWalk {
    /** Results that feedback adds to each detector. */
    private final Map<Integer, TreeSet<Integer>> added = new HashMap<>();

    /** What replaces feedback: operations that are left, and results for observables. */
    private final IdentityHashMap<Operation, List<Operation>> replaced = new IdentityHashMap<>();

    private InlinedFeedback(Circuit circuit) {
        super(circuit, circuit.qubits(), false);
    }

    /**
     * The circuit without feedback, its detectors and observables having the same errors as before.
     * Other operations stay where they are; repeats are unfolded if there is feedback anywhere.
     *
     * @throws org.jaket.circuit.CircuitException if the circuit is too long to be unfolded
     * @throws org.jaket.execution.UnsupportedCircuitException if it is not Clifford or branches on
     *     results
     */
    public static Circuit of(Circuit circuit) {
        if (!hasFeedback(circuit.body())) {
            return circuit;
        }
        // Every operation of its own identity, also those of repeated bodies.
        List<Operation> operations = new ArrayList<>();
        for (Operation operation : Flattening.of(circuit).operations()) {
            operations.add(isFeedback(operation) ? copy((GateOperation) operation) : operation);
        }
        var walk = new InlinedFeedback(circuit);
        walk.walk(circuit.withBody(Block.of(operations)));
        return circuit.withBody(walk.rewritten(operations));
    }

    private static GateOperation copy(GateOperation g) {
        return new GateOperation(g.gate(), g.parameters(), g.targets(), g.tag());
    }

    private static boolean hasFeedback(Block block) {
        return block.operations().stream()
                .anyMatch(
                        o ->
                                isFeedback(o)
                                        || o.blocks().stream()
                                                .anyMatch(InlinedFeedback::hasFeedback));
    }

    private static boolean isFeedback(Operation operation) {
        return operation instanceof GateOperation g
                && g.targets().stream().anyMatch(Target::isRecord);
    }

    @Override
    void operation(Operation operation) {
        if (!(operation instanceof GateOperation g) || !isFeedback(operation)) {
            super.operation(operation);
            return;
        }
        List<Operation> kept = new ArrayList<>();
        for (int k = g.targets().size() - 2; k >= 0; k -= 2) {
            Targets pair = g.targets().slice(k, k + 2);
            if (pair.stream().noneMatch(Target::isRecord)) {
                part(g.withTargets(pair));
                kept.add(g.withTargets(pair));
                continue;
            }
            boolean firstIsQubit = Target.isQubit(pair.get(0));
            if (!firstIsQubit && !Target.isQubit(pair.get(1))) {
                continue;
            }
            int record = pair.get(firstIsQubit ? 1 : 0);
            int qubit = pair.value(firstIsQubit ? 0 : 1);
            int[] keys = flippedBy(FlowTable.single(pauli(g), qubit, false));
            inline(keys, record, kept);
            // From here back, the keys look at the result itself.
            part(g.withTargets(pair));
        }
        replaced.put(operation, kept.reversed());
    }

    private void inline(int[] keys, int record, List<Operation> kept) {
        int result = results() - Target.value(record);
        for (int key : keys) {
            if (key < 0) {
                kept.add(new ObservableInclude(~key, Targets.of(record), ""));
            } else {
                TreeSet<Integer> more = added.computeIfAbsent(key, d -> new TreeSet<>());
                if (!more.remove(result)) {
                    more.add(result);
                }
            }
        }
    }

    private static Pauli pauli(GateOperation g) {
        return switch ((StandardGate) g.gate()) {
            case CX, XCZ -> Pauli.X;
            case CY, YCZ -> Pauli.Y;
            default -> Pauli.Z;
        };
    }

    private Block rewritten(List<Operation> operations) {
        BlockBuilder out = new BlockBuilder();
        int results = 0;
        int detectors = 0;
        for (Operation operation : operations) {
            if (operation instanceof Detector d) {
                out.append(detector(d, added.get(detectors++), results));
            } else if (isFeedback(operation)) {
                replaced.getOrDefault(operation, List.of()).forEach(out::append);
            } else {
                out.append(operation);
                results += (int) operation.results();
            }
        }
        return out.build();
    }

    private static Detector detector(
            Detector d, @org.jspecify.annotations.Nullable TreeSet<Integer> more, int results) {
        if (more == null || more.isEmpty()) {
            return d;
        }
        TreeSet<Integer> parity = new TreeSet<>(more);
        d.targets().stream()
                .map(t -> results - Target.value(t))
                .forEach(
                        r -> {
                            if (!parity.remove(r)) {
                                parity.add(r);
                            }
                        });
        int[] targets =
                parity.descendingSet().stream().mapToInt(r -> Target.record(results - r)).toArray();
        return new Detector(d.coordinates(), Targets.of(targets), d.tag());
    }
}
