/**
 * Exact simulation of near-Clifford circuits: Clifford circuits with Pauli noise, in which some
 * rotations are not Clifford.
 *
 * <p>The state of n qubits is held as {@code U P W (|phi> (x) |0...0>)}:
 *
 * <ul>
 *   <li>{@code U}, all Clifford gates so far ({@link
 *       org.jaket.stabilizer.nearclifford.HeisenbergFrame});
 *   <li>{@code P}, a Pauli string, different from shot to shot;
 *   <li>{@code W}, the Clifford operation that takes virtual qubits to those at the start ({@link
 *       org.jaket.stabilizer.nearclifford.VirtualFrame});
 *   <li>{@code |phi>}, 2^k amplitudes of the k virtual qubits that are active ({@link
 *       org.jaket.stabilizer.nearclifford.ActiveVector}); the others are dormant, in |0>.
 * </ul>
 *
 * <p>{@code U} and {@code W} do not depend on outcomes and are followed once, by {@link
 * org.jaket.stabilizer.nearclifford.Compiler}; shots run a flat program on {@code P} and {@code
 * |phi>} ({@link org.jaket.stabilizer.nearclifford.ShotMachine}). The factorisation is that of
 * Clifft (Unitary Foundation, "Clifft: fast exact simulation of near-Clifford circuits",
 * arXiv:2604.27058); here the Pauli frame stands left of the virtual Clifford operation, so that no
 * change of virtual basis ever touches it, and Pauli strings act on the amplitudes as they are, in
 * one pass.
 */
@NullMarked
package org.jaket.stabilizer.nearclifford;

import org.jspecify.annotations.NullMarked;
