/**
 * Probabilities of rare failures: shots are sampled given the number of errors in them, so that the
 * many shots with too few errors to matter need not be drawn.
 */
@NullMarked
package org.jaket.stabilizer.rare;

import org.jspecify.annotations.NullMarked;
