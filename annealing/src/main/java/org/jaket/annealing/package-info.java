/**
 * Models of optimisation problems, and what samplers return for them.
 *
 * <p>A {@link org.jaket.annealing.BinaryQuadraticModel} is what annealers minimise: a quadratic
 * function of variables with two values. A {@link org.jaket.annealing.Sampler} draws {@link
 * org.jaket.annealing.SampleSet}s of low energy from it.
 *
 * <p>Variables are numbered 0 to n-1 everywhere; labels of any type may stand beside the numbers
 * ({@link org.jaket.annealing.Variables}). Energies are minimised.
 */
@NullMarked
package org.jaket.annealing;

import org.jspecify.annotations.NullMarked;
