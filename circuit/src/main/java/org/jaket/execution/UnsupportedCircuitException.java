package org.jaket.execution;

/** The engine cannot run this circuit; the message says why and what to use instead. */
public final class UnsupportedCircuitException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** With the reason. */
    public UnsupportedCircuitException(String message) {
        super(message);
    }
}
