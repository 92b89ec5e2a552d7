package org.jaket.annealing.problem;

import org.jaket.annealing.file.ModelFileException;
import org.jaket.annealing.file.TextScanner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Instances whose numbers go on from line to line as they like. */
final class InstanceText {
    /** How an instance is read from a stream. */
    @FunctionalInterface
    interface Reader<T> {
        T read(InputStream in, String source) throws IOException;
    }

    private final TextScanner scanner;

    InstanceText(InputStream in, String source) {
        this.scanner = new TextScanner(source, in);
    }

    static <T> T read(Path file, Reader<T> reader) throws IOException {
        Path name = file.getFileName();
        try (InputStream in = Files.newInputStream(file)) {
            return reader.read(in, String.valueOf(name));
        }
    }

    TextScanner scanner() {
        return scanner;
    }

    boolean hasNext() throws IOException {
        return scanner.hasMore() || scanner.nextRow((char) 0, null);
    }

    private void next(String what) throws IOException {
        if (!hasNext()) {
            throw scanner.error("the file ends where " + what + " should be");
        }
    }

    int integer(String what, int least, int most) throws IOException {
        next(what);
        return scanner.integer(what, least, most);
    }

    double number(String what) throws IOException {
        next(what);
        return scanner.number(what);
    }

    /** A number that is an integer and that a double has exactly. */
    long whole(String what, long least) throws IOException {
        double value = number(what);
        if (value != Math.rint(value) || value < least || value > 1L << 53) {
            throw scanner.error(
                    "%s should be an integer of at least %d, not %s".formatted(what, least, value));
        }
        return (long) value;
    }

    void end() throws IOException {
        if (hasNext()) {
            throw scanner.error(
                    "the file should end before \"%s\"".formatted(scanner.word("a word")));
        }
    }

    ModelFileException error(String problem) {
        return scanner.error(problem);
    }
}
