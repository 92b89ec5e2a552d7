/** Passes: what rewrites or measures a circuit without running it. */
@NullMarked
package org.jaket.circuit.pass;

import org.jspecify.annotations.NullMarked;
