package org.jaket.interop.strange;

import org.jaket.circuit.Assignment;
import org.jaket.circuit.Barrier;
import org.jaket.circuit.Block;
import org.jaket.circuit.ChannelOperation;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.Delay;
import org.jaket.circuit.Detector;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.ObservableInclude;
import org.jaket.circuit.Operation;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.QubitCoordinates;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Reset;
import org.jaket.circuit.ShiftCoordinates;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.Tick;
import org.jaket.circuit.While;
import org.jaket.circuit.pass.Expansion;
import org.redfx.strange.Program;
import org.redfx.strange.Step;

import java.util.List;

/** Writes a circuit as a program of Strange's, operation by operation, one gate a step. */
final class ProgramWriter {
    /** More steps than this are refused. */
    private static final int MAX_STEPS = 100_000;

    private final Program program;
    private final GateWriter gates;
    private final MeasuredQubits<Measurement> measured = new MeasuredQubits<>();

    ProgramWriter(int qubits) {
        program = new Program(qubits);
        gates = new GateWriter(qubits, this::step);
    }

    Program write(Block block) {
        append(block);
        List<Measurement> displaced = measured.displaced();
        if (!displaced.isEmpty()) {
            throw new CircuitException(
                    displaced.getFirst(),
                    "the qubit is swapped away later, but in Strange measurements count at the"
                            + " end. Maybe measure where the value is then.");
        }
        return program;
    }

    private void step(org.redfx.strange.Gate gate) {
        if (program.getSteps().size() == MAX_STEPS) {
            throw new CircuitException(
                    "the circuit needs more than " + MAX_STEPS + " steps in Strange");
        }
        // What addStep does, except to look at all steps before, which makes it quadratic.
        Step step = new Step(gate);
        step.setIndex(program.getSteps().size());
        step.setProgram(program);
        program.getSteps().add(step);
    }

    private void append(Block block) {
        for (Operation operation : block.operations()) {
            switch (operation) {
                case GateOperation g -> gate(g);
                case PauliPhase p -> PauliProducts.of(p).operations().forEach(this::append);
                case PauliRotation r -> PauliProducts.of(r).operations().forEach(this::append);
                case Measurement m -> measurement(m);
                case Repeat r -> {
                    for (long k = 0; k < r.count(); k++) {
                        append(r.body());
                    }
                }
                case Tick t -> {}
                case Barrier b -> {}
                case QubitCoordinates c -> {}
                case ShiftCoordinates s -> {}
                case NoiseOperation n -> throw refused(n, "noise");
                case ChannelOperation c -> throw refused(c, "noise");
                case Reset r -> throw refused(r, "resets");
                case Assignment a -> throw refused(a, "classical bits");
                case Conditional c -> throw refused(c, "classical control");
                case While w -> throw refused(w, "classical control");
                case Delay d -> throw refused(d, "delays");
                case Detector d -> throw refused(d, "detectors");
                case ObservableInclude o -> throw refused(o, "observables");
            }
        }
    }

    private void append(Operation operation) {
        gate((GateOperation) operation);
    }

    private static CircuitException refused(Operation operation, String what) {
        return new CircuitException(operation, "Strange has no " + what);
    }

    private void gate(GateOperation operation) {
        if (operation.targets().hasClassical()) {
            throw refused(operation, "classical control");
        }
        for (Operation expanded : Expansion.of(operation).operations()) {
            GateOperation g = (GateOperation) expanded;
            if (!measured.disturbedBy(g).isEmpty()) {
                throw new CircuitException(
                        operation,
                        "changes a qubit after its measurement, but in Strange measurements count"
                                + " at the end. Maybe use another qubit from there on.");
            }
            int arity = g.gate().qubits();
            double[] values = g.values();
            for (int k = 0; k < g.applications(); k++) {
                int[] qubits = g.targets().slice(k * arity, (k + 1) * arity).toArray();
                gates.write(operation, g.gate(), values, qubits);
            }
        }
    }

    private void measurement(Measurement m) {
        boolean inverted = m.targets().stream().anyMatch(Target::isInverted);
        if (m.kind() != MeasurementKind.M || m.flipProbability() != 0 || inverted) {
            throw new CircuitException(
                    m, "Strange measures in the computational basis, without flips, only");
        }
        Targets targets = m.targets();
        for (int k = 0; k < targets.size(); k++) {
            measured.measure(targets.value(k), m);
            step(new org.redfx.strange.gate.Measurement(targets.value(k)));
        }
    }
}
