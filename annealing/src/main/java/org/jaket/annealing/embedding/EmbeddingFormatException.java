package org.jaket.annealing.embedding;

/** A file that should hold an embedding does not. The message names the file, the place and why. */
public final class EmbeddingFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    EmbeddingFormatException(String file, String where, String message) {
        super("%s%s: %s".formatted(file, where.isEmpty() ? "" : ", " + where, message));
    }
}
