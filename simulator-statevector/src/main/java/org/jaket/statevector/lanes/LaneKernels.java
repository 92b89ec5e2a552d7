package org.jaket.statevector.lanes;

import org.jspecify.annotations.Nullable;

/**
 * The arithmetic on one block of bindings, with its memory: amplitudes as [row][lane], coefficients
 * as [slot][lane]. Two families implement it, one with the Vector API and one in plain Java, each
 * in double and in single precision. No method allocates. Not thread-safe.
 *
 * <p>The steps' parameters are explained in {@link LaneStep}.
 */
interface LaneKernels {
    /** How many bindings lie side by side. */
    int lanes();

    /** Puts every lane into |0...0> and takes over its coefficients. */
    void start(double[] slots);

    /** A 2x2 matrix. */
    void one(LaneStep.One step);

    /** A phase. */
    void phase(int mask, int value, int slot);

    /** A controlled flip or swap. */
    void exchange(int fixed, int value, int x);

    /** A rotation about a product of Z. */
    void parity(int z, int slot);

    /** A rotation about another Pauli string. */
    void rotation(LaneStep.Rotation step);

    /** A larger matrix. */
    void dense(LaneStep.Dense step);

    /**
     * Adds {@code sum over i of re[k] Re p + im[k] Im p} to each lane's number, with {@code p =
     * conj(a[i ^ x]) a[i]} and i the k-th row that does not have the highest bit of x.
     *
     * @param im null for all zeros
     * @param sums one number a lane
     */
    void read(int x, double[] re, double @Nullable [] im, double[] sums);

    /** Carries out a step. */
    default void apply(LaneStep step) {
        switch (step) {
            case LaneStep.One s -> one(s);
            case LaneStep.Phase s -> phase(s.mask(), s.value(), s.slot());
            case LaneStep.Exchange s -> exchange(s.fixed(), s.value(), s.x());
            case LaneStep.Parity s -> parity(s.z(), s.slot());
            case LaneStep.Rotation s -> rotation(s);
            case LaneStep.Dense s -> dense(s);
        }
    }
}
