/**
 * Vehicle routing with time windows: instances, the constrained model of arXiv 2503.24285 with the
 * repair of what a sampler returns, and a solver that works on routes themselves.
 *
 * <pre>{@code
 * var instance = RoutingInstance.of(SolomonInstance.read(file), DistanceRule.ONE_DECIMAL);
 * var options = SamplingOptions.reads(2).limit(Duration.ofSeconds(5)).seed(7);
 * Routing found = new VehicleRouting().solve(instance, options);
 * found.length();
 * }</pre>
 */
@NullMarked
package org.jaket.annealing.routing;

import org.jspecify.annotations.NullMarked;
