package org.jaket.circuit.stim;

import org.jaket.circuit.Circuit;

/** Stim's circuit language. */
public final class Stim {
    private Stim() {}

    /** Reads a circuit. */
    public static Circuit parse(String text) {
        throw new UnsupportedOperationException(text);
    }

    /** Stim text. */
    public static String print(Circuit circuit) {
        throw new UnsupportedOperationException(circuit.toString());
    }
}
