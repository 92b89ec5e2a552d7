package org.jaket.annealing.file;

/**
 * A file that is not the model, graph or instance that it should be. The message begins with the
 * file and the place in it ({@code g22.txt:17:5: ...}, or {@code model.bqm: byte 204: ...}), says
 * what is wrong there, and what to do where that is known.
 */
public final class ModelFileException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_SHOWN = 60;

    private final String source;
    private final long line;
    private final long column;
    private final long byteOffset;

    private ModelFileException(
            String source, long line, long column, long byteOffset, String message) {
        super(message);
        this.source = source;
        this.line = line;
        this.column = column;
        this.byteOffset = byteOffset;
    }

    /** An error about a whole file. */
    public static ModelFileException of(String source, String problem) {
        return new ModelFileException(source, -1, -1, -1, source + ": " + problem);
    }

    /**
     * An error at a place of a text.
     *
     * @param line from 1
     * @param column from 1
     */
    public static ModelFileException at(String source, long line, long column, String problem) {
        return new ModelFileException(
                source, line, column, -1, "%s:%d:%d: %s".formatted(source, line, column, problem));
    }

    /**
     * An error at a place of a binary file.
     *
     * @param offset from 0
     */
    public static ModelFileException atByte(String source, long offset, String problem) {
        return new ModelFileException(
                source, -1, -1, offset, "%s: byte %d: %s".formatted(source, offset, problem));
    }

    /** A text from a file as messages show it: without control characters, and not too long. */
    static String shown(String text) {
        var printable = new StringBuilder();
        for (int k = 0; k < Math.min(text.length(), MAX_SHOWN); k++) {
            char c = text.charAt(k);
            printable.append(c >= ' ' && c < 127 ? c : '?');
        }
        return text.length() > MAX_SHOWN ? printable + "..." : printable.toString();
    }

    /** The name of the file, or what stands for it. */
    public String source() {
        return source;
    }

    /** The line, from 1; -1 for binary files and for errors about a whole file. */
    public long line() {
        return line;
    }

    /** The column, from 1; -1 for binary files and for errors about a whole file. */
    public long column() {
        return column;
    }

    /** The place in a binary file, from 0; -1 for texts and for errors about a whole file. */
    public long byteOffset() {
        return byteOffset;
    }
}
