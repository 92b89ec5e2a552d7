/**
 * Many bindings of one small circuit at a time. The circuit is compiled once, with its parameters
 * open, and amplitudes lie as [basis state][lane], one binding a lane: every gate is a straight
 * loop over registers, with coefficients that differ from lane to lane and no permutation inside a
 * register, whatever the qubit. Gradients run the same program on one state of one binding,
 * forwards and then backwards, with the registers along the basis states.
 */
@NullMarked
package org.jaket.statevector.lanes;

import org.jspecify.annotations.NullMarked;
