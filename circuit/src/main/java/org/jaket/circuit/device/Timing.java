package org.jaket.circuit.device;

import org.jaket.circuit.Barrier;
import org.jaket.circuit.Block;
import org.jaket.circuit.BlockBuilder;
import org.jaket.circuit.ChannelOperation;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.Delay;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Reset;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.While;
import org.jaket.circuit.gate.Gate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the time that qubits wait for each other explicit: a circuit with delays, for the lengths
 * of gates, readouts and resets on a device.
 *
 * <p>Everything begins as soon as its qubits are free. A qubit that waits for its partner gets a
 * {@link Delay} of that time; before its first operation and after its last one it gets none. What
 * the device knows no length of takes no time. The body of a loop or condition is timed by itself,
 * with all qubits in step before and after it.
 */
public final class Timing {
    private record Key(Gate gate, List<Integer> qubits) {}

    private final Device device;
    private final Map<Key, Double> lengths = new HashMap<>();
    private final Map<Integer, Double> resets = new HashMap<>();

    private Timing(Device device) {
        this.device = device;
        for (GateProperties gate : device.gates()) {
            Gate standard = Device.standardGate(gate.name());
            if (gate.length() > 0 && standard != null) {
                lengths.put(new Key(standard, gate.qubits()), gate.length());
            } else if (gate.length() > 0 && gate.name().equals("reset")) {
                resets.put(gate.qubits().getFirst(), gate.length());
            }
        }
    }

    /** The circuit with the delays that qubits have on a device. */
    public static Circuit withDelays(Circuit circuit, Device device) {
        return circuit.withBody(new Timing(device).timed(circuit.body()));
    }

    /** When each qubit is free; qubits that have not begun are absent. */
    private static final class Clock {
        private final Map<Integer, Double> free = new HashMap<>();
        private final BlockBuilder out = new BlockBuilder();

        /** An operation that begins when all its qubits are free. */
        void append(Operation operation, Targets targets, double length) {
            double start = align(targets);
            out.append(operation);
            for (int k = 0; k < targets.size(); k++) {
                if (Target.touchesQubit(targets.get(k))) {
                    free.put(targets.value(k), start + length);
                }
            }
        }

        /** Lets qubits wait for the last of them; returns when that is. */
        double align(Targets targets) {
            double start = 0;
            for (int k = 0; k < targets.size(); k++) {
                if (Target.touchesQubit(targets.get(k))) {
                    start = Math.max(start, free.getOrDefault(targets.value(k), 0.0));
                }
            }
            for (int k = 0; k < targets.size(); k++) {
                Double since = free.get(targets.value(k));
                if (Target.touchesQubit(targets.get(k)) && since != null && since < start) {
                    out.append(new Delay(start - since, Targets.of(targets.value(k)), ""));
                    free.put(targets.value(k), start);
                }
            }
            return start;
        }

        void alignAll() {
            align(Targets.of(free.keySet().stream().mapToInt(q -> q).sorted().toArray()));
        }
    }

    private Block timed(Block block) {
        Clock clock = new Clock();
        for (Operation operation : block.operations()) {
            switch (operation) {
                case GateOperation g -> gate(g, clock);
                case Measurement m when m.kind().qubits() == 1 -> {
                    for (int k = 0; k < m.targets().size(); k++) {
                        Targets bit = m.bits().isEmpty() ? m.bits() : m.bits().slice(k, k + 1);
                        Targets one = m.targets().slice(k, k + 1);
                        clock.append(m.with(one, bit), one, readout(one.value(0)));
                    }
                }
                case Reset r -> {
                    for (int k = 0; k < r.targets().size(); k++) {
                        Targets one = r.targets().slice(k, k + 1);
                        double length = resets.getOrDefault(one.value(0), 0.0);
                        clock.append(r.withTargets(one), one, length);
                    }
                }
                case Delay d -> {
                    for (int k = 0; k < d.targets().size(); k++) {
                        Targets one = d.targets().slice(k, k + 1);
                        clock.append(d.withTargets(one), one, d.seconds());
                    }
                }
                case Barrier b -> clock.append(b, b.targets(), 0);
                case Repeat r -> {
                    clock.alignAll();
                    clock.out.append(new Repeat(r.count(), timed(r.body()), r.tag()));
                }
                case Conditional c -> {
                    clock.alignAll();
                    clock.out.append(
                            new Conditional(
                                    c.condition(), timed(c.then()), timed(c.otherwise()), c.tag()));
                }
                case While w -> {
                    clock.alignAll();
                    clock.out.append(new While(w.condition(), timed(w.body()), w.tag()));
                }
                case Measurement m when m.kind() != MeasurementKind.MPAD ->
                        clock.append(m, m.targets(), 0);
                case PauliPhase p -> clock.append(p, p.targets(), 0);
                case PauliRotation p -> clock.append(p, p.targets(), 0);
                case NoiseOperation n -> clock.append(n, n.targets(), 0);
                case ChannelOperation c -> clock.append(c, c.targets(), 0);
                default -> clock.out.append(operation);
            }
        }
        return clock.out.build();
    }

    private void gate(GateOperation g, Clock clock) {
        int arity = g.gate().qubits();
        if (arity == 0) {
            clock.out.append(g);
            return;
        }
        for (int k = 0; k < g.targets().size(); k += arity) {
            Targets group = g.targets().slice(k, k + arity);
            Key key = new Key(g.gate(), group.stream().boxed().toList());
            clock.append(g.withTargets(group), group, lengths.getOrDefault(key, 0.0));
        }
    }

    private double readout(int qubit) {
        double length =
                qubit < device.qubits().size()
                        ? device.qubits().get(qubit).readoutLength()
                        : Double.NaN;
        return length > 0 ? length : 0;
    }
}
