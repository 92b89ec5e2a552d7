package org.jaket.circuit.noise;

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
import org.jaket.circuit.Pauli;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Reset;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.While;
import org.jaket.circuit.gate.Gate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Noise that is put on a circuit: errors after gates and resets, wrong readouts, relaxation of
 * qubits that idle. Immutable.
 *
 * <p>{@link #builder} takes rules by gate and by qubit; the most specific one holds, and gates
 * without a rule are noiseless. {@link #depolarizing} and {@link #NoiseModel} are the same for all
 * qubits. Gates controlled by classical bits and Pauli rotations and phases get no noise; readout
 * errors by qubit apply to measurements of single qubits, those for any qubit to products too.
 */
public final class NoiseModel {
    private final Map<ErrorRule.Key, List<ErrorRule>> onQubits;
    private final Map<Gate, List<ErrorRule>> onGates;
    private final Map<Integer, List<ErrorRule>> onSizes;
    private final Map<Integer, List<ErrorRule>> resets;
    private final Map<Integer, ReadoutError> readouts;
    private final Map<Integer, NoiseModelBuilder.Relaxation> idle;
    private final double flipAfterReset;

    /**
     * Uniform noise. After a gate on one qubit comes DEPOLARIZE1, after one on two qubits
     * DEPOLARIZE2, after a larger one DEPOLARIZE1 with the two-qubit probability on each of its
     * qubits.
     *
     * @param oneQubit probability of an error after a one-qubit gate
     * @param twoQubit probability of an error after a two-qubit gate
     * @param afterReset probability that a reset leaves the opposite state
     * @param readout probability that a recorded result is flipped
     */
    public NoiseModel(double oneQubit, double twoQubit, double afterReset, double readout) {
        this(uniform(oneQubit, twoQubit, afterReset, readout));
    }

    NoiseModel(NoiseModelBuilder rules) {
        onQubits = copy(rules.onQubits);
        onGates = copy(rules.onGates);
        onSizes = copy(rules.onSizes);
        resets = copy(rules.resets);
        readouts = Map.copyOf(rules.readouts);
        idle = Map.copyOf(rules.idle);
        flipAfterReset = rules.flipAfterReset;
    }

    private static <K> Map<K, List<ErrorRule>> copy(Map<K, List<ErrorRule>> rules) {
        Map<K, List<ErrorRule>> copy = new HashMap<>();
        rules.forEach((key, list) -> copy.put(key, List.copyOf(list)));
        return Map.copyOf(copy);
    }

    private static NoiseModelBuilder uniform(
            double oneQubit, double twoQubit, double afterReset, double readout) {
        for (double p : new double[] {oneQubit, twoQubit, afterReset, readout}) {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException(
                        "a noise model needs probabilities from 0 to 1, not " + p);
            }
        }
        NoiseModelBuilder rules = new NoiseModelBuilder();
        if (oneQubit > 0) {
            rules.afterGatesOn(1, Noise.DEPOLARIZE1, oneQubit);
        }
        if (twoQubit > 0) {
            rules.afterGatesOn(2, Noise.DEPOLARIZE2, twoQubit);
            rules.afterGatesOn(LARGER, Noise.DEPOLARIZE1, twoQubit);
        }
        if (readout > 0) {
            rules.readout(readout, readout);
        }
        return rules.flipAfterReset(afterReset);
    }

    /** Stands for all sizes above two that have no rule. */
    private static final int LARGER = Integer.MAX_VALUE;

    /** A model without rules, to add some. */
    public static NoiseModelBuilder builder() {
        return new NoiseModelBuilder();
    }

    /** Depolarising noise after gates only. */
    public static NoiseModel depolarizing(double oneQubit, double twoQubit) {
        return new NoiseModel(oneQubit, twoQubit, 0, 0);
    }

    /** The same noise with recorded results flipped with probability p. */
    public NoiseModel readout(double p) {
        return new NoiseModel(toBuilder().readout(p, p));
    }

    /** The same noise with resets failing with probability p. */
    public NoiseModel afterReset(double p) {
        return new NoiseModel(toBuilder().flipAfterReset(p));
    }

    /** A builder with the rules of this model, to add more. */
    public NoiseModelBuilder toBuilder() {
        NoiseModelBuilder rules = new NoiseModelBuilder();
        onQubits.forEach((key, list) -> rules.onQubits.put(key, new ArrayList<>(list)));
        onGates.forEach((key, list) -> rules.onGates.put(key, new ArrayList<>(list)));
        onSizes.forEach((key, list) -> rules.onSizes.put(key, new ArrayList<>(list)));
        resets.forEach((key, list) -> rules.resets.put(key, new ArrayList<>(list)));
        rules.readouts.putAll(readouts);
        rules.idle.putAll(idle);
        rules.flipAfterReset = flipAfterReset;
        return rules;
    }

    /** The readout error of a qubit. */
    public ReadoutError readoutOf(int qubit) {
        ReadoutError any = readouts.getOrDefault(NoiseModelBuilder.ANY, ReadoutError.NONE);
        return readouts.getOrDefault(qubit, any);
    }

    /** The circuit with this noise. */
    public Circuit apply(Circuit circuit) {
        return circuit.withBody(noisy(circuit.body()));
    }

    private Block noisy(Block block) {
        var out = new BlockBuilder();
        for (Operation operation : block.operations()) {
            switch (operation) {
                case GateOperation g -> gate(g, out);
                case Reset r -> {
                    out.append(r);
                    afterReset(r.basis(), r.targets(), out);
                }
                case Measurement m -> {
                    measurement(m, out);
                    if (m.kind().resets()) {
                        afterReset(m.kind().basis(), m.targets().map(Target::value), out);
                    }
                }
                case Delay d -> {
                    out.append(d);
                    idle(d, out);
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

    // ---- gates ----------------------------------------------------------------------------

    private void gate(GateOperation g, BlockBuilder out) {
        int arity = g.gate().qubits();
        if (arity == 0 || g.applications() == 1 || isDisjoint(g.targets())) {
            out.append(g);
            if (arity > 0) {
                afterGate(g, out);
            }
            return;
        }
        // A qubit that takes part twice meets the first error before the second gate.
        for (int k = 0; k < g.targets().size(); k += arity) {
            GateOperation one = g.withTargets(g.targets().slice(k, k + arity));
            out.append(one);
            afterGate(one, out);
        }
    }

    private static boolean isDisjoint(Targets targets) {
        BitSet seen = new BitSet();
        for (int k = 0; k < targets.size(); k++) {
            if (Target.touchesQubit(targets.get(k))) {
                int q = targets.value(k);
                if (seen.get(q)) {
                    return false;
                }
                seen.set(q);
            }
        }
        return true;
    }

    private void afterGate(GateOperation g, BlockBuilder out) {
        int arity = g.gate().qubits();
        List<List<ErrorRule>> rules = new ArrayList<>();
        int most = 0;
        for (int k = 0; k < g.targets().size(); k += arity) {
            Targets group = g.targets().slice(k, k + arity);
            rules.add(group.hasClassical() ? List.of() : rules(g.gate(), group));
            most = Math.max(most, rules.getLast().size());
        }
        // The first errors of all groups, then the second ones: equal ones become one operation.
        for (int n = 0; n < most; n++) {
            for (int k = 0; k < rules.size(); k++) {
                if (n < rules.get(k).size()) {
                    out.append(
                            rules.get(k).get(n).on(g.targets().slice(k * arity, (k + 1) * arity)));
                }
            }
        }
    }

    private List<ErrorRule> rules(Gate gate, Targets group) {
        if (!onQubits.isEmpty()) {
            List<Integer> qubits = group.stream().boxed().toList();
            List<ErrorRule> specific = onQubits.get(new ErrorRule.Key(gate, qubits));
            if (specific != null) {
                return specific;
            }
        }
        List<ErrorRule> general = onGates.get(gate);
        if (general != null) {
            return general;
        }
        int size = group.size();
        List<ErrorRule> larger = size > 2 ? onSizes.getOrDefault(LARGER, List.of()) : List.of();
        return onSizes.getOrDefault(size, larger);
    }

    // ---- resets, measurements, delays -----------------------------------------------------

    private void afterReset(Pauli basis, Targets targets, BlockBuilder out) {
        if (flipAfterReset > 0) {
            Noise noise = basis == Pauli.Z ? Noise.X_ERROR : Noise.Z_ERROR;
            out.append(new NoiseOperation(noise, List.of(flipAfterReset), targets, ""));
        }
        if (resets.isEmpty()) {
            return;
        }
        List<ErrorRule> any = resets.getOrDefault(NoiseModelBuilder.ANY, List.of());
        for (int k = 0; k < targets.size(); k++) {
            for (ErrorRule rule : resets.getOrDefault(targets.value(k), any)) {
                out.append(rule.on(Targets.of(targets.value(k))));
            }
        }
    }

    private void measurement(Measurement m, BlockBuilder out) {
        ReadoutError any = readouts.getOrDefault(NoiseModelBuilder.ANY, ReadoutError.NONE);
        boolean single = m.kind().qubits() == 1 && m.kind() != MeasurementKind.MABSENT;
        if (m.kind() == MeasurementKind.MPAD || readouts.isEmpty()) {
            out.append(m);
        } else if (!single) {
            out.append(any.on(m));
        } else {
            for (int k = 0; k < m.targets().size(); k++) {
                int target = m.targets().get(k);
                ReadoutError error = readouts.getOrDefault(Target.value(target), any);
                Targets bit = m.bits().isEmpty() ? m.bits() : m.bits().slice(k, k + 1);
                Measurement one = m.with(Targets.of(target), bit);
                out.append((Target.isInverted(target) ? error.inverted() : error).on(one));
            }
        }
    }

    private void idle(Delay d, BlockBuilder out) {
        if (idle.isEmpty() || d.seconds() == 0) {
            return;
        }
        for (int k = 0; k < d.targets().size(); k++) {
            int qubit = d.targets().value(k);
            NoiseModelBuilder.Relaxation r = idle.get(qubit);
            r = r == null ? idle.get(NoiseModelBuilder.ANY) : r;
            if (r != null) {
                KrausChannel decay =
                        StandardChannels.thermalRelaxation(
                                r.t1(), r.t2(), d.seconds(), r.excited());
                out.append(new ChannelOperation(decay, Targets.of(qubit), ""));
            }
        }
    }
}
