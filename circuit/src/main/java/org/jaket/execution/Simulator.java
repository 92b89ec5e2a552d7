package org.jaket.execution;

import org.jaket.circuit.Circuit;
import org.jspecify.annotations.Nullable;

/** Something that runs circuits and returns their classical results. */
public interface Simulator {
    /** A short name, such as {@code statevector}. */
    String name();

    /**
     * Why this engine cannot run the circuit, or null when it can: an operation outside its
     * language, more memory than there is. The text names the operation or the bytes, and what to
     * use instead.
     */
    @Nullable String refusal(Circuit circuit);

    /**
     * Runs the circuit.
     *
     * @throws UnsupportedCircuitException with the text of {@link #refusal}
     * @throws org.jaket.circuit.CircuitException if parameters are open
     * @throws java.util.concurrent.CancellationException if the progress was cancelled
     */
    Shots run(Circuit circuit, RunOptions options);

    /** Runs the circuit a number of times with a fresh seed. */
    default Shots run(Circuit circuit, long shots) {
        return run(circuit, RunOptions.shots(shots));
    }
}
