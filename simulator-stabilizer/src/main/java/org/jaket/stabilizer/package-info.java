/** Simulation of Clifford circuits, with noise, by their stabilizers. */
@NullMarked
package org.jaket.stabilizer;

import org.jspecify.annotations.NullMarked;
