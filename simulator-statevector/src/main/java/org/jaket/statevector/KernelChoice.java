package org.jaket.statevector;

import jdk.incubator.vector.VectorShape;

import org.jaket.statevector.lanes.LaneExpectation.Arithmetic;
import org.jaket.statevector.lanes.VectorWidth;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Which kernels run, decided once when the first engine is built and logged once.
 *
 * <p>The property {@value #KERNELS} forces {@code vector} or {@code plain}; {@value
 * VectorWidth#PROPERTY} forces a register width of 128, 256 or 512 bits. Without properties the
 * vector kernels run where the JVM has the module {@code jdk.incubator.vector} (add {@code
 * --add-modules jdk.incubator.vector} on the class path) and prefers registers of at least 128
 * bits.
 */
final class KernelChoice {
    static final String KERNELS = "jaket.kernels";

    /** Below this many qubits a register may hold more than the whole state. */
    private static final int SMALLEST_VECTOR_TILE = 6;

    private static final boolean VECTOR = decide();

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

    /** Whether the property says which kernels run. */
    static boolean isForced() {
        return System.getProperty(KERNELS) != null;
    }

    static Kernels plain(Precision precision) {
        return precision == Precision.DOUBLE ? new PlainDoubleKernels() : new PlainFloatKernels();
    }

    /** The vector kernels; fails where the JVM has no Vector API. */
    static Kernels vector(Precision precision) {
        return precision == Precision.DOUBLE ? new VectorDoubleKernels() : new VectorFloatKernels();
    }

    /** Whether the JVM has the Vector API, whatever the properties say. */
    static boolean vectorApiPresent() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    private static boolean decide() {
        Logger log = System.getLogger(KernelChoice.class.getName());
        String forced = System.getProperty(KERNELS, "");
        boolean present = vectorApiPresent();
        boolean vector =
                switch (forced) {
                    case "" -> present && preferredBits() >= 128;
                    case "plain" -> false;
                    case "vector" -> {
                        if (!present) {
                            throw new IllegalStateException(
                                    "The property "
                                            + KERNELS
                                            + " asks for vector kernels, but the JVM runs without"
                                            + " the Vector API. Maybe add --add-modules"
                                            + " jdk.incubator.vector");
                        }
                        yield true;
                    }
                    default ->
                            throw new IllegalArgumentException(
                                    "The property "
                                            + KERNELS
                                            + " must be vector or plain, not '"
                                            + forced
                                            + "'");
                };
        if (vector) {
            log.log(Level.DEBUG, "State vector: Vector API kernels, {0} bits", vectorBits());
        } else if (present) {
            log.log(Level.DEBUG, "State vector: plain Java kernels");
        } else {
            log.log(
                    Level.INFO,
                    "State vector: plain Java kernels; --add-modules jdk.incubator.vector gives"
                            + " the faster ones");
        }
        return vector;
    }

    // The next two touch the Vector API and are called only where it is present.

    private static int preferredBits() {
        return VectorShape.preferredShape().vectorBitSize();
    }

    private static int vectorBits() {
        return DoubleLanes.SPECIES.vectorBitSize();
    }
}
