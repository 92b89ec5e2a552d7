package org.jaket.automatic;

import org.jaket.circuit.Block;
import org.jaket.circuit.ChannelOperation;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Reset;
import org.jaket.circuit.While;

/**
 * What a circuit asks of an engine that follows pure states.
 *
 * @param gates applications of gates, repeats unfolded and branches counted as if taken
 * @param perShot whether gates come after something random, so that each shot repeats them
 * @param noisy whether there is noise
 * @param branching whether operations depend on results
 */
record Work(double gates, boolean perShot, boolean noisy, boolean branching) {
    static Work of(Circuit circuit) {
        var counter = new Counter();
        counter.count(circuit.body(), 1);
        return new Work(counter.gates, counter.perShot, counter.noisy, counter.branching);
    }

    /** Gates of all runs that so many shots take. */
    double gates(long shots) {
        return perShot ? gates * shots : gates;
    }

    private static final class Counter {
        double gates;
        boolean random;
        boolean perShot;
        boolean noisy;
        boolean branching;

        void count(Block block, double times) {
            for (Operation operation : block.operations()) {
                switch (operation) {
                    case GateOperation g -> gate(times * g.applications());
                    case PauliPhase p -> gate(times);
                    case PauliRotation p -> gate(times);
                    case Measurement m -> {
                        random = true;
                        noisy |= m.falseOne() > 0 || m.falseZero() > 0;
                    }
                    case Reset r -> random = true;
                    case NoiseOperation n -> noise();
                    case ChannelOperation c -> noise();
                    default -> inside(operation, times);
                }
            }
        }

        private void inside(Operation operation, double times) {
            branching |= operation instanceof Conditional || operation instanceof While;
            double turns = operation instanceof Repeat r ? times * r.count() : times;
            for (Block inner : operation.blocks()) {
                count(inner, turns);
                perShot |= turns > times && random;
            }
        }

        private void noise() {
            random = true;
            noisy = true;
        }

        private void gate(double applications) {
            gates += applications;
            perShot |= random;
        }
    }
}
