package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Single- and double-precision kernels are the same text with the element type exchanged. */
class PrecisionTwinsTest {
    private static final Path SOURCES = Path.of("src/main/java/org/jaket/statevector");
    private static final Pattern COMMENT = Pattern.compile("/\\*\\*.*?\\*/", Pattern.DOTALL);

    @Test
    void vectorKernelsAreTwins() throws IOException {
        assertTwins("VectorDoubleKernels.java", "VectorFloatKernels.java");
    }

    @Test
    void plainKernelsAreTwins() throws IOException {
        assertTwins("PlainDoubleKernels.java", "PlainFloatKernels.java");
    }

    @Test
    void vectorKernelsOfLanesAreTwins() throws IOException {
        assertTwins("lanes/VectorDoubleLaneKernels.java", "lanes/VectorFloatLaneKernels.java");
    }

    @Test
    void plainKernelsOfLanesAreTwins() throws IOException {
        assertTwins("lanes/PlainDoubleLaneKernels.java", "lanes/PlainFloatLaneKernels.java");
    }

    private static void assertTwins(String ofDouble, String ofFloat) throws IOException {
        Path file = SOURCES.resolve(ofDouble);
        Assumptions.assumeTrue(Files.exists(file), "runs where the sources are");
        assertThat(normal(Files.readString(SOURCES.resolve(ofFloat))))
                .isEqualTo(normal(Files.readString(file)));
    }

    private static String normal(String source) {
        return COMMENT.matcher(source)
                .replaceAll("")
                .replaceAll("\\(float\\)", "")
                .replaceAll("Double|Float", "Real")
                .replaceAll("double|float", "real")
                .replaceAll("DOUBLE|SINGLE|FLOAT", "REAL")
                .replaceAll("[\\s()]+", "");
    }
}
