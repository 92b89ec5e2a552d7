package org.jaket.circuit;

import org.jspecify.annotations.Nullable;

/** A circuit that cannot be: the message names the operation and what is wrong with it. */
public final class CircuitException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Operation operation;

    /** An error about the whole circuit. */
    public CircuitException(String message) {
        super(message);
        this.operation = null;
    }

    /** An error about one operation. */
    public CircuitException(Operation operation, String message) {
        super(operation.describe() + ": " + message);
        this.operation = operation;
    }

    private CircuitException(CircuitException cause, Operation operation) {
        super(cause.getMessage(), cause);
        this.operation = operation;
    }

    /** The same error, of an operation; itself if it knows its operation already. */
    public CircuitException at(Operation place) {
        return operation != null ? this : new CircuitException(this, place);
    }

    /**
     * Returns the operation that the error is about, as it was in the circuit that an engine was
     * given, or null if it is about none in particular.
     */
    public @Nullable Operation operation() {
        return operation;
    }
}
