/**
 * States of up to 62 qubits with few amplitudes that are not zero: arithmetic, Grover's and Shor's
 * algorithms, GHZ and W states, what measurements leave. {@link
 * org.jaket.statevector.sparse.SparseSimulator} runs circuits, {@link
 * org.jaket.statevector.sparse.SparseState} is a state to read.
 *
 * <p>A state is a list of basis states with their amplitudes. Gates that give phases to basis
 * states or permute them are collected and carried out together, in one sweep over the list; a gate
 * that branches brings those basis states together that differ only in its targets, by hashing.
 * Qubits that are in a basis state, idle ones among them, cost nothing. The batching is the idea of
 * qblaze (H. Venev, T. Gehr, D. Dimitrov and M. Vechev, "qblaze: An Efficient and Scalable Sparse
 * Quantum Simulator", 2025).
 */
@NullMarked
package org.jaket.statevector.sparse;

import org.jspecify.annotations.NullMarked;
