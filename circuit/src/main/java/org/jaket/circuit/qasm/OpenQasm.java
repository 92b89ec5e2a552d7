package org.jaket.circuit.qasm;

import org.jaket.circuit.Circuit;

/** OpenQASM 2 and 3. */
public final class OpenQasm {
    private OpenQasm() {}

    /** Reads OpenQASM 2 or 3, as the text says. */
    public static Circuit parse(String text) {
        throw new UnsupportedOperationException(text);
    }

    /** OpenQASM 2 text. */
    public static String print2(Circuit circuit) {
        throw new UnsupportedOperationException(circuit.toString());
    }

    /** OpenQASM 3 text. */
    public static String print3(Circuit circuit) {
        throw new UnsupportedOperationException(circuit.toString());
    }
}
