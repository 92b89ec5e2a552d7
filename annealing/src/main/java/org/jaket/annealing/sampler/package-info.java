/**
 * Samplers that run on this machine.
 *
 * <p>Reads are worked on in blocks of sixteen, side by side in the registers of the processor, and
 * blocks on several threads. What a block draws depends on its number and the seed alone.
 */
@NullMarked
package org.jaket.annealing.sampler;

import org.jspecify.annotations.NullMarked;
