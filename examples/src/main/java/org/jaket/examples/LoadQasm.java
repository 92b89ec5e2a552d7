package org.jaket.examples;

import org.jaket.circuit.Circuit;
import org.jaket.statevector.StateVectorSimulator;

/** OpenQASM in, amplitudes out, and the same circuit as Stim text. */
public final class LoadQasm {
    private LoadQasm() {}

    /** Runs the example. */
    public static void main(String[] args) {
        Circuit ghz =
                Circuit.qasm(
                        """
                OPENQASM 3.0;
                include "stdgates.inc";
                qubit[3] q;
                h q[0];
                for uint i in [0:1] { cx q[i], q[i + 1]; }
                """);

        try (var state = StateVectorSimulator.create().state(ghz)) {
            IO.println("amplitudes of 000 and 111: %.4f, %.4f".formatted(state.re(0), state.re(7)));
        }
        IO.println(ghz.toStim());
    }
}
