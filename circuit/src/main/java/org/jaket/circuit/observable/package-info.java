/** Observables: Pauli strings and their sums. */
@NullMarked
package org.jaket.circuit.observable;

import org.jspecify.annotations.NullMarked;
