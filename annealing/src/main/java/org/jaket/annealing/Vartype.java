package org.jaket.annealing;

/** Which two values the variables of a model have. */
public enum Vartype {
    /** 0 and 1. */
    BINARY(0, 1),
    /** -1 and +1. */
    SPIN(-1, 1);

    private final byte low;
    private final byte high;

    Vartype(int low, int high) {
        this.low = (byte) low;
        this.high = (byte) high;
    }

    /** The smaller value. */
    public byte low() {
        return low;
    }

    /** The larger value, 1. */
    public byte high() {
        return high;
    }

    /** Whether a number is one of the two values. */
    public boolean has(int value) {
        return value == low || value == high;
    }
}
