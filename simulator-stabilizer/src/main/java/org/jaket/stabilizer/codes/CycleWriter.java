package org.jaket.stabilizer.codes;

import org.jaket.circuit.Block;
import org.jaket.circuit.BlockBuilder;
import org.jaket.circuit.Detector;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.ObservableInclude;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.QubitCoordinates;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Reset;
import org.jaket.circuit.ShiftCoordinates;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.Tick;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.noise.Noise;

import java.util.List;

/** Writes the operations of an experiment, each with the noise that goes with it. */
final class CycleWriter {
    private final MemoryExperiment experiment;
    private final BlockBuilder out = new BlockBuilder();

    CycleWriter(MemoryExperiment experiment) {
        this.experiment = experiment;
    }

    Block build() {
        return out.build();
    }

    private void append(Operation operation) {
        out.append(operation);
    }

    void tick() {
        append(new Tick(""));
    }

    /** A tick and the idling noise of the data qubits. */
    void beginRound(int[] data) {
        tick();
        noise(Noise.DEPOLARIZE1, experiment.beforeRoundDataDepolarization(), data);
    }

    void gate1(StandardGate gate, int[] targets) {
        append(GateOperation.of(gate, targets));
        noise(Noise.DEPOLARIZE1, experiment.afterCliffordDepolarization(), targets);
    }

    void cx(int[] targets) {
        append(GateOperation.of(StandardGate.CX, targets));
        noise(Noise.DEPOLARIZE2, experiment.afterCliffordDepolarization(), targets);
    }

    void reset(Pauli basis, int[] targets) {
        append(new Reset(basis, Targets.of(targets), ""));
        flip(basis, experiment.afterResetFlipProbability(), targets);
    }

    void measure(Pauli basis, int[] targets) {
        flip(basis, experiment.beforeMeasureFlipProbability(), targets);
        MeasurementKind kind =
                switch (basis) {
                    case X -> MeasurementKind.MX;
                    case Y -> MeasurementKind.MY;
                    default -> MeasurementKind.M;
                };
        append(Measurement.of(kind, targets));
    }

    void measureReset(int[] targets) {
        flip(Pauli.Z, experiment.beforeMeasureFlipProbability(), targets);
        append(Measurement.of(MeasurementKind.MR, targets));
        flip(Pauli.Z, experiment.afterResetFlipProbability(), targets);
    }

    /** The error that a measurement in the basis sees. */
    private void flip(Pauli basis, double p, int[] targets) {
        noise(basis == Pauli.X ? Noise.Z_ERROR : Noise.X_ERROR, p, targets);
    }

    private void noise(Noise noise, double p, int[] targets) {
        if (p > 0) {
            append(new NoiseOperation(noise, List.of(p), Targets.of(targets), ""));
        }
    }

    void coordinates(int qubit, double x, double y) {
        append(new QubitCoordinates(List.of(x, y), Targets.of(qubit), ""));
    }

    void shift(double... by) {
        append(new ShiftCoordinates(list(by), ""));
    }

    /** A detector of the given look-backs. */
    void detector(double[] at, int... lookbacks) {
        append(new Detector(list(at), records(lookbacks), ""));
    }

    void observable(int... lookbacks) {
        append(new ObservableInclude(0, records(lookbacks), ""));
    }

    private static Targets records(int[] lookbacks) {
        return Targets.of(lookbacks).map(Target::record);
    }

    private static List<Double> list(double[] values) {
        return java.util.Arrays.stream(values).boxed().toList();
    }

    void append(Block block) {
        out.append(block);
    }

    /** A block some number of times, folded if more than once. */
    void repeat(long count, Block block) {
        if (count == 1) {
            out.append(block);
        } else if (count > 1) {
            out.append(new Repeat(count, block, ""));
        }
    }
}
