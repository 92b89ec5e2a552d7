/**
 * Matrix product states: many qubits with little entanglement, such as shallow circuits on a chain.
 * {@link org.jaket.mps.MpsSimulator} runs circuits, {@link org.jaket.mps.MpsOptions} says what may
 * be truncated, {@link org.jaket.mps.Truncation} what was.
 *
 * <p>The amplitude of a basis state is a product of one matrix a qubit. The chain is kept in mixed
 * canonical form, so that every truncation is the best one for the whole state and its error is
 * known (G. Vidal, "Efficient classical simulation of slightly entangled quantum computations",
 * 2003; U. Schollwoeck, "The density-matrix renormalization group in the age of matrix product
 * states", 2011).
 */
@NullMarked
package org.jaket.mps;

import org.jspecify.annotations.NullMarked;
