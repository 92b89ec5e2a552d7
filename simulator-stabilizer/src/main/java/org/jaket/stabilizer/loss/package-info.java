/**
 * Circuits whose qubits may be lost: shots without a loss in bulk, the others one by one. When the
 * first qubit of a shot is lost is drawn before the shot is run.
 */
@NullMarked
package org.jaket.stabilizer.loss;

import org.jspecify.annotations.NullMarked;
