/**
 * Whole numbers written in bits: as binary numbers, as one bit of many, as a wall between ones and
 * zeros, or as a count of ones.
 */
@NullMarked
package org.jaket.annealing.encoding;

import org.jspecify.annotations.NullMarked;
