package org.jaket.circuit.diagram;

import org.jaket.circuit.Circuit;

/** A drawing of a circuit in text. */
public final class TextDiagram {
    private TextDiagram() {}

    /** Draws the circuit. */
    public static TextDiagram of(Circuit circuit) {
        throw new UnsupportedOperationException(circuit.toString());
    }
}
