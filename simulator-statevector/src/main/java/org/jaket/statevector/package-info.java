/**
 * The state-vector engine: all 2^n amplitudes, in single or double precision.
 *
 * <p>A circuit goes through {@code Lowering} (gates to phases, rotations and dense blocks, gathered
 * per qubit), {@code Schedule} (what can be done while a tile of amplitudes is in the cache) and
 * {@code Runner} (tiles on several threads). {@code Trajectories} samples a compiled program,
 * {@code Branches} follows every way it can go.
 *
 * <p>Qubit k is bit k of an amplitude's index. Qubits may lie elsewhere in memory: see {@code
 * Frame}.
 */
@NullMarked
package org.jaket.statevector;

import org.jspecify.annotations.NullMarked;
