/** Circuits as immutable values: operations, gates, the builder. */
@NullMarked
package org.jaket.circuit;

import org.jspecify.annotations.NullMarked;
