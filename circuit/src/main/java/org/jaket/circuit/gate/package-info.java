/**
 * Gates: the table of named ones, and those built from matrices, bodies, controls and powers.
 *
 * <p>Every matrix is little-endian: the first target of a gate is bit 0 of a row or column index.
 */
@NullMarked
package org.jaket.circuit.gate;

import org.jspecify.annotations.NullMarked;
