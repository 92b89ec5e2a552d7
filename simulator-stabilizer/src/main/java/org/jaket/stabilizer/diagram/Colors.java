package org.jaket.stabilizer.diagram;

import org.jaket.circuit.Pauli;

/** The colours that Pauli letters and kinds of operations have in all pictures. */
final class Colors {
    static final String INK = "#1c1c28";
    static final String PAPER = "#ffffff";
    static final String NOISE = "#f7b8cf";
    static final String GATE = "#fdf3d8";
    static final String CLASSICAL = "#d9dce5";
    static final String MIXED = "#b9bcc8";

    private Colors() {}

    static String of(Pauli pauli) {
        return switch (pauli) {
            case I -> MIXED;
            case X -> "#f0524f";
            case Y -> "#4fbf67";
            case Z -> "#4a90f0";
        };
    }

    /** The background of an operation's box. */
    static String ofOperation(String name) {
        if (isNoise(name)) {
            return NOISE;
        }
        if (name.startsWith("M") || name.equals("R") || name.equals("RX") || name.equals("RY")) {
            return INK;
        }
        return switch (name) {
            case "X" -> of(Pauli.X);
            case "Y" -> of(Pauli.Y);
            case "Z" -> of(Pauli.Z);
            case "DETECTOR", "OBSERVABLE_INCLUDE", "QUBIT_COORDS" -> CLASSICAL;
            default -> GATE;
        };
    }

    static boolean isNoise(String name) {
        return name.contains("ERROR")
                || name.startsWith("DEPOLARIZE")
                || name.startsWith("PAULI_CHANNEL")
                || name.startsWith("HERALDED")
                || name.equals("E");
    }
}
