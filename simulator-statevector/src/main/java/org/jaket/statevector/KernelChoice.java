package org.jaket.statevector;

import jdk.incubator.vector.VectorShape;

import org.jaket.execution.VectorKernels;
import org.jaket.statevector.lanes.LaneExpectation.Arithmetic;
import org.jaket.statevector.lanes.VectorWidth;

/**
 * Which kernels run, decided once when the first engine is built: see {@link VectorKernels}. The
 * property {@value VectorWidth#PROPERTY} forces a register width of 128, 256 or 512 bits.
 */
final class KernelChoice {
    /** Below this many qubits a register may hold more than the whole state. */
    private static final int SMALLEST_VECTOR_TILE = 6;

    private static final boolean VECTOR =
            VectorKernels.areChosen(
                    "State vector", () -> VectorShape.preferredShape().vectorBitSize() >= 128);

    private KernelChoice() {}

    /** The kernels for states of the given size. */
    static Kernels of(Precision precision, int qubits) {
        return VECTOR && qubits >= SMALLEST_VECTOR_TILE ? vector(precision) : plain(precision);
    }

    /** Whether the vector kernels run where a state is large enough. */
    static boolean isVector() {
        return VECTOR;
    }

    /** The arithmetic of many bindings side by side. */
    static Arithmetic lanes(Precision precision, boolean vector) {
        boolean twice = precision == Precision.DOUBLE;
        if (vector) {
            return twice ? Arithmetic.VECTOR_DOUBLE : Arithmetic.VECTOR_SINGLE;
        }
        return twice ? Arithmetic.PLAIN_DOUBLE : Arithmetic.PLAIN_SINGLE;
    }

    static Kernels plain(Precision precision) {
        return precision == Precision.DOUBLE ? new PlainDoubleKernels() : new PlainFloatKernels();
    }

    /** The vector kernels; fails where the JVM has no Vector API. */
    static Kernels vector(Precision precision) {
        return precision == Precision.DOUBLE ? new VectorDoubleKernels() : new VectorFloatKernels();
    }
}
