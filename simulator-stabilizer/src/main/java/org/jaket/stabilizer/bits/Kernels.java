package org.jaket.stabilizer.bits;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Chooses the kernels once, at first use, and logs the choice in one line.
 *
 * <p>With the module {@code jdk.incubator.vector} present the Vector API is used at the widest
 * width the processor prefers; without it the plain kernels are. The system property {@value
 * #PROPERTY} forces {@code plain}, {@code vector}, {@code 128}, {@code 256} or {@code 512}.
 */
public final class Kernels {
    /** System property that forces the choice. */
    public static final String PROPERTY = "jaket.stabilizer.kernels";

    private Kernels() {}

    /** Returns the kernels of this process. */
    public static BitKernels chosen() {
        return Holder.CHOSEN;
    }

    /**
     * Returns kernels for work on rows of about the given length that may be over soon: plain ones
     * for short rows, because vector code is very slow until it is compiled.
     *
     * @param words words per row
     */
    public static BitKernels forRowsOf(int words) {
        return words < LONG_ROW ? PLAIN : chosen();
    }

    private static final int LONG_ROW = 64;

    private static final BitKernels PLAIN = new PlainBitKernels();

    /** Returns the plain kernels. */
    public static BitKernels plain() {
        return PLAIN;
    }

    /** Whether the system property decides which kernels are used. */
    public static boolean isForced() {
        return System.getProperty(PROPERTY) != null;
    }

    private static final class Holder {
        static final BitKernels CHOSEN = choose();
    }

    private static BitKernels choose() {
        Logger logger = System.getLogger("org.jaket.stabilizer");
        String wanted = System.getProperty(PROPERTY, "auto");
        boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        boolean plain =
                switch (wanted) {
                    case "plain" -> true;
                    case "auto" -> !present;
                    case "vector", "128", "256", "512" -> {
                        if (!present) {
                            throw new IllegalStateException(
                                    "-D%s=%s needs the Vector API. Maybe add --add-modules jdk.incubator.vector?"
                                            .formatted(PROPERTY, wanted));
                        }
                        yield false;
                    }
                    default ->
                            throw new IllegalStateException(
                                    "-D%s=%s is not one of plain, vector, 128, 256, 512."
                                            .formatted(PROPERTY, wanted));
                };
        BitKernels kernels = plain ? new PlainBitKernels() : vector();
        logger.log(
                Level.DEBUG,
                plain && !present
                        ? "Stabilizer kernels: plain (add --add-modules jdk.incubator.vector for the fast ones)"
                        : "Stabilizer kernels: " + kernels.name());
        return kernels;
    }

    /** Returns the Vector API kernels; the module must be present. */
    public static BitKernels vector() {
        return new VectorBitKernels();
    }

    /** The width in bits asked for by the property, or 0 for the preferred one. */
    static int wantedWidth() {
        return switch (System.getProperty(PROPERTY, "auto")) {
            case "128" -> 128;
            case "256" -> 256;
            case "512" -> 512;
            default -> 0;
        };
    }
}
