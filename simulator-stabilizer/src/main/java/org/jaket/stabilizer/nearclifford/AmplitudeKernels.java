package org.jaket.stabilizer.nearclifford;

import org.jaket.stabilizer.bits.Kernels;

/**
 * The passes over the amplitudes of an {@link ActiveVector} in which Pauli strings act. Both
 * implementations give the same bits: sums are taken in {@link #LANES} parts, by the last bits of
 * an index, in the order of the indices.
 */
interface AmplitudeKernels {
    /** In how many parts a sum is taken. */
    int LANES = 4;

    /** Applies {@code cos - i sin A} to the amplitudes. */
    void rotate(double[] re, double[] im, int size, int x, int z, double cos, double sin);

    /**
     * Adds up the weights of the two eigenspaces of A, both to the same scale.
     *
     * @param sums receives {@link #LANES} parts of the weight of +1 and as many of that of -1
     */
    void weights(double[] re, double[] im, int size, int x, int z, double[] sums);

    /**
     * Projects on an eigenspace of A and drops the qubit of its highest bit, without normalising.
     *
     * @param sums receives {@link #LANES} parts of the norm
     */
    void project(double[] re, double[] im, int size, int x, int z, boolean minus, double[] sums);

    /** The kernels that need no warming up. */
    static AmplitudeKernels plain() {
        return PlainAmplitudeKernels.INSTANCE;
    }

    /** The kernels for long runs: on the Vector API where {@link Kernels} take it. */
    static AmplitudeKernels fast() {
        return Holder.FAST;
    }

    /** Chosen at first use. */
    final class Holder {
        private static final AmplitudeKernels FAST =
                Kernels.chosen().isVector() && VectorAmplitudeKernels.isSupported()
                        ? new VectorAmplitudeKernels()
                        : PlainAmplitudeKernels.INSTANCE;

        private Holder() {}
    }
}
