package org.jaket.circuit.noise;

import org.jaket.circuit.Block;
import org.jaket.circuit.BlockBuilder;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Reset;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.While;

import java.util.List;

/**
 * Uniform noise that is put on a circuit: depolarising errors after gates, flips after resets and
 * at measurements.
 *
 * <p>After a gate on one qubit comes DEPOLARIZE1, after one on two qubits DEPOLARIZE2, after a
 * larger one DEPOLARIZE1 with the two-qubit probability on each of its qubits. Gates controlled by
 * classical bits get no noise.
 *
 * @param oneQubit probability of an error after a one-qubit gate
 * @param twoQubit probability of an error after a two-qubit gate
 * @param afterReset probability that a reset leaves the opposite state
 * @param readout probability that a recorded result is flipped
 */
public record NoiseModel(double oneQubit, double twoQubit, double afterReset, double readout) {
    /** Checks the probabilities. */
    public NoiseModel {
        for (double p : new double[] {oneQubit, twoQubit, afterReset, readout}) {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException(
                        "a noise model needs probabilities from 0 to 1, not " + p);
            }
        }
    }

    /** Depolarising noise after gates only. */
    public static NoiseModel depolarizing(double oneQubit, double twoQubit) {
        return new NoiseModel(oneQubit, twoQubit, 0, 0);
    }

    /** The same noise with recorded results flipped with probability p. */
    public NoiseModel readout(double p) {
        return new NoiseModel(oneQubit, twoQubit, afterReset, p);
    }

    /** The same noise with resets failing with probability p. */
    public NoiseModel afterReset(double p) {
        return new NoiseModel(oneQubit, twoQubit, p, readout);
    }

    /** The circuit with this noise. */
    public Circuit apply(Circuit circuit) {
        return circuit.withBody(noisy(circuit.body()));
    }

    private Block noisy(Block block) {
        var out = new BlockBuilder();
        for (Operation operation : block.operations()) {
            switch (operation) {
                case GateOperation g -> {
                    out.append(g);
                    afterGate(g, out);
                }
                case Reset r -> {
                    out.append(r);
                    flip(r.basis(), r.targets(), out);
                }
                case Measurement m -> {
                    out.append(withReadout(m));
                    if (m.kind().resets()) {
                        flip(m.kind().basis(), m.targets().map(Target::value), out);
                    }
                }
                case Repeat r -> out.append(new Repeat(r.count(), noisy(r.body()), r.tag()));
                case Conditional c ->
                        out.append(
                                new Conditional(
                                        c.condition(),
                                        noisy(c.then()),
                                        noisy(c.otherwise()),
                                        c.tag()));
                case While w -> out.append(new While(w.condition(), noisy(w.body()), w.tag()));
                default -> out.append(operation);
            }
        }
        return out.build();
    }

    private void afterGate(GateOperation g, BlockBuilder out) {
        int arity = g.gate().qubits();
        for (int k = 0; k < g.targets().size(); k += Math.max(1, arity)) {
            Targets group = g.targets().slice(k, k + arity);
            if (group.hasClassical()) {
                continue;
            }
            if (arity == 1 && oneQubit > 0) {
                out.append(new NoiseOperation(Noise.DEPOLARIZE1, List.of(oneQubit), group, ""));
            } else if (arity == 2 && twoQubit > 0) {
                out.append(new NoiseOperation(Noise.DEPOLARIZE2, List.of(twoQubit), group, ""));
            } else if (arity > 2 && twoQubit > 0) {
                out.append(new NoiseOperation(Noise.DEPOLARIZE1, List.of(twoQubit), group, ""));
            }
        }
    }

    private void flip(Pauli basis, Targets targets, BlockBuilder out) {
        if (afterReset > 0) {
            Noise noise = basis == Pauli.Z ? Noise.X_ERROR : Noise.Z_ERROR;
            out.append(new NoiseOperation(noise, List.of(afterReset), targets, ""));
        }
    }

    /** Independent flips compose: a result is wrong when exactly one of both happens. */
    private Measurement withReadout(Measurement m) {
        double p =
                m.kind() == MeasurementKind.MPAD
                        ? m.flipProbability()
                        : m.flipProbability() * (1 - readout) + readout * (1 - m.flipProbability());
        return new Measurement(m.kind(), p, m.targets(), m.bits(), m.tag());
    }
}
