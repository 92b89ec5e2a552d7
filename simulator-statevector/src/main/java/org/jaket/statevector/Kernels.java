package org.jaket.statevector;

import java.lang.foreign.MemorySegment;

/**
 * The arithmetic of the engine: what can be done to one {@link Tile}. Two families implement it,
 * one with the Vector API and one in plain Java, each in double and in single precision; {@link
 * KernelChoice} picks.
 *
 * <p>Qubits and masks are local to the tile. A pair {@code (mask, value)} selects the amplitudes
 * whose index has exactly the bits {@code value} under {@code mask}: positive and negative controls
 * in one. No method allocates per amplitude, and none starts threads.
 */
interface Kernels {

    /** The precision of the amplitudes these kernels read and write. */
    Precision precision();

    /** Base-two logarithm of the number of amplitudes that one register holds. */
    int laneBits();

    /**
     * Copies amplitudes of a state into the tile: those whose index has the bits {@code outer}
     * outside the mask {@code local}, in ascending order.
     */
    void gather(Tile tile, MemorySegment re, MemorySegment im, long outer, long local);

    /** The inverse of {@link #gather}. */
    void scatter(Tile tile, MemorySegment re, MemorySegment im, long outer, long local);

    /**
     * Real rotations without their cosines: on each listed qubit the matrix {@code [1 -t; t 1]}.
     * Two fused multiply-adds per pair and array; the caller accounts for the factor {@code 1/cos}.
     *
     * @param qubits distinct qubits
     * @param tangents t for each of them
     */
    void shear(Tile tile, int[] qubits, double[] tangents);

    /**
     * Multiplies by a diagonal given as tables, see {@link PhaseTables}.
     *
     * @param high the tile's first entry in the high table
     */
    void diagonal(Tile tile, PhaseTables tables, int high);

    /** Multiplies the selected amplitudes by {@code re + i im}. */
    void phase(Tile tile, int mask, int value, double re, double im);

    /**
     * A 2x2 matrix on a qubit, under controls.
     *
     * @param m row-major entries, real and imaginary part interleaved (8 numbers)
     */
    void dense1(Tile tile, int qubit, int mask, int value, double[] m);

    /** A matrix on several qubits, see {@link DenseMatrix}. */
    void dense(Tile tile, DenseMatrix matrix);

    /** A bit flip under controls: X, CX, Toffoli and so on. */
    void flip(Tile tile, int qubit, int mask, int value);

    /** Exchanges two qubits under controls. */
    void swap(Tile tile, int a, int b, int mask, int value);

    /** Multiplies the selected amplitudes by a real factor and sets all others to zero. */
    void project(Tile tile, int mask, int value, double factor);

    /** The sum of squared moduli of the selected amplitudes, accumulated in double precision. */
    double weight(Tile tile, int mask, int value);

    /**
     * The sum over i of {@code conj(bra[i ^ x]) ket[i] (-1)^popcount(i & z)}: with x = z = 0 an
     * inner product, otherwise a tile's part of a Pauli string's matrix element.
     *
     * @param sum receives real and imaginary part at {@code at} and {@code at + 1}
     */
    void product(Tile bra, Tile ket, int x, int z, double[] sum, int at);

    /**
     * Adds a multiple of a Pauli string's image: {@code target[i ^ x] += (re + i im)
     * (-1)^popcount(i & z) source[i]}. The tiles are different ones.
     */
    void addPauli(Tile target, Tile source, int x, int z, double re, double im);
}
