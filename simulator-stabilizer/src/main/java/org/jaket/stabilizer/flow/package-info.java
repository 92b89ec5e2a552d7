/**
 * How stabilisers flow through circuits, and what follows from it: flows and their generators,
 * detecting regions, missing detectors, circuits turned round in time.
 */
@NullMarked
package org.jaket.stabilizer.flow;

import org.jspecify.annotations.NullMarked;
