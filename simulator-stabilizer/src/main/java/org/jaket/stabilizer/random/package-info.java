/**
 * Counter-based random bits and exact samplers for rare events.
 *
 * <p>Every stream is a function of (seed, stream, block), so work can be cut into blocks and spread
 * over threads or machines without changing a result.
 */
@NullMarked
package org.jaket.stabilizer.random;

import org.jspecify.annotations.NullMarked;
