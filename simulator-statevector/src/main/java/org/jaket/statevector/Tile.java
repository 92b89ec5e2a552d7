package org.jaket.statevector;

import java.lang.foreign.MemorySegment;

/**
 * A contiguous block of {@code 2^qubits} amplitudes, what every kernel works on.
 *
 * <p>The block is either a stretch of the state itself or a worker's buffer into which amplitudes
 * of far-apart indices were gathered. Inside it, local qubit k is bit k of the offset from {@code
 * first}.
 *
 * @param re real parts, in the precision of the kernels that are used
 * @param im imaginary parts
 * @param first index of the block's first amplitude in both segments
 * @param qubits number of local qubits
 */
record Tile(MemorySegment re, MemorySegment im, long first, int qubits) {

    /** The number of amplitudes. */
    long length() {
        return 1L << qubits;
    }
}
