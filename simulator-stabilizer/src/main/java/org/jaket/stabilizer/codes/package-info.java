/**
 * Memory experiments on the well-known codes, with circuit noise.
 *
 * <pre>{@code
 * Circuit circuit = SurfaceCode.rotatedMemoryX(5).rounds(15).noise(1e-3).circuit();
 * }</pre>
 *
 * <p>The circuits are those that Stim generates, operation by operation.
 */
@NullMarked
package org.jaket.stabilizer.codes;

import org.jspecify.annotations.NullMarked;
