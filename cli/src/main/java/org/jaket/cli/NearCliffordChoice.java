package org.jaket.cli;

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
import org.jaket.execution.Progress;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.CompiledNearClifford;
import org.jaket.stabilizer.NearCliffordSimulator;
import org.jspecify.annotations.Nullable;

/**
 * Whether shots of a circuit that is not Clifford cost less in the near-Clifford engine than with a
 * state vector, counted in amplitudes that are touched. The state vector runs gates once where no
 * error, reset or result comes before them, otherwise for each shot.
 */
final class NearCliffordChoice {
    /**
     * Circuits that branch on results stay with the state vector up to so many qubits: what they
     * cost in the near-Clifford engine is an estimate there, and a rare history can be refused.
     */
    private static final int SMALL = 20;

    private double gates;
    private boolean random;
    private boolean perShot;

    private NearCliffordChoice() {}

    /**
     * The circuit compiled by the near-Clifford engine, or null if that does not run it for less.
     */
    static @Nullable CompiledNearClifford ifCheaper(
            Circuit circuit, long shots, Progress progress) {
        if (circuit.qubits() <= SMALL && branches(circuit.body())) {
            return null;
        }
        CompiledNearClifford compiled;
        try {
            compiled = new NearCliffordSimulator().compile(circuit, progress);
        } catch (UnsupportedCircuitException e) {
            return null;
        }
        var choice = new NearCliffordChoice();
        choice.count(circuit.body(), 1);
        double runs = choice.perShot ? shots : 1;
        double stateVector = runs * choice.gates * Math.pow(2, circuit.qubits());
        return compiled.forecast().work(shots) < stateVector ? compiled : null;
    }

    private static boolean branches(Block block) {
        return block.operations().stream()
                .anyMatch(
                        o ->
                                o instanceof Conditional
                                        || o instanceof While
                                        || o.blocks().stream()
                                                .anyMatch(NearCliffordChoice::branches));
    }

    private void count(Block block, double times) {
        for (Operation operation : block.operations()) {
            switch (operation) {
                case GateOperation g -> gate(times * g.applications());
                case PauliPhase p -> gate(times);
                case PauliRotation p -> gate(times);
                case Measurement m -> random = true;
                case Reset r -> random = true;
                case NoiseOperation n -> random = true;
                case ChannelOperation c -> random = true;
                default -> {
                    double turns = operation instanceof Repeat r ? times * r.count() : times;
                    for (Block inner : operation.blocks()) {
                        count(inner, turns);
                        if (turns > times && random) {
                            perShot = true;
                        }
                    }
                }
            }
        }
    }

    private void gate(double applications) {
        gates += applications;
        perShot |= random;
    }
}
