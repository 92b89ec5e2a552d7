/**
 * Packed bits: tables of 64-bit words, their transposition, and the kernels that work on whole
 * rows.
 *
 * <p>Bit {@code k} of a row is bit {@code k & 63} (least significant first) of word {@code k >> 6}.
 */
@NullMarked
package org.jaket.stabilizer.bits;

import org.jspecify.annotations.NullMarked;
