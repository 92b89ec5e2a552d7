package org.jaket.statevector;

/** A state does not fit into the memory that is left; nothing was allocated. */
public final class InsufficientMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Bytes the state needs; beyond 2^63 an approximation. */
    private final double needed;

    private final long available;

    InsufficientMemoryException(String message, double needed, long available) {
        super(message);
        this.needed = needed;
        this.available = available;
    }

    /** The bytes that were asked for. */
    public double needed() {
        return needed;
    }

    /** The bytes that were left. */
    public long available() {
        return available;
    }
}
