package org.jaket.statevector;

/** What takes the gates of a circuit one after the other, in the forms that the engine knows. */
interface GateSink {
    /** {@code exp(i angle)} where all qubits of the mask are one. */
    default void phase(long mask, double angle) {
        phase(mask, mask, angle);
    }

    /** {@code exp(i angle)} where the qubits of {@code mask} read {@code value}. */
    void phase(long mask, long value, double angle);

    /** A gate on one qubit, any 2x2 matrix. */
    void one(int qubit, double[] m);

    /** A bit flip. */
    void flip(int qubit);

    /** A bit flip under at least one control. */
    void flip(int qubit, long mask, long value);

    /** An exchange of two qubits. */
    void swap(int a, int b);

    /** An exchange of two qubits under at least one control. */
    void swap(int a, int b, long mask, long value);

    /** A 2x2 matrix under at least one control. */
    void controlled(int qubit, long mask, long value, double[] matrix);

    /** Any matrix on several qubits; bit j of a row belongs to {@code qubits[j]}. */
    void dense(int[] qubits, long mask, long value, double[] matrix);
}
