/**
 * What errors flip: for every qubit and earlier result, which detectors and observables depend on
 * it, followed from the end of a circuit to its start. The rules of gates, collapses, feedback and
 * annotations stand here once; who walks brings along what is noted on the way.
 */
@NullMarked
package org.jaket.stabilizer.sensitivity;

import org.jspecify.annotations.NullMarked;
