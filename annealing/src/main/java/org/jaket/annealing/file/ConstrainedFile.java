package org.jaket.annealing.file;

import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.constrained.ConstrainedModelBuilder;
import org.jaket.annealing.constrained.DiscreteModel;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads and writes constrained models.
 *
 * <pre>{@code
 * ConstrainedModel model = ConstrainedFile.read(Path.of("factory.lp")).model();
 * ConstrainedFile.write(model, ConstrainedFormat.DIMOD_CQM, Path.of("factory.cqm"));
 * }</pre>
 *
 * <p>The format of a file is told by its content, never by its name. Binary quadratic models are
 * read too, as models without constraints; {@link ProblemFile} leaves them what they are.
 *
 * <p>Files are read as a stream, in time and memory in proportion to their terms. Limits: numbers
 * that are finite (bounds may be infinite), names of {@value TextScanner#MAX_WORD} characters in LP
 * files, labels of {@code 2^28} bytes of JSON altogether; the archive of a dimod file may unpack to
 * {@link #UNPACKED} bytes or {@link #RATIO} times its size, whichever is more. What breaks a limit,
 * and all that is wrong with a file, is a {@link ModelFileException}.
 */
public final class ConstrainedFile {
    /** Every archive may unpack to so many bytes. */
    public static final long UNPACKED = 1L << 26;

    /** Archives that unpack to more may unpack to so many times their size. */
    public static final int RATIO = 200;

    private ConstrainedFile() {}

    /**
     * Reads a file of any format. A binary quadratic model's document has the format {@link
     * ConstrainedFormat#DIMOD_CQM}, in which it would be written.
     *
     * @throws ModelFileException if it is none of them, or wrong
     */
    public static ConstrainedDocument read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, ModelFile.name(file));
        }
    }

    /**
     * Reads a file of a format.
     *
     * @throws ModelFileException if it is not in that format
     */
    public static ConstrainedDocument read(Path file, ConstrainedFormat format) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, ModelFile.name(file), format);
        }
    }

    /**
     * Reads a model of any format; the stream is not closed.
     *
     * @param source what errors call it
     * @throws ModelFileException if it is none of them, or wrong
     */
    public static ConstrainedDocument read(InputStream in, String source) throws IOException {
        return switch (ProblemFile.read(in, source)) {
            case ConstrainedDocument document -> document;
            case ModelDocument document ->
                    new ConstrainedDocument(
                            ConstrainedModel.from(document.model()),
                            ConstrainedFormat.DIMOD_CQM,
                            document.objective());
        };
    }

    /**
     * Reads a model of a format; the stream is not closed.
     *
     * @param source what errors call it
     * @throws ModelFileException if it is not in that format
     */
    public static ConstrainedDocument read(InputStream in, String source, ConstrainedFormat format)
            throws IOException {
        try {
            return switch (format) {
                case DIMOD_CQM -> ConstrainedDocument.of(CqmReader.read(source, in), format);
                case DIMOD_QM -> ConstrainedDocument.of(quadraticModel(source, in), format);
                case DIMOD_DQM ->
                        ConstrainedDocument.of(
                                DqmFile.read(source, in).toConstrainedModel(), format);
                case LP -> LpReader.read(source, in);
            };
        } catch (ModelFileException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            // What only the model knows: a constraint that never holds, and the like.
            throw ModelFileException.of(source, String.valueOf(e.getMessage()));
        }
    }

    private static ConstrainedModel quadraticModel(String source, InputStream in)
            throws IOException {
        DimodFunction.Labelled labelled = DimodFunction.quadraticModel(source, in);
        ConstrainedModelBuilder builder = ConstrainedModel.builder();
        labelled.variables().forEach(builder::variable);
        return builder.minimize(labelled.function()).build();
    }

    /**
     * Writes a model.
     *
     * @throws IllegalArgumentException if the format cannot hold it, in words
     */
    public static void write(ConstrainedModel model, ConstrainedFormat format, Path file)
            throws IOException {
        write(ConstrainedDocument.of(model, format), file);
    }

    /**
     * Writes a model in its document's format. A file that is there already is replaced when all is
     * written, and stays as it is if that fails.
     *
     * @throws IllegalArgumentException if the format cannot hold it, in words
     */
    public static void write(ConstrainedDocument document, Path file) throws IOException {
        ModelFile.replace(file, out -> write(document, out));
    }

    /**
     * Writes a model in its document's format; the stream is flushed, and not closed.
     *
     * @throws IllegalArgumentException if the format cannot hold it, in words
     */
    public static void write(ConstrainedDocument document, OutputStream out) throws IOException {
        OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
        try {
            switch (document.format()) {
                case DIMOD_CQM -> CqmWriter.write(document.model(), buffered);
                case DIMOD_QM -> QmWriter.write(document.model(), buffered);
                case DIMOD_DQM -> DqmFile.write(DiscreteModel.from(document.model()), buffered);
                case LP -> LpWriter.write(document, buffered);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        buffered.flush();
    }
}
