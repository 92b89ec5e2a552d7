/**
 * Constrained binary problems without slack variables: constraints are priced by Lagrange
 * multipliers, so that what is sampled has exactly the variables of the problem.
 *
 * <pre>{@code
 * RelaxationResult result =
 *         LagrangianRelaxation.of(model)
 *                 .update(MultiplierUpdate.BUNDLE)
 *                 .solve(new SimulatedAnnealing(), SamplingOptions.reads(16).seed(7));
 * result.best().energy();   // of a solution
 * result.bound().value();   // no solution is below this
 * }</pre>
 *
 * <p>"Cutting slack", arXiv 2507.12159; the bounds and updates are those of A. M. Geoffrion,
 * "Lagrangean relaxation for integer programming", 1974, and M. L. Fisher, "The Lagrangian
 * relaxation method for solving integer programming problems", 1981.
 */
@NullMarked
package org.jaket.annealing.relaxation;

import org.jspecify.annotations.NullMarked;
