package org.jaket.annealing.file;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Reads and writes models.
 *
 * <p>The format of a file is told by its content, never by its name. Files that begin with two
 * counts are of three formats: where a variable is called 0, or there are linear terms and no
 * variable is called by the count itself, it is {@link ModelFormat#QUBIST}; otherwise with linear
 * terms {@link ModelFormat#MQLIB_QUBO} and without any {@link ModelFormat#MAX_CUT}. Whoever knows
 * better gives the format.
 *
 * <p>Files are read as a stream, in time and memory in proportion to their terms (some 100 bytes a
 * term while the model is built). Limits: integers below 2^31 - 1, numbers that are finite, words
 * of {@value TextScanner#MAX_WORD} characters, JSON of 500 levels, 10^9 terms; a header may
 * announce a million variables beyond eight times the terms; QUBin files, which are read whole,
 * have at most {@code 2^28} bytes. What breaks a limit, and all that is wrong with a file, is a
 * {@link ModelFileException}.
 */
public final class ModelFile {
    private ModelFile() {}

    /**
     * Reads a file of any format.
     *
     * @throws ModelFileException if it is none of them, or wrong
     */
    public static ModelDocument read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, name(file));
        }
    }

    /**
     * Reads a file of a format.
     *
     * @throws ModelFileException if it is not in that format
     */
    public static ModelDocument read(Path file, ModelFormat format) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, name(file), format);
        }
    }

    /**
     * Reads a model of any format; the stream is not closed.
     *
     * @param source what errors call it
     * @throws ModelFileException if it is none of them, or wrong
     */
    public static ModelDocument read(InputStream in, String source) throws IOException {
        InputStream buffered = in.markSupported() ? in : new BufferedInputStream(in, 1 << 16);
        ModelFormat format = Recognition.format(source, buffered);
        return read(buffered, source, format, format == ModelFormat.MAX_CUT ? null : format);
    }

    /**
     * Reads a model of a format; the stream is not closed.
     *
     * @param source what errors call it
     * @throws ModelFileException if it is not in that format
     */
    public static ModelDocument read(InputStream in, String source, ModelFormat format)
            throws IOException {
        return read(in, source, format, format);
    }

    private static ModelDocument read(
            InputStream in, String source, ModelFormat format, @Nullable ModelFormat counted)
            throws IOException {
        try {
            TextScanner scanner = new TextScanner(source, in);
            return switch (format) {
                case COO -> new CoordinateText(scanner).read();
                case DIMOD_BQM -> BqmReader.read(source, in);
                case QBSOLV -> new QbsolvText(scanner).read();
                case MAX_CUT, MQLIB_QUBO, QUBIST -> new CountedText(source, scanner).read(counted);
                case BQPJSON -> BqpJson.read(source, in);
                case QUBIN -> QubinFile.read(source, in);
                case MINIZINC ->
                        throw ModelFileException.of(source, "MiniZinc can be written only");
            };
        } catch (ModelFileException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            // Terms that are finite each and not together, and the like.
            throw ModelFileException.of(source, String.valueOf(e.getMessage()));
        }
    }

    static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }

    // ---- writing --------------------------------------------------------------------------

    /**
     * Writes a model.
     *
     * @throws IllegalArgumentException if the format cannot hold it, in words
     */
    public static void write(BinaryQuadraticModel model, ModelFormat format, Path file)
            throws IOException {
        write(ModelDocument.of(model, format), file);
    }

    /**
     * Writes a model in its document's format. A file that is there already is replaced when all is
     * written, and stays as it is if that fails.
     *
     * @throws IllegalArgumentException if the format cannot hold it, in words
     */
    public static void write(ModelDocument document, Path file) throws IOException {
        replace(file, out -> write(document, out));
    }

    /** Writes a file. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Replaces a file when all is written. */
    static void replace(Path file, Content content) throws IOException {
        Path part = file.resolveSibling(".%s.%s.part".formatted(name(file), UUID.randomUUID()));
        try {
            try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW)) {
                content.writeTo(out);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /**
     * Writes a model in its document's format; the stream is flushed, and not closed.
     *
     * @throws IllegalArgumentException if the format cannot hold it, in words
     */
    public static void write(ModelDocument document, OutputStream out) throws IOException {
        OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
        TextOutput text = new TextOutput(buffered);
        try {
            switch (document.format()) {
                case COO -> CoordinateText.write(document, text);
                case DIMOD_BQM -> BqmWriter.write(document.model(), buffered);
                case QBSOLV -> QbsolvText.write(document, text);
                case MAX_CUT, MQLIB_QUBO, QUBIST -> CountedText.write(document, text);
                case BQPJSON -> BqpJson.write(document, text);
                case MINIZINC -> MiniZincText.write(document, text);
                case QUBIN ->
                        throw new IllegalArgumentException(
                                "QUBin can be read only; write %s, which QUBOTools reads too"
                                        .formatted(ModelFormat.BQPJSON));
            }
            text.flush();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        buffered.flush();
    }
}
