package org.jaket.execution.trajectory;

/** Draws joint outcomes of measured qubits from a state that stays as it is. */
public interface OutcomeSampler {
    /** How many random numbers one draw takes. */
    int draws();

    /**
     * Draws once.
     *
     * @param uniform random numbers in [0, 1), {@link #draws()} of them
     * @param outcome takes one bit a measured qubit, packed; overwritten
     */
    void draw(double[] uniform, long[] outcome);
}
