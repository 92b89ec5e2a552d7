package org.jaket.circuit.diagram;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** One column of a drawing: what stands on some qubits, and the lines that join them. */
final class Column {
    private final Map<Integer, String> cells = new HashMap<>();

    /** Bit q: a line goes from qubit q to qubit q + 1. */
    private final BitSet joined = new BitSet();

    private final boolean wall;
    private String header = "";
    private int width = 1;

    /** An empty column; a wall is a ║ across all qubits. */
    Column(boolean wall) {
        this.wall = wall;
    }

    String header() {
        return header;
    }

    int width() {
        return width;
    }

    void header(String text) {
        header = text;
        width = Math.max(width, text.length());
    }

    void put(int qubit, String text) {
        cells.put(qubit, text);
        width = Math.max(width, text.length());
    }

    @Nullable String get(int qubit) {
        return cells.get(qubit);
    }

    void join(int top, int bottom) {
        joined.set(top, bottom);
    }

    /** Appends what stands on the wire of a qubit, centred. */
    void appendWire(StringBuilder text, int qubit) {
        String cell = cells.get(qubit);
        String shown = cell != null ? cell : wall ? "║" : crosses(qubit) ? "┼" : "─";
        int left = (width - shown.length()) / 2;
        text.repeat('─', left).append(shown).repeat('─', width - shown.length() - left);
    }

    private boolean crosses(int qubit) {
        return qubit > 0 && joined.get(qubit - 1) && joined.get(qubit);
    }

    /** Appends what stands between the wires of a qubit and the next one. */
    void appendBetween(StringBuilder text, int qubit) {
        char shown = wall ? '║' : joined.get(qubit) ? '│' : ' ';
        int left = (width - 1) / 2;
        text.repeat(' ', left).append(shown).repeat(' ', width - 1 - left);
    }
}
