package org.jaket.circuit.noise;

import org.jaket.circuit.ChannelOperation;
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Targets;
import org.jaket.circuit.gate.Gate;

import java.util.ArrayList;
import java.util.List;

/** One thing that goes wrong, on the qubits that a gate or reset has just acted on. */
sealed interface ErrorRule {
    /** How many qubits it needs: a gate's, or 1 for an error on each of them. */
    int qubits();

    /** The error on some qubits. */
    Operation on(Targets targets);

    /** Noise that engines know by name. */
    record Named(Noise noise, List<Double> arguments) implements ErrorRule {
        Named(Noise noise, double... probabilities) {
            this(noise, boxed(probabilities));
        }

        private static List<Double> boxed(double[] probabilities) {
            List<Double> list = new ArrayList<>();
            for (double p : probabilities) {
                list.add(p);
            }
            return List.copyOf(list);
        }

        @Override
        public int qubits() {
            return Math.max(1, noise.qubits());
        }

        @Override
        public NoiseOperation on(Targets targets) {
            return new NoiseOperation(noise, arguments, targets, "");
        }
    }

    /** A Kraus channel. */
    record Channel(KrausChannel channel) implements ErrorRule {
        @Override
        public int qubits() {
            return channel.qubits();
        }

        @Override
        public ChannelOperation on(Targets targets) {
            return new ChannelOperation(channel, targets, "");
        }
    }

    /** Checks that the error can be at all and fits operations on so many qubits. */
    default void requireFor(String what, int arity) {
        boolean product = this instanceof Named n && n.noise.qubits() == 0;
        String described = on(Targets.range(0, product ? 0 : qubits())).describe();
        boolean records = this instanceof Named n && n.noise.isHeralded();
        if (product || records || qubits() != 1 && qubits() != arity) {
            throw new IllegalArgumentException(
                    "noise after "
                            + what
                            + " is on 1 or "
                            + arity
                            + " qubits and leaves no record, unlike "
                            + described);
        }
    }

    /** What a rule belongs to: a gate, on some qubits. */
    record Key(Gate gate, List<Integer> qubits) {}
}
