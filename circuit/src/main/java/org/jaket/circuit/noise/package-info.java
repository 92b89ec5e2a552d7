/** Noise: Stim's Pauli channels, Kraus channels, and models that put noise on a circuit. */
@NullMarked
package org.jaket.circuit.noise;

import org.jspecify.annotations.NullMarked;
