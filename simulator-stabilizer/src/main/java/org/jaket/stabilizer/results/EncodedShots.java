package org.jaket.stabilizer.results;

/**
 * The bytes of a batch of shots, worked out apart from the stream that they will be written to: by
 * {@link ShotWriter#encode}, on any thread. A reusable buffer.
 */
public final class EncodedShots {
    final ByteSink bytes = new ByteSink();
    private boolean complete;

    /** Creates an empty buffer. */
    public EncodedShots() {}

    /** Whether the bytes are there; if not, the batch itself has to be written. */
    boolean isComplete() {
        return complete;
    }

    void clear() {
        bytes.clear();
        complete = false;
    }

    void complete() {
        complete = true;
    }
}
