package org.jaket.examples;

import org.jaket.circuit.Circuit;
import org.jaket.execution.RunOptions;
import org.jaket.statevector.StateVectorSimulator;

/** A Bell pair: build it, draw it, sample it. */
public final class Bell {
    private Bell() {}

    /** Runs the example. */
    public static void main(String[] args) {
        Circuit bell = Circuit.of(2, c -> c.h(0).cx(0, 1).measureAll());
        IO.println(bell.diagram());

        var shots = StateVectorSimulator.create().run(bell, RunOptions.shots(1_000).seed(7));
        IO.println(shots.counts().histogram());
    }
}
