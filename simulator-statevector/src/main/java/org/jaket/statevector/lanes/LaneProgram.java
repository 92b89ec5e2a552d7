package org.jaket.statevector.lanes;

import java.util.List;

/**
 * A circuit of gates, ready to run on any number of bindings.
 *
 * @param qubits how many there are
 * @param steps in order
 * @param coefficients what the steps multiply by
 * @param position the stored qubit of each qubit of the circuit at the end
 */
record LaneProgram(int qubits, List<LaneStep> steps, Coefficients coefficients, int[] position) {
    /**
     * Runs one block, from all zeros.
     *
     * @param slots the coefficients of all lanes
     */
    void run(LaneKernels kernels, double[] slots) {
        kernels.start(slots);
        for (LaneStep step : steps) {
            kernels.apply(step);
        }
    }

    /** Rows of the largest matrix of a {@link LaneStep.Dense}. */
    int widest() {
        int widest = 0;
        for (LaneStep step : steps) {
            if (step instanceof LaneStep.Dense d) {
                widest = Math.max(widest, d.offsets().length);
            }
        }
        return widest;
    }

    /** The stored qubits of a mask of the circuit's qubits. */
    int place(long mask) {
        int placed = 0;
        for (int q = 0; q < qubits; q++) {
            placed |= (int) (mask >> q & 1) << position[q];
        }
        return placed;
    }
}
