package org.jaket.execution;

import org.jaket.circuit.Operation;
import org.jspecify.annotations.Nullable;

/** The engine cannot run this circuit; the message says why and what to use instead. */
public final class UnsupportedCircuitException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Operation operation;

    /** With the reason. */
    public UnsupportedCircuitException(String message) {
        super(message);
        this.operation = null;
    }

    private UnsupportedCircuitException(UnsupportedCircuitException cause, Operation operation) {
        super(cause.getMessage(), cause);
        this.operation = operation;
    }

    /** The same refusal, because of an operation; itself if it knows its operation already. */
    public UnsupportedCircuitException at(Operation place) {
        return operation != null ? this : new UnsupportedCircuitException(this, place);
    }

    /**
     * Returns the operation that is refused, as it was in the circuit that the engine was given, or
     * null if it is none in particular.
     */
    public @Nullable Operation operation() {
        return operation;
    }
}
