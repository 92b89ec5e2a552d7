package org.jaket.annealing.embedding;

import java.util.List;
import java.util.stream.Collectors;

/** An embedding does not carry a problem on a processor. The message names up to five reasons. */
public final class InvalidEmbeddingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** What is wrong. */
    private final transient List<EmbeddingFault> faults;

    InvalidEmbeddingException(List<EmbeddingFault> faults) {
        super(
                faults.stream()
                                .limit(5)
                                .map(EmbeddingFault::message)
                                .collect(Collectors.joining("; "))
                        + (faults.size() > 5 ? "; and %d more".formatted(faults.size() - 5) : ""));
        this.faults = List.copyOf(faults);
    }

    /** Everything that is wrong. */
    public List<EmbeddingFault> faults() {
        return faults;
    }
}
