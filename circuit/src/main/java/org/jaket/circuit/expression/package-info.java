/** Classical values: parameters, bits, registers and the arithmetic on them. */
@NullMarked
package org.jaket.circuit.expression;

import org.jspecify.annotations.NullMarked;
