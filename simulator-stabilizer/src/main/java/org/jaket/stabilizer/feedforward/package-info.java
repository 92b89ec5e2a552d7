/**
 * Decode and feed forward: circuits in stages, between which a decoder sees what was detected and
 * chooses corrections.
 */
@NullMarked
package org.jaket.stabilizer.feedforward;

import org.jspecify.annotations.NullMarked;
