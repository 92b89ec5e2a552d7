/**
 * Well-known optimisation problems: their instances, read from the files in which they are
 * published or made by seed, their models, and the way from a state to the problem's own answer.
 *
 * <pre>{@code
 * var problem = TravellingSalesman.read(Path.of("burma14.tsp"));
 * SampleSet samples = sampler.sample(problem.model(), SamplingOptions.reads(100));
 * problem.best(samples).ifPresent(tour -> print(tour.value()));
 * }</pre>
 *
 * <p>Penalties are chosen from the instance: large enough that no state that breaks a constraint is
 * a minimum, and not much larger, since samplers find minima between high walls badly. Each class
 * says how.
 */
@NullMarked
package org.jaket.annealing.problem;

import org.jspecify.annotations.NullMarked;
