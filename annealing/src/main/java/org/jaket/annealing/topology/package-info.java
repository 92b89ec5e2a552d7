/**
 * Which qubits an annealer has and which of them are coupled.
 *
 * <p>A {@link org.jaket.annealing.topology.Topology} says how the qubits of a family of processors
 * are numbered and which couplers there are by design; a {@link
 * org.jaket.annealing.topology.HardwareGraph} says which of them a particular processor has.
 */
@NullMarked
package org.jaket.annealing.topology;

import org.jspecify.annotations.NullMarked;
