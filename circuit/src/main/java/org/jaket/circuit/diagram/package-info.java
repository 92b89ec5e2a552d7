/** Drawings of circuits in text. */
@NullMarked
package org.jaket.circuit.diagram;

import org.jspecify.annotations.NullMarked;
