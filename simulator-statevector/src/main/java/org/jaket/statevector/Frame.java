package org.jaket.statevector;

/**
 * How the qubits of a circuit lie in stored amplitudes: SWAP and X gates change the frame and not
 * the amplitudes.
 *
 * @param position the stored qubit of each qubit of the circuit
 * @param flipped the stored qubits whose 0 and 1 are exchanged
 */
record Frame(int[] position, long flipped) {

    static Frame identity(int qubits) {
        int[] position = new int[qubits];
        for (int q = 0; q < qubits; q++) {
            position[q] = q;
        }
        return new Frame(position, 0);
    }

    boolean isIdentity() {
        for (int q = 0; q < position.length; q++) {
            if (position[q] != q) {
                return false;
            }
        }
        return flipped == 0;
    }

    /** The stored qubits of a mask of qubits, without flips. */
    long place(long mask) {
        long placed = 0;
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            placed |= 1L << position[Long.numberOfTrailingZeros(rest)];
        }
        return placed;
    }

    /** Where the amplitude of a basis state is stored. */
    long stored(long index) {
        return place(index) ^ flipped;
    }

    /** The basis state whose amplitude is stored at an index. */
    long seen(long stored) {
        long bits = stored ^ flipped;
        long index = 0;
        for (int q = 0; q < position.length; q++) {
            index |= (bits >> position[q] & 1) << q;
        }
        return index;
    }
}
