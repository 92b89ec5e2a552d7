/**
 * How the reads of a call are shared among threads, watched by a clock and given their random
 * numbers. What samplers are made of; not exported.
 */
@NullMarked
package org.jaket.annealing.reads;

import org.jspecify.annotations.NullMarked;
