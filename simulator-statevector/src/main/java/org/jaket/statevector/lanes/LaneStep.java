package org.jaket.statevector.lanes;

/**
 * One step of a {@link LaneProgram}, on rows: row i holds the amplitudes of basis state i. A pair
 * {@code (mask, value)} selects the rows whose number has the bits {@code value} under {@code
 * mask}. A {@code slot} is the place of the step's first coefficient; matrices are row by row, real
 * and imaginary parts interleaved, a slot each.
 */
sealed interface LaneStep {
    /**
     * A 2x2 matrix on a qubit of the selected rows.
     *
     * @param exchange whether a bit flip on the qubit follows
     */
    record One(int qubit, int mask, int value, int slot, Shape shape, boolean exchange)
            implements LaneStep {}

    /** Multiplies the selected rows by a complex number. */
    record Phase(int mask, int value, int slot) implements LaneStep {}

    /** Exchanges rows i and {@code i ^ x} for all i that {@code (fixed, value)} selects. */
    record Exchange(int fixed, int value, int x) implements LaneStep {}

    /** Multiplies row i by the number at the slot, conjugated where i has odd parity under z. */
    record Parity(int z, int slot) implements LaneStep {}

    /**
     * {@code exp(-i angle/2 P)} for {@code P|k> = i^turns (-1)^(k.z) |k ^ x>} with x not zero; the
     * number at the slot is {@code exp(-i angle/2)}.
     */
    record Rotation(int x, int z, int turns, int slot) implements LaneStep {}

    /**
     * A matrix on several qubits of the selected rows.
     *
     * @param fixed bits of targets and controls
     * @param value what the controls must be
     * @param offsets per row of the matrix what its bits add to a row number
     * @param rows the rows of the matrix that are not those of the identity
     * @param columns per such row the columns of its entries that are not zero
     * @param slot of the first entry of the matrix
     */
    record Dense(int fixed, int value, int[] offsets, int[] rows, int[][] columns, int slot)
            implements LaneStep {}
}
