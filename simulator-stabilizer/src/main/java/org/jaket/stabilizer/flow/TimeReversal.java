package org.jaket.stabilizer.flow;

import org.jaket.circuit.Barrier;
import org.jaket.circuit.Block;
import org.jaket.circuit.BlockBuilder;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Detector;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.ObservableInclude;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.QubitCoordinates;
import org.jaket.circuit.Reset;
import org.jaket.circuit.ShiftCoordinates;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.Tick;
import org.jaket.circuit.noise.Noise;
import org.jaket.circuit.observable.PauliString;
import org.jaket.circuit.pass.Flattening;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.sensitivity.Ids;
import org.jaket.stabilizer.sensitivity.Sensitivities;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Turns circuits round in time with their error-correcting structure: detecting regions and given
 * flows are those of the original, the other way round. Resets become measurements, and
 * measurements that nothing looks at afterwards become resets.
 *
 * <pre>{@code
 * var reversed = TimeReversal.of(Circuit.stim("R 0"), List.of(Flow.parse("1 -> Z")));
 * reversed.circuit();    // M 0
 * reversed.flows();      // Z -> rec[-1]
 * }</pre>
 */
public final class TimeReversal {
    /**
     * A circuit turned round.
     *
     * @param circuit flat: shifts of coordinates are put into coordinates, counted from the end of
     *     the original, so that what shifts with time does so in the new order too
     * @param flows the given flows turned round, up to sign, with the results they now need
     */
    public record Reversed(Circuit circuit, List<Flow> flows) {}

    private TimeReversal() {}

    /** As {@link #of(Circuit, List, boolean)}, measurements becoming resets where they may. */
    public static Reversed of(Circuit circuit, List<Flow> flows) {
        return of(circuit, flows, true);
    }

    /**
     * Turns a circuit round. Signs are not kept.
     *
     * @param flows flows of the circuit that matter, beyond its detectors and observables
     * @param makesResets whether measurements that nothing looks at afterwards become resets; if
     *     not, the result has all flows of the original, also those that were not given
     * @throws CircuitException if a given flow is not one of the circuit, a detector or observable
     *     reaches its start or is not deterministic, or an operation cannot be turned round
     *     (feedback, chains of ELSE_CORRELATED_ERROR)
     */
    public static Reversed of(Circuit circuit, List<Flow> flows, boolean makesResets) {
        Flattening.checkLength(circuit);
        int qubits = circuit.qubits();
        for (Flow flow : flows) {
            qubits = Math.max(qubits, Math.max(flow.input().qubits(), flow.output().qubits()));
        }
        Walk walk = new Walk(circuit, qubits, makesResets);
        walk.start(flows);
        walk.walk(circuit);
        return new Reversed(Circuit.of(walk.build(flows)), walk.flows(flows));
    }

    private static final class Walk extends SensitivityWalk {
        private final boolean makesResets;
        private final int declaredObservables;
        private final int originalResults;
        private final List<Operation> coordinates = new ArrayList<>();
        private final BlockBuilder out = new BlockBuilder();

        private final ReversedParities parities;
        private double[] shift = {};
        private Operation declaring = new Tick("");

        Walk(Circuit circuit, int qubits, boolean makesResets) {
            super(circuit, qubits, true);
            this.makesResets = makesResets;
            this.declaredObservables = circuit.body().observables();
            this.originalResults = (int) circuit.results();
            this.parities = new ReversedParities(declaredObservables);
        }

        private int key(int flow) {
            return ~(declaredObservables + flow);
        }

        void start(List<Flow> flows) {
            for (int f = 0; f < flows.size(); f++) {
                add(flows.get(f).output(), key(f));
                for (int result : flows.get(f).results()) {
                    int index = result < 0 ? result + originalResults : result;
                    if (index < 0 || index >= originalResults) {
                        throw new CircuitException(
                                "the flow %s names a result that the circuit does not have"
                                        .formatted(flows.get(f)));
                    }
                    now.toggle(now.resultRow(originalResults - index), Ids.observable(~key(f)));
                }
            }
        }

        /** Adds a string to what a key looks at. */
        private void add(PauliString string, int key) {
            int id = Ids.observable(~key);
            for (int q : string.support()) {
                if (string.get(q).hasX()) {
                    now.toggle(Sensitivities.byZ(q), id);
                }
                if (string.get(q).hasZ()) {
                    now.toggle(Sensitivities.byX(q), id);
                }
            }
        }

        private int[] waiting(int lookback) {
            return now.symptoms(now.findResult(lookback));
        }

        /** The keys that look at a qubit. */
        private int[] looking(int q) {
            return union(now.symptoms(Sensitivities.byX(q)), now.symptoms(Sensitivities.byZ(q)));
        }

        @Override
        void tick(long index) {
            out.append(new Tick(""));
        }

        @Override
        void detector(Step.Detector detector, int index) {
            super.detector(detector, index);
            parities.declare(index, declaring);
        }

        @Override
        void operation(Operation operation) {
            switch (operation) {
                case Detector d -> {
                    declaring = new Detector(shifted(d.coordinates()), d.targets(), d.tag());
                    super.operation(d);
                }
                case ObservableInclude o -> observable(o);
                case QubitCoordinates q ->
                        coordinates.add(
                                new QubitCoordinates(
                                        shifted(q.coordinates()), q.targets(), q.tag()));
                case ShiftCoordinates c -> shift(c.shift());
                case GateOperation g -> {
                    if (g.targets().stream().anyMatch(Target::isRecord)) {
                        throw new CircuitException(g, "feedback cannot be turned round in time");
                    }
                    super.operation(g);
                    out.append(g.inverse());
                }
                case PauliPhase p -> {
                    super.operation(p);
                    out.append(Block.of(List.of(p)).inverse());
                }
                case PauliRotation p -> {
                    super.operation(p);
                    out.append(Block.of(List.of(p)).inverse());
                }
                case NoiseOperation n -> noise(n);
                case Reset r -> resetting(r, r.targets());
                case Measurement m when m.kind() == MeasurementKind.MABSENT ->
                        throw new CircuitException(m, "cannot be turned round in time");
                case Measurement m -> {
                    if (m.kind().resets()) {
                        resetting(m, m.targets());
                    } else if (m.kind().qubits() == 1) {
                        measuring(m);
                    } else {
                        products(m);
                    }
                    parities.flush(now, out);
                }
                case Barrier b -> out.append(b);
                default -> throw new CircuitException(operation, "cannot be turned round in time");
            }
            if (operation instanceof Reset) {
                parities.flush(now, out);
            }
        }

        private void shift(List<Double> by) {
            shift = Arrays.copyOf(shift, Math.max(shift.length, by.size()));
            for (int k = 0; k < by.size(); k++) {
                shift[k] += by.get(k);
            }
        }

        private List<Double> shifted(List<Double> place) {
            List<Double> result = new ArrayList<>(place);
            for (int k = 0; k < Math.min(shift.length, place.size()); k++) {
                result.set(k, place.get(k) + shift[k]);
            }
            return result;
        }

        private void observable(ObservableInclude o) {
            Targets paulis = Targets.of(o.targets().stream().filter(Target::isPauli).toArray());
            if (!paulis.isEmpty()) {
                out.append(new ObservableInclude(o.observable(), paulis, o.tag()));
            } else {
                parities.declare(~o.observable(), o);
            }
            super.operation(o);
        }

        private void noise(NoiseOperation n) {
            if (n.noise().movesQubits()) {
                throw new CircuitException(n, "cannot be turned round in time");
            }
            if (n.noise() == Noise.ELSE_CORRELATED_ERROR) {
                throw new CircuitException(n, "a chain cannot be turned round in time");
            }
            for (int k = n.targets().size() - 1; n.results() > 0 && k >= 0; k--) {
                parities.explain(waiting(n.targets().size() - k));
            }
            super.operation(n);
            int arity = Math.max(1, n.noise().qubits());
            out.append(n.noise().qubits() == 0 ? n : n.withTargets(reversed(n.targets(), arity)));
        }

        private static Targets reversed(Targets targets, int arity) {
            int[] result = new int[targets.size()];
            for (int k = 0; k < result.length; k++) {
                result[result.length - arity - k / arity * arity + k % arity] = targets.get(k);
            }
            return Targets.of(result);
        }

        /** Resets measure; measurements with reset do both, the other way round. */
        private void resetting(Operation operation, Targets targets) {
            int end = targets.size();
            while (end > 0) {
                // A stretch of distinct qubits, so that noise can follow it as a whole.
                java.util.BitSet seen = new java.util.BitSet();
                int from = end;
                while (from > 0 && !seen.get(targets.value(from - 1))) {
                    seen.set(targets.value(--from));
                }
                for (int k = end - 1; k >= from; k--) {
                    int q = targets.value(k);
                    parities.explain(looking(q));
                    part(operation.withTargets(targets.slice(k, k + 1)));
                }
                Targets stretch = reversed(targets.slice(from, end), 1);
                switch (operation) {
                    case Reset r ->
                            out.append(
                                    new Measurement(
                                            kind(r.basis()), 0, stretch, Targets.none(), r.tag()));
                    case Measurement m -> {
                        out.append(new Measurement(m.kind(), 0, stretch, Targets.none(), m.tag()));
                        if (m.flipProbability() > 0) {
                            out.append(resetNoise(m, stretch.map(Target::value)));
                        }
                    }
                    default -> throw new AssertionError(operation);
                }
                end = from;
            }
        }

        private static int[] union(int[] a, int[] b) {
            NavigableSet<Integer> all = new TreeSet<>();
            Arrays.stream(a).forEach(all::add);
            Arrays.stream(b).forEach(all::add);
            return all.stream().mapToInt(Integer::intValue).toArray();
        }

        private static MeasurementKind kind(Pauli basis) {
            return switch (basis) {
                case X -> MeasurementKind.MX;
                case Y -> MeasurementKind.MY;
                default -> MeasurementKind.M;
            };
        }

        private static NoiseOperation resetNoise(Measurement m, Targets qubits) {
            Noise noise = m.kind().basis() == Pauli.Z ? Noise.X_ERROR : Noise.Z_ERROR;
            return new NoiseOperation(noise, List.of(m.flipProbability()), qubits, m.tag());
        }

        private void measuring(Measurement m) {
            for (int k = m.targets().size() - 1; k >= 0; k--) {
                int q = m.targets().value(k);
                int[] waiting = waiting(1);
                boolean isLast = looking(q).length == 0;
                Targets one = m.targets().slice(k, k + 1);
                if (makesResets && isLast && waiting.length > 0 && m.flipProbability() == 0) {
                    out.append(new Reset(m.kind().basis(), Targets.of(q), m.tag()));
                } else {
                    parities.explain(waiting);
                    out.append(m.with(one, Targets.none()));
                }
                part(m(m, one));
            }
        }

        private static Measurement m(Measurement m, Targets targets) {
            return new Measurement(m.kind(), 0, targets, Targets.none(), m.tag());
        }

        private void products(Measurement m) {
            int count = (int) m.results();
            for (int k = count - 1; k >= 0; k--) {
                parities.explain(waiting(count - k));
            }
            super.operation(m);
            Targets targets =
                    m.kind() == MeasurementKind.MPP
                            ? reversedProducts(m.targets())
                            : reversed(m.targets(), Math.max(1, m.kind().qubits()));
            out.append(m.with(targets, Targets.none()));
        }

        private static Targets reversedProducts(Targets targets) {
            Targets result = Targets.none();
            int at = 0;
            while (at < targets.size()) {
                int end = at + 1;
                while (end < targets.size() && Target.isCombiner(targets.get(end))) {
                    end += 2;
                }
                result = targets.slice(at, end).then(result);
                at = end;
            }
            return result;
        }

        Block build(List<Flow> flows) {
            for (int f = 0; f < flows.size(); f++) {
                add(flows.get(f).input(), key(f));
            }
            for (int q = 0; q < now.qubits(); q++) {
                for (int key : looking(q)) {
                    throw new CircuitException(reachesStart(key, flows));
                }
            }
            BlockBuilder all = new BlockBuilder();
            coordinates.reversed().forEach(all::append);
            return all.append(out.build()).build();
        }

        private String reachesStart(int key, List<Flow> flows) {
            if (key < 0 && ~key >= declaredObservables) {
                return "the circuit does not have the flow "
                        + flows.get(~key - declaredObservables);
            }
            return (key < 0 ? "observable L" + ~key : "detector D" + key)
                    + " reaches the start of the circuit. Maybe reset the qubits first, or give it as a flow?";
        }

        List<Flow> flows(List<Flow> flows) {
            List<Flow> result = new ArrayList<>();
            for (int f = 0; f < flows.size(); f++) {
                Flow flow = flows.get(f);
                result.add(
                        new Flow(
                                flow.output().abs(),
                                flow.input().abs(),
                                parities.lookbacks(key(f)),
                                new TreeSet<>()));
            }
            return result;
        }
    }
}
