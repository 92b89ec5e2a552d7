package org.jaket.annealing.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a file of any optimisation problem, whichever of the {@linkplain ModelFormat formats of
 * binary quadratic models} or {@linkplain ConstrainedFormat of constrained ones} it is in; its
 * content tells, and it is read once.
 *
 * <pre>{@code
 * switch (ProblemFile.read(Path.of("model.lp"))) {
 *     case ModelDocument binary -> sampler.sample(binary.model(), options);
 *     case ConstrainedDocument constrained -> PenaltyForm.of(constrained.model());
 * }
 * }</pre>
 *
 * <p>The limits are those of {@link ModelFile} and {@link ConstrainedFile}.
 */
public final class ProblemFile {
    private ProblemFile() {}

    /**
     * Reads a file.
     *
     * @throws ModelFileException if it is in none of the formats, or wrong
     */
    public static ProblemDocument read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, ModelFile.name(file));
        }
    }

    /**
     * Reads a stream, which is not closed.
     *
     * @param source what errors call it
     * @throws ModelFileException if it is in none of the formats, or wrong
     */
    public static ProblemDocument read(InputStream in, String source) throws IOException {
        InputStream buffered = in.markSupported() ? in : new BufferedInputStream(in, 1 << 16);
        ConstrainedFormat format = Recognition.constrained(buffered);
        return format == null
                ? ModelFile.read(buffered, source)
                : ConstrainedFile.read(buffered, source, format);
    }
}
