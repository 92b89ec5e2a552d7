/**
 * Sampling of detectors from error mechanisms: what each error of a noisy circuit flips is worked
 * out once, by one walk backwards through the circuit; a shot is then the sum of the symptoms of
 * the errors that hit it. The cost of a shot goes with its errors, not with its gates.
 */
@NullMarked
package org.jaket.stabilizer.mechanisms;

import org.jspecify.annotations.NullMarked;
