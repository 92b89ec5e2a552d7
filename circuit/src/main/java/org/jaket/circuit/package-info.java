/**
 * The circuit as a value: qubits, classical registers and a list of operations.
 *
 * <p>Start at {@link org.jaket.circuit.Circuit}. Qubit k is bit k of an amplitude's index (qubit 0
 * least significant).
 */
@NullMarked
package org.jaket.circuit;

import org.jspecify.annotations.NullMarked;
