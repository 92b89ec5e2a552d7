/**
 * Bulk sampling with Pauli frames: a circuit is compiled once to a flat program of row operations
 * and then run on thousands of shots at a time, one bit per shot.
 *
 * <p>A frame is the Pauli difference between a noisy shot and the noiseless reference. Its X part
 * and its Z part on a qubit are two rows of bits, a bit per shot; every Clifford gate is then a
 * linear map of rows over GF(2), so a program knows row additions and nothing of gates.
 */
@NullMarked
package org.jaket.stabilizer.frames;

import org.jspecify.annotations.NullMarked;
