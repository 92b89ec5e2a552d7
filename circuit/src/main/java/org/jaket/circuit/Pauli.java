package org.jaket.circuit;

/** A one-qubit Pauli operator. */
public enum Pauli {
    /** Identity. */
    I,
    /** Bit flip. */
    X,
    /** Both. */
    Y,
    /** Phase flip. */
    Z;

    /** Whether the operator flips bits (X or Y). */
    public boolean hasX() {
        return this == X || this == Y;
    }

    /** Whether the operator flips phases (Z or Y). */
    public boolean hasZ() {
        return this == Z || this == Y;
    }

    /** The operator with the given parts. */
    public static Pauli of(boolean x, boolean z) {
        return x ? (z ? Y : X) : (z ? Z : I);
    }
}
