package org.jaket.interop.strange;

import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Targets;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.gate.StandardGate;
import org.redfx.strange.Gate;
import org.redfx.strange.Program;
import org.redfx.strange.Step;
import org.redfx.strange.gate.ProbabilitiesGate;

import java.util.ArrayList;
import java.util.List;

/**
 * A program of Strange's as it was when it was read: later changes to it are not seen here.
 *
 * @param qubits how many qubits it has
 * @param preparation what brings all zeros to the initial state
 * @param steps gates and measurements of each step, in order; qubit k is measured into bit k
 */
record ReadProgram(int qubits, List<GateOperation> preparation, List<List<Operation>> steps) {
    /**
     * Reads a program and changes nothing in it.
     *
     * @throws IllegalArgumentException naming the step and the class of the gate that cannot be
     *     read, or the qubit whose initial amplitude is none
     */
    static ReadProgram of(Program program) {
        int qubits = program.getNumberQubits();
        var preparation = new ArrayList<GateOperation>();
        double[] alphas = program.getInitialAlphas();
        for (int q = 0; q < qubits; q++) {
            prepare(q, alphas[q], preparation);
        }
        var reader = new GateReader();
        var steps = new ArrayList<List<Operation>>();
        for (Step step : program.getSteps()) {
            var operations = new ArrayList<Operation>();
            for (Gate gate : step.getGates()) {
                if (!(gate instanceof ProbabilitiesGate)) {
                    operations.add(read(gate, reader, qubits, steps.size()));
                }
            }
            steps.add(List.copyOf(operations));
        }
        return new ReadProgram(qubits, List.copyOf(preparation), List.copyOf(steps));
    }

    /** From |0> to alpha |0> + sqrt(1 - alpha^2) |1>. */
    private static void prepare(int qubit, double alpha, List<GateOperation> operations) {
        if (!(alpha >= -1 && alpha <= 1)) {
            throw new IllegalArgumentException(
                    "The initial amplitude of qubit "
                            + qubit
                            + " must be a number from -1 to 1, not "
                            + alpha);
        }
        if (alpha == 0) {
            operations.add(GateOperation.of(StandardGate.X, qubit));
        } else if (alpha != 1) {
            operations.add(
                    new GateOperation(
                            StandardGate.RY,
                            List.of(Expression.of(2 * Math.acos(alpha))),
                            Targets.of(qubit),
                            ""));
        }
    }

    private static Operation read(Gate gate, GateReader reader, int qubits, int step) {
        try {
            Operation operation =
                    gate instanceof org.redfx.strange.gate.Measurement
                            ? measurement(gate.getMainQubitIndex())
                            : reader.read(gate);
            Targets targets = operation.targets();
            for (int k = 0; k < targets.size(); k++) {
                if (targets.get(k) < 0 || targets.get(k) >= qubits) {
                    throw new IllegalArgumentException(
                            "it acts on qubit "
                                    + targets.get(k)
                                    + ", but the program has qubits 0 to "
                                    + (qubits - 1));
                }
            }
            return operation;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Step %d, gate %s: %s"
                            .formatted(step, gate.getClass().getName(), GateReader.message(e)),
                    e);
        }
    }

    private static Measurement measurement(int qubit) {
        Targets target = Targets.of(qubit);
        return new Measurement(MeasurementKind.M, 0, target, target, "");
    }

    /** Whether a step measures. */
    boolean measures() {
        return steps.stream().flatMap(List::stream).anyMatch(o -> o instanceof Measurement);
    }
}
