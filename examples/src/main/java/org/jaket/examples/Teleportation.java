package org.jaket.examples;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.expression.Bit;
import org.jaket.statevector.StateVectorSimulator;

/** Measurement in mid-circuit, corrections that depend on it, and the exact distribution. */
public final class Teleportation {
    private Teleportation() {}

    /** Runs the example. */
    public static void main(String[] args) {
        Circuit teleport =
                Circuit.of(
                        3,
                        c -> {
                            c.ry(0.7, 0).h(1).cx(1, 2).cx(0, 1).h(0);
                            Bit m0 = c.measure(0);
                            Bit m1 = c.measure(1);
                            c.when(m1, t -> t.x(2)).when(m0, t -> t.z(2));
                            c.ry(-0.7, 2);
                            c.measure(2);
                        });

        var distribution = StateVectorSimulator.create().probabilities(teleport);
        distribution
                .sorted()
                .forEach(e -> IO.println("%s %.3f".formatted(e.getKey(), e.getValue())));
    }
}
