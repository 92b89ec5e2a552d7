package org.jaket.circuit.noise;

import org.jaket.circuit.gate.Gate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the rules of a {@link NoiseModel}.
 *
 * <p>A rule for a gate on certain qubits wins over one for the gate on any qubits, and that over
 * one for all gates of a size. Rules for the same add up: their errors happen one after the other.
 */
public final class NoiseModelBuilder {
    final Map<ErrorRule.Key, List<ErrorRule>> onQubits = new HashMap<>();
    final Map<Gate, List<ErrorRule>> onGates = new HashMap<>();
    final Map<Integer, List<ErrorRule>> onSizes = new HashMap<>();
    final Map<Integer, List<ErrorRule>> resets = new HashMap<>();
    final Map<Integer, ReadoutError> readouts = new HashMap<>();
    final Map<Integer, Relaxation> idle = new HashMap<>();
    double flipAfterReset;

    /** Stands for every qubit without a rule of its own. */
    static final int ANY = -1;

    /** How a qubit relaxes while nothing is done to it. */
    record Relaxation(double t1, double t2, double excited) {}

    NoiseModelBuilder() {}

    /** A channel after a gate, on whatever qubits; a one-qubit channel happens to each of them. */
    public NoiseModelBuilder after(Gate gate, KrausChannel channel) {
        return add(onGates, gate, gate, new ErrorRule.Channel(channel));
    }

    /** A channel after a gate on one qubit. */
    public NoiseModelBuilder after(Gate gate, int qubit, KrausChannel channel) {
        return after(gate, new int[] {qubit}, channel);
    }

    /** A channel after a gate on the given qubits, in this order. */
    public NoiseModelBuilder after(Gate gate, int[] qubits, KrausChannel channel) {
        return add(onQubits, key(gate, qubits), gate, new ErrorRule.Channel(channel));
    }

    /** Noise with a name after a gate, such as {@code DEPOLARIZE2}, on whatever qubits. */
    public NoiseModelBuilder after(Gate gate, Noise noise, double... probabilities) {
        return add(onGates, gate, gate, new ErrorRule.Named(noise, probabilities));
    }

    /** Noise with a name after a gate on the given qubits, in this order. */
    public NoiseModelBuilder after(Gate gate, int[] qubits, Noise noise, double... probabilities) {
        return add(onQubits, key(gate, qubits), gate, new ErrorRule.Named(noise, probabilities));
    }

    /** A channel after every gate of a size that has no rule of its own. */
    public NoiseModelBuilder afterGatesOn(int qubits, KrausChannel channel) {
        return add(onSizes, qubits, "gates", qubits, new ErrorRule.Channel(channel));
    }

    /** Noise with a name after every gate of a size that has no rule of its own. */
    public NoiseModelBuilder afterGatesOn(int qubits, Noise noise, double... probabilities) {
        return add(onSizes, qubits, "gates", qubits, new ErrorRule.Named(noise, probabilities));
    }

    /** A channel after resets of qubits that have no rule of their own. */
    public NoiseModelBuilder afterReset(KrausChannel channel) {
        return add(resets, ANY, "resets", 1, new ErrorRule.Channel(channel));
    }

    /** A channel after resets of a qubit. */
    public NoiseModelBuilder afterReset(int qubit, KrausChannel channel) {
        return add(resets, qubit, "resets", 1, new ErrorRule.Channel(channel));
    }

    /** The probability that a reset, in any basis, leaves the opposite state. */
    public NoiseModelBuilder flipAfterReset(double p) {
        flipAfterReset = ReadoutError.symmetric(p).falseOne();
        return this;
    }

    /** The readout of qubits that have no rule of their own. */
    public NoiseModelBuilder readout(double falseOne, double falseZero) {
        readouts.put(ANY, new ReadoutError(falseOne, falseZero));
        return this;
    }

    /**
     * The readout of a qubit.
     *
     * @param falseOne the probability of reading 1 from |0>
     * @param falseZero the probability of reading 0 from |1>
     */
    public NoiseModelBuilder readout(int qubit, double falseOne, double falseZero) {
        readouts.put(qubit, new ReadoutError(falseOne, falseZero));
        return this;
    }

    /**
     * Relaxation of qubits that have no rule of their own, while they idle: see {@link #idle(int,
     * double, double, double)}.
     */
    public NoiseModelBuilder idle(double t1, double t2, double excited) {
        return idle(ANY, t1, t2, excited);
    }

    /**
     * Relaxation of a qubit during delays whose duration is known. See {@link
     * org.jaket.circuit.device.Timing}, which makes delays of the time that qubits wait for others.
     *
     * @param t1 in seconds
     * @param t2 in seconds, at most 2 T1
     * @param excited the population of |1> in equilibrium
     */
    public NoiseModelBuilder idle(int qubit, double t1, double t2, double excited) {
        StandardChannels.thermalRelaxation(t1, t2, 0, excited);
        idle.put(qubit, new Relaxation(t1, t2, excited));
        return this;
    }

    /** The model of all rules so far. */
    public NoiseModel build() {
        return new NoiseModel(this);
    }

    private static ErrorRule.Key key(Gate gate, int[] qubits) {
        if (qubits.length != gate.qubits()) {
            throw new IllegalArgumentException(
                    gate.label()
                            + " is on "
                            + gate.qubits()
                            + " qubits, not "
                            + Arrays.toString(qubits));
        }
        return new ErrorRule.Key(gate, Arrays.stream(qubits).boxed().toList());
    }

    private <K> NoiseModelBuilder add(
            Map<K, List<ErrorRule>> rules, K key, Gate gate, ErrorRule rule) {
        return add(rules, key, gate.label(), gate.qubits(), rule);
    }

    private <K> NoiseModelBuilder add(
            Map<K, List<ErrorRule>> rules, K key, String what, int arity, ErrorRule rule) {
        rule.requireFor(what, arity);
        rules.computeIfAbsent(key, k -> new ArrayList<>()).add(rule);
        return this;
    }
}
