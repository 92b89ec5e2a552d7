/**
 * What can be done to a model before it is sampled, each with the way back for samples.
 *
 * <pre>{@code
 * FixedVariables smaller = RoofDuality.of(model).all();
 * SampleSet samples = smaller.restore(sampler.sample(smaller.model(), options));
 * }</pre>
 *
 * <p>{@link org.jaket.annealing.presolve.RoofDuality} finds values that some minimum has, {@link
 * org.jaket.annealing.presolve.Elimination} takes out variables of few neighbours, {@link
 * org.jaket.annealing.presolve.Components} takes a model apart; {@link
 * org.jaket.annealing.presolve.PresolvingSampler} does all of it around a sampler. {@link
 * org.jaket.annealing.presolve.Scaling} and {@link org.jaket.annealing.presolve.SpinReversal} make
 * models fit for hardware.
 */
@NullMarked
package org.jaket.annealing.presolve;

import org.jspecify.annotations.NullMarked;
