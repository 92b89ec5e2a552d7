package org.jaket.examples;

import org.jaket.circuit.Circuit;
import org.jaket.execution.RunOptions;
import org.jaket.mps.MpsOptions;
import org.jaket.mps.MpsResult;
import org.jaket.mps.MpsSimulator;
import org.jaket.statevector.sparse.SparseSimulator;
import org.jaket.statevector.sparse.SparseState;

/** States of many qubits: few amplitudes that are not zero, or little entanglement. */
public final class WideStates {
    private WideStates() {}

    /** Runs the example. */
    public static void main(String[] args) {
        Circuit ghz =
                Circuit.of(
                        60,
                        c -> {
                            c.h(0);
                            for (int q = 1; q < 60; q++) {
                                c.cx(q - 1, q);
                            }
                        });
        SparseState state = SparseSimulator.create().state(ghz);
        IO.println("%d amplitudes are not zero".formatted(state.size()));

        Circuit ising =
                Circuit.of(
                        100,
                        c -> {
                            for (int step = 0; step < 8; step++) {
                                for (int q = 0; q < 100; q++) {
                                    c.rx(0.4, q);
                                }
                                for (int q = 1; q < 100; q++) {
                                    c.rzz(0.4, q - 1, q);
                                }
                            }
                            c.measureAll();
                        });
        MpsResult result =
                MpsSimulator.of(MpsOptions.bond(4)).sample(ising, RunOptions.shots(100).seed(1));
        IO.println(
                "bonds of %d hold it with a fidelity of %.2f"
                        .formatted(result.truncation().maxBond(), result.truncation().fidelity()));
    }
}
