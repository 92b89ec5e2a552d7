package org.jaket.examples;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.noise.NoiseModel;
import org.jaket.circuit.noise.StandardChannels;
import org.jaket.statevector.DensityMatrixSimulator;

/** A Bell pair with noise by gate and qubit, followed exactly by its density matrix. */
public final class NoisyBell {
    private NoisyBell() {}

    /** Prints the probabilities of the results. */
    public static void main(String[] args) {
        NoiseModel noise =
                NoiseModel.builder()
                        .after(StandardGate.H, 0, StandardChannels.depolarizing(1, 1e-3))
                        .after(StandardGate.CX, StandardChannels.depolarizing(2, 1e-2))
                        .readout(0, 0.01, 0.05)
                        .readout(1, 0.02, 0.04)
                        .build();
        Circuit noisy = Circuit.of(2, c -> c.h(0).cx(0, 1).measureAll()).with(noise);

        var simulator = DensityMatrixSimulator.create();
        var exact = simulator.probabilities(noisy);
        exact.sorted().forEach(e -> IO.println("%s %.6f".formatted(e.getKey(), e.getValue())));
    }
}
