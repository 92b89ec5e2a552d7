package org.jaket.circuit;

/** A circuit that cannot be: the message names the operation and what is wrong with it. */
public final class CircuitException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** An error about the whole circuit. */
    public CircuitException(String message) {
        super(message);
    }

    /** An error about one operation. */
    public CircuitException(Operation operation, String message) {
        super(operation.describe() + ": " + message);
    }
}
