/**
 * Circuits in the terms that stabilizer engines share: Clifford actions, collapses, Pauli noise and
 * classical steps, with every gate looked up and every target decoded once.
 */
@NullMarked
package org.jaket.stabilizer.clifford;

import org.jspecify.annotations.NullMarked;
