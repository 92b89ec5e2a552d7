package org.jaket.examples;

import org.jaket.automatic.AutomaticSimulator;
import org.jaket.circuit.Circuit;
import org.jaket.execution.RunOptions;

/** The simulator that picks a method and says why. */
public final class AnyCircuit {
    private AnyCircuit() {}

    /** Runs the example. */
    public static void main(String[] args) {
        Circuit wide =
                Circuit.of(
                        90,
                        c -> {
                            c.h(0);
                            for (int q = 1; q < 90; q++) {
                                c.cx(q - 1, q);
                            }
                            c.t(89).h(89).measureAll();
                        });
        var answer = AutomaticSimulator.create().sample(wide, RunOptions.shots(100).seed(7));
        IO.println(answer.choice().method().text() + ": " + answer.choice().reason());
        IO.println("%d different results".formatted(answer.value().counts().sorted().size()));
    }
}
