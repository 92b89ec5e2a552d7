package org.jaket.examples;

import org.jaket.circuit.Circuit;
import org.jaket.execution.RunOptions;
import org.jaket.interop.strange.JaketExecutionEnvironment;
import org.jaket.interop.strange.StrangePrograms;
import org.jaket.statevector.StateVectorSimulator;
import org.redfx.strange.Program;
import org.redfx.strange.Result;
import org.redfx.strange.Step;
import org.redfx.strange.gate.Add;
import org.redfx.strange.gate.Hadamard;
import org.redfx.strange.gate.Measurement;
import org.redfx.strange.gate.X;

/** A program of the library Strange, run on Jaket and turned into a circuit. */
public final class StrangeAdder {
    private StrangeAdder() {}

    /** Runs the example. */
    public static void main(String[] args) {
        // One or three (qubits 0 to 2) plus two (qubits 3 to 5).
        Program program = new Program(6, new Step(new X(0), new Hadamard(1), new X(4)));
        program.addStep(new Step(new Add(0, 2, 3, 5)));
        program.addStep(new Step(new Measurement(0), new Measurement(1), new Measurement(2)));

        Result result = new JaketExecutionEnvironment().runProgram(program);
        for (int sum = 0; sum < 8; sum++) {
            double p = result.getProbability()[sum + (2 << 3)].abssqr();
            if (p > 1e-6) {
                IO.println("%d with probability %.3f".formatted(sum, p));
            }
        }

        Circuit adder = StrangePrograms.toCircuit(program);
        var shots = StateVectorSimulator.create().run(adder, RunOptions.shots(1_000).seed(7));
        IO.println(shots.counts().histogram());
    }
}
