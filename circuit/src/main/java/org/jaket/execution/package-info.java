/**
 * Running circuits: what engines and devices implement, and what they return.
 *
 * <p>Bit strings for people print the highest classical bit first, the last declared register
 * leftmost. A circuit without classical registers has its measurement record as its result, printed
 * in record order.
 */
@NullMarked
package org.jaket.execution;

import org.jspecify.annotations.NullMarked;
