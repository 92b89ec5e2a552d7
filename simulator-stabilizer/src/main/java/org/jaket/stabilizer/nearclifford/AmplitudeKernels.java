package org.jaket.stabilizer.nearclifford;

import org.jaket.stabilizer.bits.Kernels;

/**
 * Rotations of the amplitudes of an {@link ActiveVector}, which most of the time goes into. Both
 * implementations give the same bits.
 */
interface AmplitudeKernels {
    /**
     * Applies {@code cos - i sin A} to the first {@code size} amplitudes.
     *
     * @param x the qubits where A has X or Y, as bits of an index
     * @param z those where it has Z or Y
     */
    void rotate(double[] re, double[] im, int size, int x, int z, double cos, double sin);

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
