package org.jaket.circuit.pass;

import org.jaket.circuit.Block;
import org.jaket.circuit.BlockBuilder;
import org.jaket.circuit.ChannelOperation;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.While;

/**
 * Takes noise out of circuits: channels go, measurements record what they find, heralds record 0 so
 * that look-backs keep their meaning. No qubit leaves without noise, so measurements of presence
 * become constants.
 */
public final class NoiseRemoval {
    private NoiseRemoval() {}

    /** The circuit without noise. */
    public static Circuit of(Circuit circuit) {
        return circuit.withBody(quiet(circuit.body()));
    }

    private static Block quiet(Block block) {
        var out = new BlockBuilder();
        for (Operation operation : block.operations()) {
            switch (operation) {
                case NoiseOperation n -> {
                    if (n.results() > 0) {
                        Targets zeros = n.targets().map(t -> 0);
                        out.append(
                                new Measurement(
                                        MeasurementKind.MPAD, 0, zeros, Targets.none(), n.tag()));
                    }
                }
                case ChannelOperation c -> {}
                case Measurement m when m.kind() == MeasurementKind.MABSENT ->
                        out.append(
                                new Measurement(
                                        MeasurementKind.MPAD,
                                        0,
                                        m.targets().map(t -> Target.isInverted(t) ? 1 : 0),
                                        m.bits(),
                                        m.tag()));
                case Measurement m ->
                        out.append(new Measurement(m.kind(), 0, m.targets(), m.bits(), m.tag()));
                case Repeat r -> out.append(new Repeat(r.count(), quiet(r.body()), r.tag()));
                case Conditional c ->
                        out.append(
                                new Conditional(
                                        c.condition(),
                                        quiet(c.then()),
                                        quiet(c.otherwise()),
                                        c.tag()));
                case While w -> out.append(new While(w.condition(), quiet(w.body()), w.tag()));
                default -> out.append(operation);
            }
        }
        return out.build();
    }
}
