/**
 * Sampling circuits whose course depends on results: shots with the same history of conditions
 * share a tableau and are told apart by Pauli frames.
 */
@NullMarked
package org.jaket.stabilizer.histories;

import org.jspecify.annotations.NullMarked;
