package org.jaket.examples;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Gradient;
import org.jaket.statevector.CompiledExpectation;
import org.jaket.statevector.StateVectorSimulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A circuit with parameters, the expectation value of an observable and its derivatives. */
public final class Ansatz {
    private Ansatz() {}

    /** Runs the example. */
    public static void main(String[] args) {
        List<Parameter> theta = Parameter.list("theta", 2);
        Circuit ansatz = Circuit.of(2, c -> c.ry(theta.get(0), 0).ry(theta.get(1), 1).cx(0, 1));

        PauliSum hamiltonian = PauliSum.of("1.0*ZZ + 0.5*XX");
        var simulator = StateVectorSimulator.create();
        double energy = simulator.expect(ansatz.bind(0.3, 1.1), hamiltonian).value();
        IO.println("energy %.6f".formatted(energy));

        Gradient gradient =
                simulator.gradient(ansatz, hamiltonian, Map.of("theta[0]", 0.3, "theta[1]", 1.1));
        IO.println(
                "slopes %.6f, %.6f"
                        .formatted(gradient.by(theta.get(0)), gradient.by(theta.get(1))));

        CompiledExpectation landscape = simulator.compile(ansatz, hamiltonian);
        List<double[]> grid = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            for (int j = 0; j < 100; j++) {
                grid.add(new double[] {i * Math.PI / 50, j * Math.PI / 50});
            }
        }
        double lowest = Arrays.stream(landscape.values(grid)).min().orElseThrow();
        IO.println("lowest %.6f".formatted(lowest));
        double[] uphill = landscape.gradient(0.3, 1.1).toArray();
        IO.println("again %.6f, %.6f".formatted(uphill[0], uphill[1]));
    }
}
