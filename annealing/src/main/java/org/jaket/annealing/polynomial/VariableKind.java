package org.jaket.annealing.polynomial;

/** Which values a variable may have. */
public enum VariableKind {
    /** 0 and 1. */
    BINARY,
    /** -1 and +1. */
    SPIN,
    /** The whole numbers between two bounds. */
    INTEGER,
    /** All numbers between two bounds. */
    REAL;

    /** Whether the variable has two values that the kind alone says. */
    public boolean isTwoValued() {
        return this == BINARY || this == SPIN;
    }

    /** Whether the values are whole numbers. */
    public boolean isWhole() {
        return this != REAL;
    }
}
