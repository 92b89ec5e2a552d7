package org.jaket.statevector.lanes;

import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The register width of the vector kernels: the JVM's preferred one unless a property forces it.
 */
public final class VectorWidth {
    /** Forces a width, in bits. */
    public static final String PROPERTY = "jaket.kernels.bits";

    private VectorWidth() {}

    /** The species with the same elements that kernels work in. */
    public static <E> VectorSpecies<E> species(VectorSpecies<E> preferred) {
        String bits = System.getProperty(PROPERTY, "");
        return switch (bits) {
            case "" -> preferred;
            case "128", "256", "512" ->
                    preferred.withShape(VectorShape.forBitSize(Integer.parseInt(bits)));
            default ->
                    throw new IllegalArgumentException(
                            "The property "
                                    + PROPERTY
                                    + " must be 128, 256 or 512, not '"
                                    + bits
                                    + "'");
        };
    }
}
