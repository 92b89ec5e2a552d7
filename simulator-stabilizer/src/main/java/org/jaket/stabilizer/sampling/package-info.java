/**
 * Sampling in batches: what a sampling method implements, and how batches are spread over threads
 * and handed on in order.
 */
@NullMarked
package org.jaket.stabilizer.sampling;

import org.jspecify.annotations.NullMarked;
