/**
 * Drawings of circuits and detectors: the text, SVG and 3D diagrams of Stim's {@code diagram}
 * command. The text ones are Stim's to the byte, the pictures show the same in a drawing of our
 * own.
 */
@NullMarked
package org.jaket.stabilizer.diagram;

import org.jspecify.annotations.NullMarked;
