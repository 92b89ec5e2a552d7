package org.jaket.circuit.diagram;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.QubitRegister;

import java.util.ArrayList;
import java.util.List;

/**
 * A drawing of a circuit in text: one line a qubit, time from left to right.
 *
 * <pre>
 * q[0]: ─H─●─M→c[0]─
 *          │
 * q[1]: ───⊕─M→c[1]─
 * </pre>
 *
 * <p>● and ○ are controls on 1 and on 0, ⊕ is X, × a swapped qubit, ░ a barrier or tick. Gates on
 * several qubits whose order matters carry the position of the target behind a colon. Repeats and
 * branches stand between ║ columns with their text above.
 */
public final class TextDiagram {
    /**
     * How many cells (qubits times columns) are drawn; what comes after is left out with a note.
     */
    public static final int MAX_CELLS = 400_000;

    private final List<String> names;
    private final List<Column> columns;
    private final boolean complete;

    private TextDiagram(List<String> names, List<Column> columns, boolean complete) {
        this.names = names;
        this.columns = columns;
        this.complete = complete;
    }

    /** Draws the circuit. */
    public static TextDiagram of(Circuit circuit) {
        List<String> names = new ArrayList<>();
        int longest = 0;
        for (QubitRegister register : circuit.qubitRegisters()) {
            for (int k = 0; k < register.size(); k++) {
                String name =
                        register.size() == 1 ? register.name() : register.name() + "[" + k + "]";
                names.add(name);
                longest = Math.max(longest, name.length());
            }
        }
        int width = longest;
        names.replaceAll(name -> " ".repeat(width - name.length()) + name + ": ");
        var layout = new Layout(circuit, MAX_CELLS / Math.max(1, names.size()));
        layout.place(circuit.body());
        return new TextDiagram(names, layout.columns(), layout.isComplete());
    }

    /** The drawing in one piece. */
    @Override
    public String toString() {
        return folded(Integer.MAX_VALUE);
    }

    /**
     * The drawing, continued in further pieces below where it would be wider than {@code width}
     * characters.
     *
     * @param width at least as wide as the widest column and the names, or a piece has one column
     *     that sticks out
     */
    public String folded(int width) {
        var text = new StringBuilder();
        int nameWidth = names.isEmpty() ? 0 : names.getFirst().length();
        int from = 0;
        do {
            int to = from;
            int used = nameWidth;
            while (to < columns.size()
                    && (to == from || used + columns.get(to).width() + 1 <= width)) {
                used += columns.get(to).width() + 1;
                to++;
            }
            piece(text, from, to, nameWidth);
            from = to;
            if (from < columns.size()) {
                text.append('\n');
            }
        } while (from < columns.size());
        if (!complete) {
            text.append("... (the rest is left out: the drawing would be too large)\n");
        }
        return text.toString();
    }

    private void piece(StringBuilder text, int from, int to, int nameWidth) {
        var line = new StringBuilder(" ".repeat(nameWidth));
        boolean anyHeader = false;
        for (Column column : columns.subList(from, to)) {
            line.append(' ').append(column.header());
            anyHeader |= !column.header().isEmpty();
            line.repeat(' ', column.width() - column.header().length());
        }
        if (anyHeader) {
            text.append(line.toString().stripTrailing()).append('\n');
        }
        for (int qubit = 0; qubit < names.size(); qubit++) {
            text.append(names.get(qubit)).append('─');
            for (Column column : columns.subList(from, to)) {
                column.appendWire(text, qubit);
                text.append('─');
            }
            text.append('\n');
            if (qubit + 1 < names.size()) {
                line.setLength(0);
                line.repeat(' ', nameWidth);
                for (Column column : columns.subList(from, to)) {
                    line.append(' ');
                    column.appendBetween(line, qubit);
                }
                String between = line.toString().stripTrailing();
                if (!between.isEmpty()) {
                    text.append(between).append('\n');
                }
            }
        }
    }
}
