package org.jaket.stabilizer.diagram;

import org.jaket.circuit.Block;
import org.jaket.circuit.BlockBuilder;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Targets;

/** A circuit without noise and with the same record: heralds become constant zeros. */
final class WithoutNoise {
    private WithoutNoise() {}

    static Block of(Block block) {
        BlockBuilder kept = new BlockBuilder();
        for (Operation operation : block.operations()) {
            switch (operation) {
                case NoiseOperation n when n.noise().isHeralded() ->
                        kept.append(
                                new Measurement(
                                        MeasurementKind.MPAD,
                                        0,
                                        Targets.of(new int[n.targets().size()]),
                                        Targets.none(),
                                        n.tag()));
                case NoiseOperation n -> {}
                case Measurement m ->
                        kept.append(new Measurement(m.kind(), 0, m.targets(), m.bits(), m.tag()));
                case Repeat r -> kept.append(new Repeat(r.count(), of(r.body()), r.tag()));
                default -> kept.append(operation);
            }
        }
        return kept.build();
    }
}
