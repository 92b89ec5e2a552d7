/** Links that open circuits in editors on the web. */
@NullMarked
package org.jaket.circuit.link;

import org.jspecify.annotations.NullMarked;
