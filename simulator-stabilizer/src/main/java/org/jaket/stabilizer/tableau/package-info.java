/**
 * Stabilizer tableaux: Clifford operations as the images of Pauli generators, and the simulation of
 * single shots with them.
 */
@NullMarked
package org.jaket.stabilizer.tableau;

import org.jspecify.annotations.NullMarked;
