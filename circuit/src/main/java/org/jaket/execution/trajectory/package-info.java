/**
 * What engines that follow pure states have in common: a circuit becomes a flat {@link
 * org.jaket.execution.trajectory.Program}, whose runs are sampled ({@link
 * org.jaket.execution.trajectory.Trajectories}) or followed every way they can go ({@link
 * org.jaket.execution.trajectory.Branches}). An engine brings a {@link
 * org.jaket.execution.trajectory.PureState}: gates, probabilities, collapses; control flow,
 * records, noise and random numbers are here.
 */
@NullMarked
package org.jaket.execution.trajectory;

import org.jspecify.annotations.NullMarked;
