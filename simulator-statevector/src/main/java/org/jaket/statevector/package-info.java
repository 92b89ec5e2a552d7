/** Simulation of circuits by their amplitudes. */
@NullMarked
package org.jaket.statevector;

import org.jspecify.annotations.NullMarked;
