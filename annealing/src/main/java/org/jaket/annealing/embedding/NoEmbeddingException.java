package org.jaket.annealing.embedding;

/**
 * No embedding was found. That does not say that there is none: the message tells what was tried
 * and what may help.
 */
public final class NoEmbeddingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoEmbeddingException(String message) {
        super(message);
    }
}
