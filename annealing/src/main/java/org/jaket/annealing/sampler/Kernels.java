package org.jaket.annealing.sampler;

import jdk.incubator.vector.FloatVector;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Which kernels run, decided once and logged once: those of the Vector API where the JVM has it
 * (add {@code --add-modules jdk.incubator.vector} on the class path) and registers of at least 256
 * bits. The property {@value #PROPERTY} forces {@code vector} or {@code plain}.
 */
final class Kernels {
    static final String PROPERTY = "jaket.kernels";

    /** Whether the Vector API's kernels run. */
    static final boolean VECTOR = decide();

    private Kernels() {}

    /** Whether the JVM has the Vector API, whatever the property says. */
    static boolean vectorApiPresent() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    private static boolean decide() {
        Logger log = System.getLogger(Kernels.class.getName());
        boolean present = vectorApiPresent();
        String forced = System.getProperty(PROPERTY, "");
        boolean vector =
                switch (forced) {
                    case "" -> present && preferredLanes() >= 8;
                    case "plain" -> false;
                    case "vector" -> {
                        if (!present) {
                            throw new IllegalStateException(
                                    "The property "
                                            + PROPERTY
                                            + " asks for vector kernels, but the JVM runs without"
                                            + " the Vector API. Maybe add --add-modules"
                                            + " jdk.incubator.vector");
                        }
                        yield true;
                    }
                    default ->
                            throw new IllegalArgumentException(
                                    "The property "
                                            + PROPERTY
                                            + " must be vector or plain, not '"
                                            + forced
                                            + "'");
                };
        if (!vector && !present) {
            log.log(
                    Level.INFO,
                    "Samplers: plain Java kernels; --add-modules jdk.incubator.vector gives the"
                            + " faster ones");
        }
        return vector;
    }

    private static int preferredLanes() {
        return FloatVector.SPECIES_PREFERRED.length();
    }
}
