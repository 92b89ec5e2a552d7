package org.jaket.execution;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.BooleanSupplier;

/**
 * Which kernels engines run: those of the Vector API where the JVM has it (add {@code --add-modules
 * jdk.incubator.vector} on the class path), or plain Java. The property {@value #PROPERTY} forces
 * {@code vector} or {@code plain}.
 */
public final class VectorKernels {
    /** System property that forces the choice. */
    public static final String PROPERTY = "jaket.kernels";

    private VectorKernels() {}

    /** Whether the JVM has the Vector API, whatever the property says. */
    public static boolean arePresent() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    /** Whether the property says which kernels run. */
    public static boolean areForced() {
        return System.getProperty(PROPERTY) != null;
    }

    /**
     * Whether the Vector API's kernels run. An engine asks once, at its first use; the answer is
     * logged in one line.
     *
     * @param engine what the log calls it
     * @param isWide whether registers are wide enough; asked only where the Vector API is present
     * @throws IllegalStateException if the property asks for the Vector API and there is none
     * @throws IllegalArgumentException if the property has another value
     */
    public static boolean areChosen(String engine, BooleanSupplier isWide) {
        boolean present = arePresent();
        String forced = System.getProperty(PROPERTY, "");
        boolean vector =
                switch (forced) {
                    case "" -> present && isWide.getAsBoolean();
                    case "plain" -> false;
                    case "vector" -> {
                        if (!present) {
                            throw new IllegalStateException(
                                    "The property %s asks for vector kernels, but the JVM runs without the Vector API. Maybe add --add-modules jdk.incubator.vector"
                                            .formatted(PROPERTY));
                        }
                        yield true;
                    }
                    default ->
                            throw new IllegalArgumentException(
                                    "The property %s must be vector or plain, not '%s'"
                                            .formatted(PROPERTY, forced));
                };
        Logger log = System.getLogger(VectorKernels.class.getName());
        if (vector || present) {
            log.log(Level.DEBUG, engine + (vector ? ": Vector API" : ": plain Java") + " kernels");
        } else {
            log.log(
                    Level.INFO,
                    engine
                            + ": plain Java kernels; --add-modules jdk.incubator.vector gives the faster ones");
        }
        return vector;
    }
}
