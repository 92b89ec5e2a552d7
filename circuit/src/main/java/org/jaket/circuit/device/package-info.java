/** What is known of a quantum computer: coupling, relaxation, errors and durations. */
@NullMarked
package org.jaket.circuit.device;

import org.jspecify.annotations.NullMarked;
